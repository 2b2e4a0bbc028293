package payload

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
)

// Verifier turns tokens into claims of type C. It is made by [NewVerifier], immutable,
// and safe for concurrent use. A nil Verifier and the zero Verifier refuse every token.
type Verifier[C any] struct {
	rules *rules
	loose bool
}

// NewVerifier makes a Verifier of the keys of an issuer. It needs at least one key,
// [WithIssuer] or [AnyIssuer], and [WithAudience] or [AnyAudience].
//
// C is a struct, as a rule one that embeds [Registered], or a map with names as keys. A
// struct must not have a field whose name in JSON differs from a registered claim in
// case only, and one that embeds Registered must not have a second field for one of its
// claims, nor an UnmarshalJSON: then it would not be known that what was checked is what
// the fields hold.
//
// The error wraps [ErrConfig], and its text names everything that is missing,
// contradictory or out of range.
func NewVerifier[C any](keys KeySource, opts ...Option) (*Verifier[C], error) {
	b := &verifierBuild{rules: rules{limits: defaultLimits, typ: TypeAccess, depth: DefaultMaxDepth}}
	b.apply(keys, opts)
	of, problem := inspect[C]()
	if problem != "" {
		b.problem("%s", problem)
	}
	for _, name := range b.required {
		if _, ok := of.shape.child([]byte(name)); !ok {
			b.problem("WithRequired: %q differs from a claim of the claims type in case only", name)
		}
	}
	if err := b.err(); err != nil {
		return nil, err
	}
	b.shape = of.shape
	r := b.rules // not b itself, which holds more
	return &Verifier[C]{rules: &r, loose: of.loose}, nil
}

// Verify checks a token and returns its claims. All checks are done before the claims
// are returned; with an error they are the zero C. The error wraps [ErrInvalid] and one
// of the errors that say why, and is an [*Error].
//
// The token is what stands after "Bearer " in an Authorization header. The context is
// for key sources that must fetch a key; with [Keys] it is not looked at.
func (v *Verifier[C]) Verify(ctx context.Context, token string) (C, error) {
	var none, claims C
	if v == nil || v.rules == nil {
		return none, refuse(ErrUnknownKey, "the verifier was not made by NewVerifier")
	}
	head, doc, err := v.rules.authenticate(ctx, token)
	if err != nil {
		return none, err
	}
	// Decoded first, which finds out on the way whether it is JSON, and judged afterwards.
	misfit := decode(doc, &claims, v.loose)
	registered, err := v.rules.read(doc, misfit == nil)
	if err != nil {
		return none, err
	}
	if misfit != nil {
		return none, v.rules.misfit(misfit)
	}
	if err := v.rules.check(head, registered); err != nil {
		return none, err
	}
	return claims, nil
}

// decode reads doc into the claims; without an error all of doc is JSON. Where a number
// can land in an interface it stays a json.Number: a float64 would turn a large id into
// its neighbour.
func decode(doc []byte, claims any, loose bool) error {
	if !loose {
		return json.Unmarshal(doc, claims)
	}
	d := json.NewDecoder(bytes.NewReader(doc))
	d.UseNumber()
	if err := d.Decode(claims); err != nil {
		return err
	}
	if r := (reader{src: doc, pos: int(d.InputOffset())}); !r.ends() {
		return errTrailing
	}
	return nil
}

var errTrailing = errors.New("payload: something follows the claims")

// misfit is the error of claims that do not fit C. It names a claim only if C does.
func (r *rules) misfit(err error) error {
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) {
		name, _, _ := strings.Cut(mismatch.Field, ".")
		if _, known := r.shape.fields[name]; known {
			return refuse(ErrClaims, "claim "+name+" does not fit its Go type")
		}
	}
	return refuse(ErrClaims, "the claims do not fit their Go type")
}

// verifierBuild is a Verifier that is being built.
type verifierBuild struct {
	choices
	rules
}

func (b *verifierBuild) apply(keys KeySource, opts []Option) {
	for i, opt := range opts {
		if opt == nil {
			b.problem("option %d is nil", i)
			continue
		}
		opt.applyVerifier(b)
	}
	if b.given["issuer"] == "" {
		b.problem("no issuer: give WithIssuer, or AnyIssuer")
	}
	if b.given["audience"] == "" {
		b.problem("no audience: give WithAudience, or AnyAudience")
	}
	if keys == nil {
		b.problem("no key source is given")
		return
	}
	f, problem := keys.open()
	if problem != "" {
		b.problem("%s", problem)
	}
	b.keys = f
}
