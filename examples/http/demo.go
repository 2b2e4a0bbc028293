package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"io"
	"time"

	"github.com/rolespec/rolespec/examples/http/internal/load"
	"github.com/rolespec/rolespec/payload"
)

// tokenLife is how long the tokens of a demonstration are valid.
const tokenLife = time.Hour

// demo issues tokens that are worth something to this run of the service alone. Where
// there is a login, it is another program, and none of this is here.
type demo struct {
	public payload.Key
	tokens []load.Token
}

// people are who the demonstration has tokens for: two accounts, each role.
var people = []struct{ name, account, role string }{
	{"ann", "acme", "admin"},
	{"mia", "acme", "manager"},
	{"bob", "acme", "user"},
	{"eve", "acme", "guest"},
	{"gil", "globex", "admin"},
	{"bob", "globex", "user"}, // of the same name, and somebody else
}

func newDemo(issuer, audience string) (*demo, error) {
	public, private, err := newKey()
	if err != nil {
		return nil, err
	}
	_, stranger, err := newKey()
	if err != nil {
		return nil, err
	}
	d := &demo{public: public}
	before := func() time.Time { return time.Now().Add(-2 * tokenLife) }
	for _, issued := range []struct {
		kind load.Kind
		key  payload.Key
		now  func() time.Time
	}{{load.Valid, private, time.Now}, {load.Expired, private, before}, {load.Foreign, stranger, time.Now}} {
		signer, err := payload.NewSigner[Claims](issued.key, issuer, audience,
			payload.WithAccessLifetime(tokenLife), payload.WithClock(issued.now))
		if err != nil {
			return nil, err
		}
		if err := d.issue(signer, issued.kind); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// newKey returns both halves of a new key.
func newKey() (public, private payload.Key, err error) {
	_, random, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return public, private, err
	}
	if private, err = payload.Ed25519PrivateKey(random, payload.KeyID("demo")); err != nil {
		return public, private, err
	}
	public, err = payload.Ed25519Key(random.Public().(ed25519.PublicKey), payload.KeyID("demo"))
	return public, private, err
}

func (d *demo) issue(signer *payload.Signer[Claims], kind load.Kind) error {
	for _, p := range people {
		token, err := signer.Access(Claims{
			Registered: payload.Registered{Subject: p.name, Roles: []string{p.role}},
			Account:    p.account,
		})
		if err != nil {
			return err
		}
		d.tokens = append(d.tokens, load.Token{Subject: p.name, Account: p.account, Role: p.role, Kind: kind, Token: token})
	}
	return nil
}

// begin seeds an empty database, keeps the tokens for load and says what to try.
func (d *demo) begin(ctx context.Context, s *store, url, path string, out io.Writer) error {
	if err := s.seed(ctx); err != nil {
		return err
	}
	if err := (load.File{URL: url, Tokens: d.tokens}).Write(path); err != nil {
		return fmt.Errorf("-tokens: %w", err)
	}
	fmt.Fprintf(out, "A demonstration: the key is made for this run, the tokens are valid for %s.\n"+
		"They are kept in %s, for: go run ./examples/http load\n", tokenLife, path)
	for _, t := range d.tokens {
		who := fmt.Sprintf("%s, %s of %s", t.Subject, t.Role, t.Account)
		if t.Kind != load.Valid {
			if t.Role != "admin" || t.Account != "acme" {
				continue // one of a kind will do
			}
			who += ", with a token that is " + string(t.Kind)
		}
		fmt.Fprintf(out, "\n# %s\ncurl -i -H 'Authorization: Bearer %s' '%s/tasks'\n", who, t.Token, url)
	}
	return nil
}
