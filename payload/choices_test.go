package payload_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// choiceTests have the rows of the table of doc.go that no class of the conformance cases
// stands for, each with a token (header, body) it decides.
var choiceTests = []struct{ row, header, body string }{
	{"registered-claim-null", goodHeader, strings.Replace(goodBody, `"u1"`, `null`, 1)},
	{"registered-claim-null", goodHeader, strings.Replace(goodBody, `"j1"`, `null`, 1)},
	{"registered-claim-null", goodHeader, strings.Replace(goodBody, `"nbf":1767225600`, `"nbf":null`, 1)},
	{"date-fraction", goodHeader, strings.Replace(goodBody, `1767229200`, `1767229200.123456789`, 1)},
	{"date-fraction", goodHeader, strings.Replace(goodBody, `1767229200`, `1.7672292e+9`, 1)},
	{"surrogate-half", goodHeader, with(`"x":"\ud83d"`)},
	{"surrogate-half", goodHeader, with(`"x":"\ude00\ud83d"`)},
	{"surrogate-half", goodHeader, with(`"x":"\ud83d\u0041"`)},
	{"surrogate-half", goodHeader, with(`"x":{"\ud83d":1}`)},
	{"crit-empty-or-known", `{"alg":"HS256","crit":[]}`, goodBody},
	{"crit-empty-or-known", `{"alg":"HS256","crit":["exp"],"exp":1}`, goodBody},
	{"crit-empty-or-known", `{"alg":"HS256","b64":true}`, goodBody},
	{"typ-header-prefix", `{"alg":"HS256","typ":"application/at+jwt"}`, goodBody},
	{"typ-header-prefix", `{"alg":"HS256","typ":"Application/JWT"}`, goodBody},
	{"unknown-header", `{"alg":"HS256","cty":"x","jku":"https://evil.example","x5u":1,"jwk":{"kty":"oct"}}`, goodBody},
	{"max-age-over", goodHeader, issued("1767225539")},
	{"max-age-exact", goodHeader, issued("1767225540")},
	{"max-age-no-iat", goodHeader, issued("")},
	{"unknown-claim", goodHeader, with(`"x":{"X":1,"x":"😀"},"y":[[[1e400]]]`)},
}

func TestChoices(t *testing.T) {
	verdicts, tested := verdicts(t), map[string]bool{"pss-salt-length": true} // by TestPSSSalt
	v := verifier[Claims](t, payload.WithMaxAge(time.Minute))
	for i, tt := range choiceTests {
		t.Run(fmt.Sprintf("%s/%d", tt.row, i), func(t *testing.T) {
			tested[tt.row] = true
			_, err := v.Verify(ctx, mint(t, tt.header, tt.body))
			if want := verdicts[tt.row]; want == "" || (err == nil) != (want == "accept") {
				t.Errorf("err = %v, the table says %q", err, want)
			}
		})
	}
	for _, c := range tokenCases(t) {
		if c.Expected == "policy" {
			tested[c.row(t)] = true
		}
	}
	for row := range verdicts {
		if !tested[row] {
			t.Errorf("no test decides the row %s of the table of doc.go", row)
		}
	}
	if len(verdicts) != len(tested) {
		t.Errorf("%d rows in doc.go, %d tested", len(verdicts), len(tested))
	}
}

// Null and absent are no roles, for the struct as for RoleNames.
func TestNoRoles(t *testing.T) {
	for _, roles := range []string{`"roles":null`, `"roles":[]`, `"unused":0`} {
		body := strings.Replace(goodBody, `"roles":["admin","user"]`, roles, 1)
		claims, err := verifier[Claims](t).Verify(ctx, mint(t, goodHeader, body))
		if err != nil || len(claims.RoleNames()) != 0 {
			t.Errorf("%s: roles %v, %v", roles, claims.RoleNames(), err)
		}
	}
}

var _ interface{ RoleNames() []string } = Claims{}
var _ interface{ RoleNames() []string } = payload.Registered{}
