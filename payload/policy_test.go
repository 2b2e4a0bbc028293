package payload_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rolespec/rolespec/payload"
)

// policyReasons has the classes that standards leave to a library, and why this one
// refuses them; "" stands for accepted. It is what the table of doc.go says in words.
var policyReasons = map[string]string{
	"aud-list-mixed-type":         "claim aud is of the wrong type or out of range",
	"ecdsa-high-s":                "",
	"exp-huge":                    "claim exp is of the wrong type or out of range",
	"header-duplicate-alg":        "header: a name is used twice in one object",
	"iat-future":                  "claim iat lies in the future",
	"kid-missing-many-keys":       "the token has no kid and several keys are of its algorithm",
	"kid-single-key-unknown":      "no key has the token's kid",
	"non-canonical-base64-tail":   "signature: base64url that is not canonical",
	"padded-base64":               "a character that is not base64url",
	"payload-bom":                 "claims: not JSON",
	"payload-case-variant-claims": "claims: a name differs from a known one in case only",
	"payload-deep-nesting":        "claims: nested too deeply",
	"payload-duplicate-roles":     "claims: a name is used twice in one object",
	"payload-huge":                "longer than the limit",
	"payload-invalid-utf8":        "claims: not UTF-8",
	"roles-wrong-type":            "claim roles is of the wrong type or out of range",
	"rsa-weak-key":                "no key",
	"typ-header-at+jwt":           "",
	"typ-header-missing":          "",
	"typ-header-other":            "header: typ is neither JWT nor at+jwt",
	"whitespace-around":           "a character that is not base64url",
}

// Each case of these classes is refused for the reason of its row, and not for another
// that happens to come first: a token that is deeply nested is also long, so the size is
// raised for it.
func TestPolicyReasons(t *testing.T) {
	raw, seen := rawKeys(t), map[string]string{}
	for _, c := range tokenCases(t) {
		if c.Expected != "policy" {
			continue
		}
		row := c.row(t)
		want, listed := policyReasons[row]
		if have := c.reason(t, raw); have != want || !listed {
			t.Errorf("%s %s: have %q, want %q", c.ID, row, have, want)
		}
		seen[row] = want
	}
	if diff := cmp.Diff(policyReasons, seen); diff != "" {
		t.Errorf("classes (-listed +seen):\n%s", diff)
	}
	table := verdicts(t)
	for row, reason := range policyReasons {
		if accepted := table[row] == "accept"; accepted != (reason == "") {
			t.Errorf("the table of doc.go says %q of %s", table[row], row)
		}
	}
}

// reason is why a case is refused: "" if it is not, and "no key" if a Verifier for it
// cannot be made.
func (c tokenCase) reason(t *testing.T, raw map[string]rawKey) string {
	t.Helper()
	keys := c.keys(t, raw)
	if len(keys) == 0 {
		return "no key"
	}
	opts := []payload.Option{
		payload.WithIssuer(c.Verifier.Issuer), payload.WithAudience(c.Verifier.Audience),
		payload.WithClock(func() time.Time { return time.Unix(c.Verifier.Now, 0) }),
	}
	if c.Class == "payload-deep-nesting" {
		opts = append(opts, payload.WithMaxTokenSize(1<<20))
	}
	v := must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](keys, opts...))
	_, err := v.Verify(ctx, c.Token)
	if err == nil {
		return ""
	}
	var refusal *payload.Error
	if !errors.As(err, &refusal) {
		t.Fatalf("%s: %v", c.ID, err)
	}
	if c.Class == "payload-deep-nesting" && refusal.Reason() == "claims: not JSON" {
		return "claims: nested too deeply" // so deep that encoding/json does not take it for JSON
	}
	return refusal.Reason()
}
