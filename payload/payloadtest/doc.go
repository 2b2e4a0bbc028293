// Package payloadtest makes tokens for the tests of a service: a signer and a verifier
// with a key that is made on the spot and thrown away, and tokens with one thing wrong.
//
//	kit := payloadtest.New[Claims](t)
//	handler := service.New(kit.Verifier)
//	request.Header.Set("Authorization", "Bearer "+kit.Token(Claims{Account: "acme"}))
//
// The checks are those of production: nothing is switched off, so a test that passes with
// such a token would not pass with a worse one.
package payloadtest
