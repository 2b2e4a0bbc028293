package main

import (
	"encoding/base64"
	"strings"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// A forgery is a token that must be refused, and what is wrong with it.
type forgery struct{ what, token string }

// forgeries spoils a user's token in the ways that attackers try first.
func (t *tokens) forgeries(user Claims) ([]forgery, error) {
	signer := t.signers[payload.HS256]
	good, err := signer.Access(user)
	if err != nil {
		return nil, err
	}
	header, rest, _ := strings.Cut(good, ".")
	body, signature, _ := strings.Cut(rest, ".")
	promoted := replaceIn(body, `"user"`, `"admin"`)
	unsigned := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`))

	hourAgo := func() time.Time { return time.Now().Add(-time.Hour) }
	past, err := payload.NewSigner[Claims](t.secret, issuer, audience, payload.WithClock(hourAgo))
	if err != nil {
		return nil, err
	}
	expired, err := past.Access(user)
	if err != nil {
		return nil, err
	}
	refresh, err := signer.Refresh(user)
	if err != nil {
		return nil, err
	}
	user.Account = ""
	homeless, err := signer.Access(user)
	if err != nil {
		return nil, err
	}
	return []forgery{
		{"roles made admin", header + "." + promoted + "." + signature},
		{`the same, "alg":"none"`, unsigned + "." + promoted + "."},
		{"issued an hour ago", expired},
		{"a refresh token", refresh},
		{"without an account", homeless},
	}, nil
}

// replaceIn changes the text inside a segment of a token.
func replaceIn(segment, old, with string) string {
	text, err := base64.RawURLEncoding.DecodeString(segment)
	if err != nil {
		return segment
	}
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(text), old, with, 1)))
}
