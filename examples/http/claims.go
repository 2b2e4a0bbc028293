package main

import "github.com/rolespec/rolespec/payload"

// Claims is what a token says of its bearer.
type Claims struct {
	payload.Registered
	Account string `json:"account"`
}

// newVerifier accepts access tokens of the issuer for this service that say who asks
// and from which account.
func newVerifier(keys payload.Keys, issuer, audience string) (*payload.Verifier[Claims], error) {
	return payload.NewVerifier[Claims](keys,
		payload.WithIssuer(issuer),
		payload.WithAudience(audience),
		payload.WithRequired("sub", "account"))
}
