package effective_test

import (
	"path/filepath"
	"testing"

	"github.com/rolespec/rolespec/internal/prove"
	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/internal/effective"
	"github.com/rolespec/rolespec/spec"
)

var claims = policy.Claims{"sub": "ann", "account": "a", "teams": []any{1, 2}, "b": "x"}

// What a role comes to as a template is what package roles finds for a caller who
// has that role alone.
func TestIsWhatTheServiceFinds(t *testing.T) {
	paths, err := filepath.Glob("../../lint/testdata/*.yaml")
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d policies, %v", len(paths), err)
	}
	asked, permitted := 0, 0
	for _, path := range append(paths, "../../testdata/tasks.yaml") {
		read, err := policy.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		p, err := effective.Of(read)
		if err != nil {
			t.Fatal(err)
		}
		for _, role := range p.Service.Roles() {
			for _, endpoint := range append(p.Endpoints(), "elsewhere") {
				for _, method := range append(p.Methods(endpoint), "BREW") {
					if method == "*" {
						continue
					}
					asked++
					if same(t, p, path, role, endpoint, method) {
						permitted++
					}
				}
			}
		}
	}
	if asked < 100 || permitted < 30 {
		t.Errorf("asked %d times, permitted %d times", asked, permitted)
	}
}

func same(t *testing.T, p *effective.Policy, path, role, endpoint, method string) (permitted bool) {
	t.Helper()
	caller := policy.Claims{"roles": []string{role}}
	for name, claim := range claims {
		caller[name] = claim
	}
	want, err := p.Service.Permission(caller, endpoint, method)
	rows, ok := p.Rows(role, endpoint, method)
	if ok != (err == nil) {
		t.Errorf("%s: %s, %s %q: permitted %v, the service says %v", path, role, method, endpoint, ok, err)
	}
	check, _ := p.Check(role, endpoint, method)
	for _, pair := range [][2]spec.Specification{{rows, want.Rows}, {check, want.Check}} {
		have, err := pair[0].Bind(func(name string) (spec.Value, bool) {
			v, err := spec.ValueOf(claims[name])
			return v, err == nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if !have.Equal(pair[1]) && !prove.Equivalent(have, pair[1], p.Schema(endpoint)) {
			t.Errorf("%s: %s, %s %q: have %v, want %v", path, role, method, endpoint, have, pair[1])
		}
	}
	return ok
}
