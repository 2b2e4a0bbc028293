package rolespec

import (
	"os"
	"strings"
	"testing"

	policyfile "github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/lint"
	"github.com/rolespec/rolespec/spec"
)

// The policy of the README loads, for a Go type and for plain maps, does what it
// says, and is one of which nothing is to be found.
func TestReadmePolicyFile(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(readme), "```yaml\n")
	text, _, _ = strings.Cut(text, "```")
	p, err := policyfile.Parse("README.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if findings, err := lint.Check(p); err != nil || len(findings) > 0 {
		t.Errorf("findings %v, error %v", findings, err)
	}
	typed, err := policyfile.NewService[Claims](p)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := policyfile.NewService[policyfile.Claims](p)
	if err != nil {
		t.Fatal(err)
	}
	rows := []Task{{ID: 1, Account: "a", CreatedBy: "ann"}, {ID: 2, Account: "a", CreatedBy: "bob"}, {ID: 3, Account: "b", CreatedBy: "ann"}}
	for role, want := range map[string]int{"admin": 2, "user": 1, "guest": 0} {
		claims := Claims{Account: "a"}
		claims.Subject, claims.Roles = "ann", []string{role}
		visible, _ := typed.Verify(claims, "tasks", "get")
		same, _ := plain.Verify(policyfile.Claims{"sub": "ann", "account": "a", "roles": []string{role}}, "tasks", "get")
		if have, err := spec.Filter(visible, rows); err != nil || len(have) != want || !visible.Equal(same) {
			t.Errorf("%s: %d rows by %v, want %d; as a map %v (error %v)", role, len(have), visible, want, same, err)
		}
	}
}
