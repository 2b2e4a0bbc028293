package spec_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

var printTests = []struct {
	name string
	s    spec.Specification
	want string
}{
	{"All", spec.All(), `#`},
	{"None", spec.None(), `!#`},
	{"Eq", spec.Eq("a", 1), `a == 1`},
	{"Ne", spec.Ne("a", 1), `a != 1`},
	{"Lt", spec.Lt("a", 1), `a < 1`},
	{"Lte", spec.Lte("a", 1), `a <= 1`},
	{"Gt", spec.Gt("a", 1), `a > 1`},
	{"Gte", spec.Gte("a", 1), `a >= 1`},
	{"Distinct", spec.Distinct("a", 1), `a is distinct from 1`},
	{"In", spec.In("a", 1, 2), `a in [1, 2]`},
	{"NotIn", spec.NotIn("a", 1), `!(a in [1])`},
	{"IsNull", spec.IsNull("a"), `a is None`},
	{"Contains", spec.Contains("a", "x"), `a contains "x"`},
	{"HasPrefix", spec.HasPrefix("a", "x"), `a startswith "x"`},
	{"HasSuffix", spec.HasSuffix("a", "x"), `a endswith "x"`},
	{"Matches", spec.Matches("a", `\d+`), `a matches "\\d+"`},
	{"Between", spec.Between("a", 1, 2), `a >= 1 && a <= 2`},
	{"Or in And", spec.And(p, spec.Or(q, r)), `p == 1 && (q == 2 || r is None)`},
	{"And in Or", spec.Or(spec.And(p, q), r), `(p == 1 && q == 2) || r is None`},
	{"Not of a junction", spec.Not(spec.Or(p, q)).And(r), `!(p == 1 || q == 2) && r is None`},

	{"null", spec.Eq("a", spec.Null), `a == None`},
	{"true", spec.Eq("a", true), `a == True`},
	{"false", spec.Eq("a", false), `a == False`},
	{"negative", spec.Eq("a", math.MinInt64), `a == -9223372036854775808`},
	{"unsigned", spec.Eq("a", uint64(math.MaxUint64)), `a == 18446744073709551615`},
	{"whole float", spec.Eq("a", 7.0), `a == 7.0`},
	{"negative zero", spec.Eq("a", math.Copysign(0, -1)), `a == 0.0`},
	{"fraction", spec.Eq("a", 0.1), `a == 0.1`},
	{"great float", spec.Eq("a", 1e300), `a == 1e+300`},
	{"float of an integer", spec.Eq("a", float64(1<<53)), `a == 9.007199254740992e+15`},
	{"decimal", spec.Eq("a", dec("12.50")), `a == decimal("12.5")`},
	{"bytes", spec.Eq("a", []byte{0, 255}), `a == bytes("AP8=")`},
	{"no bytes", spec.Eq("a", []byte{}), `a == bytes("")`},
	{"time", spec.Eq("a", noon.In(tokyo).Add(time.Microsecond)), `a == time("2024-07-01T12:00:00.000001Z")`},
	{"date", spec.Eq("a", date(33, 4, 3)), `a == date("0033-04-03")`},
	{"uuid", spec.Eq("a", id), `a == uuid("` + idText + `")`},
	{"list", spec.Eq("a", listValue(1, nil, "x", []any{true})), `a == [1, None, "x", [True]]`},
	{"empty list", spec.Eq("a", listValue()), `a == []`},
	{"variable", spec.Eq("a", spec.Var("account")), `a == $account`},
	{"variable with a path", spec.Eq("a", spec.Var("user.id")), `a == $user.id`},
	{"variable with an odd name", spec.Eq("a", spec.Var("x || #")), "a == $`x || #`"},
	{"variables in a list", spec.In("a", spec.Var("x"), spec.Var("y`")), "a in [$x, $`y\\``]"},

	{"empty text", spec.Eq("a", ""), `a == ""`},
	{"a quote", spec.Eq("a", `" || #`), `a == "\" || #"`},
	{"a backslash", spec.Eq("a", `\" || #`), `a == "\\\" || #"`},
	{"a line", spec.Eq("a", "x\ny\r\t"), `a == "x\ny\r\t"`},
	{"a line separator", spec.Eq("a", "x\u2028y"), `a == "x\u2028y"`},
	{"text that reads backwards", spec.Eq("a", "\u202ex"), `a == "\u202ex"`},
	{"a control character", spec.Eq("a", "\x1b[31m"), `a == "\x1b[31m"`},
	{"control characters", spec.Eq("a", "\a\b\f\v\x7f\u0085\U000e0001"), `a == "\x07\x08\x0c\x0b\x7f\u0085\U000e0001"`},
	{"printable Unicode", spec.Eq("a", "é日\U0001f600"), `a == "é日😀"`},
	{"a back quote", spec.Eq("a", "`"), "a == \"`\""},

	{"path", spec.Eq("a.b_1.C", 1), `a.b_1.C == 1`},
	{"field of digits", spec.Eq("1a", 1), "`1a` == 1"},
	{"field with a space", spec.Eq("a b", 1), "`a b` == 1"},
	{"field with an operator", spec.Eq("a || #", 1), "`a || #` == 1"},
	{"field with a back quote", spec.Eq("a` || #", 1), "`a\\` || #` == 1"},
	{"field with a backslash", spec.Eq("a\\` || #", 1), "`a\\\\\\` || #` == 1"},
	{"field with a quote", spec.Eq(`a"b`, 1), "`a\"b` == 1"},
	{"field with quotes and backslashes", spec.Eq(`\"`, 1), "`\\\\\"` == 1"},
	{"field with a line", spec.Eq("a\nb", 1), "`a\\nb` == 1"},
	{"field beyond ASCII", spec.Eq("é", 1), "`é` == 1"},
	{"field with an empty part", spec.Eq("a..b", 1), "`a..b` == 1"},
	{"field of a dot", spec.Eq(".", 1), "`.` == 1"},
	{"field with a reserved part", spec.Eq("a.in", 1), "`a.in` == 1"},
	{"field that begins as a word", spec.Eq("inner", 1), `inner == 1`},
}

func TestString(t *testing.T) {
	for _, test := range printTests {
		if have := test.s.String(); have != test.want {
			t.Errorf("%s: have %s, want %s", test.name, have, test.want)
		}
		if have := fmt.Sprintf("%v|%s", test.s, test.s); have != test.want+"|"+test.want {
			t.Errorf("%s: %%v and %%s give %s", test.name, have)
		}
		if have := fmt.Sprintf("%#v", test.s); have != "spec{"+test.want+"}" {
			t.Errorf("%s: %%#v gives %s", test.name, have)
		}
		if leaf, ok := test.s.Node().(spec.Leaf); ok && leaf.String() != test.want {
			t.Errorf("%s: the leaf prints as %v", test.name, leaf)
		}
	}
}

// Words of the language are quoted where they name a field, in any case.
func TestReservedWords(t *testing.T) {
	words := []string{
		"and", "or", "not", "in", "is", "contains", "matches", "startswith", "endswith", "under", "overlaps", "any", "every", "distinct", "from",
		"True", "False", "None", "true", "false", "none", "null", "date", "time", "uuid", "decimal", "bytes", "nil", "inf", "nan", "NULL", "And", "IN",
	}
	for _, word := range words {
		for _, field := range []string{word, "a." + word, word + ".b", strings.ToUpper(word)} {
			if have, want := spec.Eq(field, 1).String(), "`"+field+"` == 1"; have != want {
				t.Errorf("have %s, want %s", have, want)
			}
		}
	}
}

func TestNamesOfOperatorsAndKinds(t *testing.T) {
	for op := spec.OpEq; op <= spec.OpContainsFold; op++ {
		if op.String() == "no operator" || op.Symbol() == "?" || op.String() == "" || op.Symbol() == "" {
			t.Errorf("operator %d has no name", op)
		}
	}
	for _, op := range []spec.Op{0, spec.OpContainsFold + 1, 255} {
		if op.String() != "no operator" || op.Symbol() != "?" {
			t.Errorf("operator %d is called %v, %s", op, op, op.Symbol())
		}
	}
	want := "null bool int uint float decimal string bytes time date uuid list variable field"
	var have []string
	for k := spec.KindNull; k <= spec.KindField; k++ {
		have = append(have, k.String())
	}
	if strings.Join(have, " ") != want || spec.Kind(200).String() != "no kind" {
		t.Errorf("have %v, want %v", have, want)
	}
}
