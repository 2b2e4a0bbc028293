package main

import "github.com/rolespec/rolespec/payload"

// Claims is what a verified token says of a caller. The policy names claims as
// the token does: sub, account, team.
type Claims struct {
	payload.Registered // sub, roles, iss, aud, exp and so on

	Account string   `json:"account,omitempty"`
	Level   int      `json:"level,omitempty"`
	Team    []string `json:"team,omitempty"`
}

// A caller is somebody who will ask for rows, and the algorithm that signs the
// token.
type caller struct {
	alg    payload.Algorithm
	claims Claims
}

// callers are people of the database. Some names are chosen to break SQL that is
// put together from text.
var callers = []caller{
	{payload.RS256, Claims{Registered: who("ann", "admin"), Account: "acme"}},
	{payload.RS256, Claims{Registered: who("mia", "manager", "user"), Account: "acme", Level: 3,
		Team: []string{"bob", "o'hara", "李雷"}}},
	{payload.RS256, Claims{Registered: who("kim", "manager"), Account: "100% Öl", Level: 1}}, // no team
	{payload.HS256, Claims{Registered: who("bob", "user"), Account: "acme"}},
	{payload.HS256, Claims{Registered: who("x' OR '1'='1", "user"), Account: "acme"}},
	{payload.HS256, Claims{Registered: who("tom", "guest", "auditor"), Account: "acme"}},
	{payload.HS256, Claims{Registered: who("eve", "guest"), Account: "globex"}},
}

func who(subject string, roles ...string) payload.Registered {
	return payload.Registered{Subject: subject, Roles: roles}
}
