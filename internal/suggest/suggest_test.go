package suggest_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/internal/suggest"
)

func TestNearest(t *testing.T) {
	words := []string{"account", "account_id", "created_by", "id"}
	for _, test := range []struct{ word, want string }{
		{"acount", "account"},
		{"account_di", "account_id"},
		{"create_by", "created_by"},
		{"if", "id"},
		{"di", "id"},
		{"acocunt", "account"},
		{"", ""},
		{"x", ""},
		{"title", ""},
		{strings.Repeat("account", 20), ""},
	} {
		if have := suggest.Nearest(test.word, words); have != test.want {
			t.Errorf("%q: have %q, want %q", test.word, have, test.want)
		}
	}
}

// TestNearestIsNear holds what is found against the definition of the distance.
func TestNearestIsNear(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		b := make([]byte, random.IntN(7))
		for i := range b {
			b[i] = "abc"[random.IntN(3)]
		}
		return string(b)
	}
	for range 5000 {
		wanted, candidates := word(), []string{word(), word(), word()}
		want, best := "", 2+len(wanted)/4
		for _, c := range candidates {
			if d := naive(wanted, c); d < best {
				want, best = c, d
			}
		}
		if have := suggest.Nearest(wanted, candidates); have != want {
			t.Fatalf("%q among %q: have %q, want %q", wanted, candidates, have, want)
		}
	}
}

// naive is the distance by its definition.
func naive(a, b string) int {
	switch {
	case a == "" || b == "":
		return len(a) + len(b)
	case a[0] == b[0]:
		return naive(a[1:], b[1:])
	}
	d := 1 + min(naive(a[1:], b), naive(a, b[1:]), naive(a[1:], b[1:]))
	if len(a) > 1 && len(b) > 1 && a[0] == b[1] && a[1] == b[0] {
		d = min(d, 1+naive(a[2:], b[2:]))
	}
	return d
}
