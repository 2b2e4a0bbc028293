package main

import (
	"strings"
	"testing"

	"github.com/rolespec/rolespec/policy"
)

// Parts of the policies below.
const (
	roles  = "\nroles: []"
	one    = "rolespec: 1\n"
	inRole = one + "roles:\n  - "
	allow  = inRole + "{name: a, allow: [{endpoint: x, methods: GET, "
	fields = one + "roles: []\nresources: {r: {fields: {f: "
	rule   = allow + "rule: "
)

// invalid are files whose form is refused, by the schema as by package policy.
var invalid = []struct{ name, text string }{
	{"a list", "- a"},
	{"a text", "a"},
	{"no version", "roles: []"},
	{"another version", "rolespec: 2" + roles},
	{"a version that is a text", "rolespec: \"1\"" + roles},
	{"a version that is true", "rolespec: true" + roles},
	{"no roles", one},
	{"roles that are null", one + "roles:"},
	{"roles that are a mapping", one + "roles: {a: b}"},
	{"an unknown key", one + "role: []" + roles},
	{"a key in another case", one + "Claims: {}" + roles},
	{"a way to combine that is none", one + "combine: last" + roles},
	{"an empty way to combine", one + "combine: ''" + roles},
	{"a null way to combine", one + "combine:" + roles},
	{"claims that are a list", one + "claims: [a]" + roles},
	{"claims that are null", one + "claims:" + roles},
	{"a claim without a type", one + "claims: {a: }" + roles},
	{"a claim without a name", one + "claims: {'': int}" + roles},
	{"a restriction that is a mapping", one + "restrict: {endpoint: '*', rule: '#'}" + roles},
	{"a restriction without a rule", one + "restrict: [{endpoint: '*'}]" + roles},
	{"a restriction with a check", one + "restrict: [{endpoint: '*', rule: '#', check: '#'}]" + roles},

	{"a type that is none", fields + "integer}}}"},
	{"a type in capitals", fields + "Int}}}"},
	{"a type with a blank", fields + "'int '}}}"},
	{"a type twice nullable", fields + "'int??'}}}"},
	{"a list of what can be null", fields + "['int?']}}}"},
	{"a list of two types", fields + "[int, string]}}}"},
	{"a list of none", fields + "[]}}}"},
	{"a list of lists", fields + "[[int]]}}}"},
	{"a type that is a number", fields + "1}}}"},
	{"a long type without anything", fields + "{}}}}"},
	{"a long type that can only be null", fields + "{nullable: true}}}}"},
	{"a long type with another key", fields + "{type: int, default: 1}}}}"},
	{"nullable as a text", fields + "{type: int, nullable: 'true'}}}}"},
	{"nullable and not", fields + "{type: 'int?', nullable: false}}}}"},
	{"nullable and not, in full", fields + "{type: {type: int, nullable: true}, nullable: false}}}}"},
	{"labels of numbers", fields + "{type: int, enum: [a]}}}}"},
	{"labels that are numbers", fields + "{enum: [1]}}}}"},
	{"no labels", fields + "{enum: []}}}}"},
	{"a label twice", fields + "{enum: [a, a]}}}}"},
	{"an empty label", fields + "{enum: ['']}}}}"},
	{"labels of labels", fields + "{type: {enum: [a]}, enum: [b]}}}}"},
	{"labels of a list of numbers", fields + "{type: [int], enum: [b]}}}}"},

	{"a resource without fields", one + roles + "\nresources: {r: {}}"},
	{"a resource whose name is no endpoint", one + roles + "\nresources: {'r ': {fields: {}}}"},
	{"a resource called like everything", one + roles + "\nresources: {'*': {fields: {}}}"},
	{"a resource that is a list", one + roles + "\nresources: {r: [id]}"},
	{"an endpoint twice", one + roles + "\nresources: {r: {endpoints: [a, a], fields: {}}}"},
	{"everything as an endpoint", one + roles + "\nresources: {r: {endpoints: '*', fields: {}}}"},
	{"a relation to nothing", one + roles + "\nresources: {r: {fields: {}, relations: {x: {}}}}"},
	{"a relation to one and to many", one + roles + "\nresources: {r: {fields: {}, relations: {x: {one: r, many: r}}}}"},
	{"a relation that is a text", one + roles + "\nresources: {r: {fields: {}, relations: {x: r}}}"},
	{"a key that is a list", one + roles + "\nresources: {r: {key: [id], fields: {id: int}}}"},

	{"a role that is a text", inRole + "a"},
	{"a role without a name", inRole + "allow: []"},
	{"a role called *", inRole + "{name: '*'}"},
	{"a role with a blank at its end", inRole + "{name: 'a '}"},
	{"a role with a line end", inRole + "{name: \"a\\nb\"}"},
	{"a role with a character that is not seen", inRole + "{name: \"a\\u200b\"}"},
	{"a role whose name is a number", inRole + "{name: 1}"},
	{"a grant that is a mapping", inRole + "{name: a, allow: {endpoint: '*', rule: '#'}}"},
	{"a grant without a rule", allow + "check: a == 1}]}"},
	{"a grant without an endpoint", inRole + "{name: a, allow: [{methods: GET, rule: '#'}]}"},
	{"a grant without methods", inRole + "{name: a, allow: [{endpoint: x, rule: '#'}]}"},
	{"a grant of no methods", inRole + "{name: a, allow: [{endpoint: x, methods: [], rule: '#'}]}"},
	{"a grant of no endpoints", inRole + "{name: a, allow: [{endpoint: [], methods: GET, rule: '#'}]}"},
	{"everything by one method", inRole + "{name: a, allow: [{endpoint: '*', methods: GET, rule: '#'}]}"},
	{"everything among others", inRole + "{name: a, allow: [{endpoint: [x, '*'], methods: GET, rule: '#'}]}"},
	{"every method among others", inRole + "{name: a, allow: [{endpoint: x, methods: [GET, '*'], rule: '#'}]}"},
	{"methods in one text", inRole + "{name: a, allow: [{endpoint: x, methods: 'GET, PUT', rule: '#'}]}"},
	{"a method twice", inRole + "{name: a, allow: [{endpoint: x, methods: [GET, GET], rule: '#'}]}"},
	{"a method that is null", inRole + "{name: a, allow: [{endpoint: x, methods: [null], rule: '#'}]}"},
	{"a column twice", rule + "'#', columns: [a, a]}]}"},
	{"columns that are null", rule + "'#', columns: }]}"},
	{"an exception from everything", inRole + "{name: a, except: [{endpoint: '*'}]}"},
	{"an exception with a rule", inRole + "{name: a, except: [{endpoint: x, methods: GET, rule: '#'}]}"},
	{"a denial of some rows of everything", inRole + "{name: a, deny: [{endpoint: '*', rule: a == 1}]}"},
	{"a denial with a check", inRole + "{name: a, deny: [{endpoint: x, methods: GET, check: '#'}]}"},

	{"a rule that is null", rule + "}]}"},
	{"a rule that is empty", rule + "''}]}"},
	{"a rule that is a list", rule + "[a == 1]}]}"},
	{"a rule that is true", rule + "true}]}"},
	{"a check that is null", rule + "'#', check: }]}"},
	{"no op", rule + "{field: a, value: 1}}]}"},
	{"an unknown op", rule + "{op: equals, field: a, value: 1}}]}"},
	{"an op in capitals", rule + "{op: EQ, field: a, value: 1}}]}"},
	{"an op that is a number", rule + "{op: 1, field: a, value: 1}}]}"},
	{"an op of a lookup", rule + "{op: '~', field: a, value: x}}]}"},
	{"eq without a value", rule + "{op: eq, field: a}}]}"},
	{"eq without a field", rule + "{op: eq, value: 1}}]}"},
	{"eq with specs", rule + "{op: eq, field: a, value: 1, specs: []}}]}"},
	{"eq with another key", rule + "{op: eq, field: a, value: 1, note: x}}]}"},
	{"eq of an empty field", rule + "{op: eq, field: '', value: 1}}]}"},
	{"and without specs", rule + "{op: and}}]}"},
	{"and of one that is no list", rule + "{op: and, specs: {op: empty}}}]}"},
	{"and of null", rule + "{op: and, specs: [null]}}]}"},
	{"and of a text", rule + "{op: and, specs: ['a == 1']}}]}"},
	{"not of a list", rule + "{op: not, spec: [{op: empty}]}}]}"},
	{"not with specs", rule + "{op: not, specs: [{op: empty}]}}]}"},
	{"any without a relation", rule + "{op: any, spec: {op: empty}}}]}"},
	{"every with a field", rule + "{op: every, field: r, spec: {op: empty}}}]}"},
	{"empty with a value", rule + "{op: empty, value: null}}]}"},
	{"isnone with a value", rule + "{op: isnone, field: a, value: 1}}]}"},
	{"in of a text", rule + "{op: in, field: a, value: x}}]}"},
	{"in of another field", rule + "{op: in, field: a, value: {field: b}}}]}"},
	{"a field in a list", rule + "{op: in, field: a, value: [{field: b}]}}]}"},
	{"a list that is contained", rule + "{op: contains, field: a, value: [1]}}]}"},
	{"a prefix that is a number", rule + "{op: startswith, field: a, value: 1}}]}"},
	{"a pattern that is a date", rule + "{op: matches, field: a, value: {date: '2024-07-01'}}}]}"},
	{"a value of no kind", rule + "{op: eq, field: a, value: {}}}]}"},
	{"a value of an unknown kind", rule + "{op: eq, field: a, value: {int: '1'}}}]}"},
	{"a value of two kinds", rule + "{op: eq, field: a, value: {var: v, date: '2024-07-01'}}}]}"},
	{"a decimal that is a number", rule + "{op: eq, field: a, value: {decimal: 1.5}}}]}"},
	{"a decimal with an exponent", rule + "{op: eq, field: a, value: {decimal: 1e3}}}]}"},
	{"a date in another order", rule + "{op: eq, field: a, value: {date: 01-07-2024}}}]}"},
	{"an instant without a zone", rule + "{op: eq, field: a, value: {time: '2024-07-01T12:00:00'}}}]}"},
	{"a UUID without hyphens", rule + "{op: eq, field: a, value: {uuid: '00000000000000000000000000000000'}}}]}"},
	{"bytes without padding", rule + "{op: eq, field: a, value: {bytes: AP8}}}]}"},
	{"bytes with a stray bit", rule + "{op: eq, field: a, value: {bytes: AP9=}}}]}"},
	{"a variable without a name", rule + "{op: eq, field: a, value: {var: ''}}}]}"},
	{"a text with NUL", rule + "{op: eq, field: a, value: \"\\0\"}}]}"},
}

func TestInvalidFilesAreRefused(t *testing.T) {
	s := compiled(t)
	seen := map[string]bool{}
	for _, test := range invalid {
		if seen[test.name] {
			t.Fatalf("the case %q is there twice", test.name)
		}
		seen[test.name] = true
		if _, err := policy.Parse("a", []byte(test.text)); err == nil {
			t.Errorf("%s: package policy accepts it:\n%s", test.name, test.text)
		}
		v, ok := instance([]byte(test.text))
		if !ok {
			t.Errorf("%s: it cannot be read:\n%s", test.name, strings.TrimSpace(test.text))
			continue
		}
		if err := s.Validate(v); err == nil {
			t.Errorf("%s: the schema accepts it:\n%s", test.name, test.text)
		}
	}
}
