package policy_test

import (
	"encoding/json"
	"flag"
	"testing"

	"github.com/rolespec/rolespec/policy"
)

var policies = flag.Int("policies", 200, "how many random policies to load")

// TestRandomPolicies writes random policies as YAML and as JSON and holds what is
// loaded against the same roles in Go: nothing that fits into a name or a value
// changes what the file says.
func TestRandomPolicies(t *testing.T) {
	for seed := range uint64(*policies) {
		d := draw(seed)
		data, err := json.Marshal(d.file)
		if err != nil {
			t.Fatal(err)
		}
		w := writer{random: d.random}
		w.value(d.file, "")
		want := d.service(t)
		for _, text := range []string{string(data), w.b.String()} {
			p, err := policy.Parse("f", []byte(text))
			if err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, text)
			}
			have := mustService[policy.Claims](t, p)
			sameDeclarations(t, have, want)
			for range 20 {
				sameAnswers(t, have, want, d.caller(), pick(d.random, append(d.endpoints, "other")...), pick(d.random, "GET", "PUT", "EXECUTE", "POST"))
			}
			if t.Failed() {
				t.Fatalf("seed %d:\n%s", seed, text)
			}
		}
	}
}

func (d *drawn) caller() policy.Claims {
	c := policy.Claims{"sub": pick(d.random, hostile...), "level": d.random.IntN(4), "teams": []int{1, 2}}
	var names []any
	for range d.random.IntN(4) {
		names = append(names, pick(d.random, hostile...))
	}
	c["roles"] = names
	if d.random.IntN(4) == 0 {
		delete(c, "level")
	}
	return c
}
