package document

import "testing"

// What Format holds its result against, which it would otherwise need a fault of
// its own to be asked.
func TestSaysTheSame(t *testing.T) {
	const begin, end = "rolespec: 1\nroles:\n  - name: a\n    allow:\n      - {endpoint: x, methods: [GET, PUT], rule: ", "}\n"
	tests := []struct {
		name          string
		before, after string
		same          bool
	}{
		{"a rule in another spelling", begin + "a == 1" + end, begin + "( a==1 )" + end, true},
		{"a rule in other quotes", begin + "a == 1" + end, begin + "'a == 1'" + end, true},
		{"blanks and line ends", begin + "a == 1" + end, begin + "\n     a == 1" + end + "\n", true},
		{"another rule", begin + "a == 1" + end, begin + "a == 2" + end, false},
		{"another check", begin + "a == 1, check: b == 1" + end, begin + "a == 1, check: b == 2" + end, false},
		{"no check", begin + "a == 1, check: a == 1" + end, begin + "a == 1" + end, false},
		{"a rule that is JSON", begin + "a == 1" + end, begin + "{op: eq, field: a, value: 1}" + end, false},
		{"another value in JSON", begin + "{op: eq, field: a, value: 1}" + end, begin + "{op: eq, field: a, value: 2}" + end, false},
		{"another order of keys", begin + "a == 1, check: b == 1" + end, begin + "b == 1, check: a == 1" + end, false},
		{"another order of methods", begin + "a == 1" + end, "rolespec: 1\nroles:\n  - name: a\n    allow:\n      - {endpoint: x, methods: [PUT, GET], rule: a == 1}\n", false},
		{"another name", begin + "a == 1" + end, "rolespec: 1\nroles:\n  - name: b\n    allow:\n      - {endpoint: x, methods: [GET, PUT], rule: a == 1}\n", false},
		{"a role more", begin + "a == 1" + end, begin + "a == 1" + end + "  - name: b\n", false},

		{"a comment moved", "# c\n" + begin + "a == 1" + end, begin + "a == 1" + end + "# c\n", true},
		{"a comment lost", "# c\n" + begin + "a == 1" + end, begin + "a == 1" + end, false},
		{"a comment cut", "# c d\n" + begin + "a == 1" + end, "# c\n" + begin + "a == 1" + end, false},
		{"a comment made", begin + "a == 1" + end, begin + "a == 1" + end + "#\n", false},
		{"comments in another order", "# c\n# d\n" + begin + "a == 1" + end, "# d\n# c\n" + begin + "a == 1" + end, false},
		{"a # in a text", begin + "'a == \"x # y\"'" + end, begin + "\"a == 'x # y'\"" + end, true},
	}
	for _, test := range tests {
		before, after := newLayout([]byte(test.before)), newLayout([]byte(test.after))
		if len(before.Problems)+len(after.Problems) > 0 {
			t.Fatalf("%s: %v %v", test.name, before.Problems, after.Problems)
		}
		if have := before.saysTheSame(after); have != test.same {
			t.Errorf("%s: have %v, want %v", test.name, have, test.same)
		}
		if have := after.saysTheSame(before); have != test.same {
			t.Errorf("%s, the other way round: have %v, want %v", test.name, have, test.same)
		}
	}
}

// A file with problems says nothing, and is not formatted.
func TestFormatUnsound(t *testing.T) {
	for _, text := range []string{"", "a: [", "rolespec: 1\n", `{"rolespec":1}`} {
		if have, err := Format([]byte(text), 100); have != nil || err != ErrUnsound {
			t.Errorf("%q: have %q, %v; want ErrUnsound", text, have, err)
		}
	}
}
