package main

import (
	"context"
	"crypto/rand"
	"errors"
	"runtime"
	"strings"

	"github.com/alexedwards/argon2id"
	"golang.org/x/crypto/bcrypt"
)

// passwordCost is what one hash takes: 19 MiB and some 30 ms.
var passwordCost = argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// The bounds of a password, in bytes. The upper one is of what strangers make us hash.
const (
	minPassword = 8
	maxPassword = 256
)

// passwords makes and checks hashes, few at a time: however many ask, they take so much
// memory and no more.
type passwords struct {
	cost  argon2id.Params
	slots chan struct{}
	dummy string // the hash of what nobody knows
}

func newPasswords(cost argon2id.Params) (*passwords, error) {
	dummy, err := argon2id.CreateHash(rand.Text(), &cost)
	if err != nil {
		return nil, err
	}
	return &passwords{cost, make(chan struct{}, 2*runtime.GOMAXPROCS(0)), dummy}, nil
}

// turn waits until there is room for one more hash.
func (p *passwords) turn(ctx context.Context) (done func(), err error) {
	select {
	case p.slots <- struct{}{}:
		return func() { <-p.slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// hash returns what is stored of a password.
func (p *passwords) hash(ctx context.Context, password string) (string, error) {
	done, err := p.turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	return argon2id.CreateHash(password, &p.cost)
}

// check reports whether the password is the one of the hash, and whether the hash should
// be made anew: bcrypt, of users who came from elsewhere, and argon2id of another cost.
// The empty hash is nobody's, and takes as long as one.
func (p *passwords) check(ctx context.Context, password, hash string) (ok, outdated bool, err error) {
	done, err := p.turn(ctx)
	if err != nil {
		return false, false, err
	}
	defer done()
	if strings.HasPrefix(hash, "$2") {
		err := bcrypt.CompareHashAndPassword([]byte(hash), []byte(password))
		if errors.Is(err, bcrypt.ErrMismatchedHashAndPassword) {
			return false, false, nil
		}
		return err == nil, true, err
	}
	known := hash != ""
	if !known {
		hash = p.dummy
	}
	ok, cost, err := argon2id.CheckHash(password, hash)
	if err != nil {
		return false, false, err
	}
	return ok && known, *cost != p.cost, nil
}
