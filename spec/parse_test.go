package spec_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// Texts that String does not print, and what they say.
var parseTests = []struct {
	name, text string
	want       spec.Specification
}{
	{"all in parentheses", `((#))`, spec.All()},
	{"not all", `!(#)`, spec.None()},
	{"not none", `!(!#)`, spec.All()},
	{"no blanks", `a==1&&b!=2`, spec.And(spec.Eq("a", 1), spec.Ne("b", 2))},
	{"blanks of every kind", "\n\ta\r\n==\f1 ", spec.Eq("a", 1)},
	{"blanks around a dot", "a . b. c == d .e", spec.Eq("a.b.c", spec.Ref("d.e"))},
	{"parentheses flatten", `(a == 1 && (b == 2)) && c == 3`, spec.And(spec.Eq("a", 1), spec.Eq("b", 2), spec.Eq("c", 3))},
	{"parentheses keep", `a == 1 || (b == 2 && c == 3)`, spec.Or(spec.Eq("a", 1), spec.And(spec.Eq("b", 2), spec.Eq("c", 3)))},
	{"parentheses keep on the left", `(a == 1 || b == 2) && c == 3`, spec.And(spec.Or(spec.Eq("a", 1), spec.Eq("b", 2)), spec.Eq("c", 3))},
	{"negations cancel", `!(!(a == 1 && b == 2)) && c == 3`, spec.And(spec.Eq("a", 1), spec.Eq("b", 2), spec.Eq("c", 3))},
	{"all leaves", `# && a == 1`, spec.Eq("a", 1)},
	{"none absorbs", `a == 1 && !#`, spec.None()},
	{"all absorbs", `a == 1 || # || b == 2`, spec.All()},

	{"is not None", `a is not None`, spec.NotNull("a")},
	{"not in", `a not in [1]`, spec.NotIn("a", 1)},
	{"not in nothing", `a not in []`, spec.All()},
	{"in nothing", `a in [ ]`, spec.None()},
	{"overlaps nothing", `a overlaps []`, spec.None()},
	{"is not distinct from", `a is not distinct from b`, spec.Not(spec.Distinct("a", spec.Ref("b")))},
	{"in a variable", `a in $ids`, spec.NewLeaf("a", spec.OpIn, spec.Of(spec.Var("ids")))},
	{"in null", `a in None`, spec.Eq("a", spec.Null)},

	{"plus", `a == +5`, spec.Eq("a", 5)},
	{"leading zeros", `a == 007`, spec.Eq("a", 7)},
	{"minus zero", `a == -0`, spec.Eq("a", 0)},
	{"minus zero as a float", `a == -0.0`, spec.Eq("a", 0.0)},
	{"point at the end", `a == 10.`, spec.Eq("a", 10.0)},
	{"point at the beginning", `a == .5 && b == -.5`, spec.And(spec.Eq("a", 0.5), spec.Eq("b", -0.5))},
	{"exponents", `a in [1e3, 1.E2, -.5e+2, 1E-7]`, spec.In("a", 1000.0, 100.0, -50.0, 1e-7)},
	{"beyond 64 bits", `a in [18446744073709551616, 18446744073709551615, -9223372036854775808]`, spec.In("a", spec.Of(dec("18446744073709551616")), spec.Of(uint64(math.MaxUint64)), spec.Of(int64(math.MinInt64)))},
	{"less than zero", `a<-1`, spec.Lt("a", -1)},

	{"single quotes", `a == 'say "x"'`, spec.Eq("a", `say "x"`)},
	{"escapes", `a == "\\ \" \' ` + "\\`" + ` \n \r \t \x41 \u00e9 \U0001F600"`, spec.Eq("a", "\\ \" ' ` \n \r \t A é \U0001f600")},
	{"an escaped single quote", `a == '\''`, spec.Eq("a", "'")},
	{"a line inside a text", "a == \"x\ny\"", spec.Eq("a", "x\ny")},
	{"structure inside a text", `a == "x\" || # || a == \""`, spec.Eq("a", `x" || # || a == "`)},
	{"trailing comma", `a in [1, "x",]`, spec.In("a", spec.Of(1), spec.Of("x"))},
	{"lists in lists", `a == [[], [1, [None]],]`, spec.Eq("a", listValue([]any{}, []any{1, []any{nil}}))},

	{"another zone", `a == time("2024-07-01T14:00:00+02:00")`, spec.Eq("a", noon)},
	{"a fraction of a microsecond", `a == time("2024-07-01T12:00:00.000001999Z")`, spec.Eq("a", noon.Add(time.Microsecond))},
	{"capital hexadecimal", `a == uuid("` + strings.ToUpper(idText) + `")`, spec.Eq("a", id)},
	{"decimal with zeros", `a == decimal ( '012.50' )`, spec.Eq("a", dec("12.5"))},

	{"quoted field", "`a || #` == 1", spec.Eq("a || #", 1)},
	{"quoted for nothing", "`a.b` == `c`", spec.Eq("a.b", spec.Ref("c"))},
	{"quoted with escapes", "`\\`\\x41\"` is None", spec.IsNull("`A\"")},
	{"quoted variable", "a == $`x y`", spec.Eq("a", spec.Var("x y"))},
	{"variable called as a word", `a == $in`, spec.Eq("a", spec.Var("in"))},
	{"word of the language in a path", `a.in == b.date`, spec.Eq("a.in", spec.Ref("b.date"))},
	{"words of the language as fields", `contains == 1 && is is None && not not in [1] && any == 1 && any in [2] && date > 3`,
		spec.And(spec.Eq("contains", 1), spec.IsNull("is"), spec.NotIn("not", 1), spec.Eq("any", 1), spec.In("any", 2), spec.Gt("date", 3))},
	{"fields that begin as words", `inner == True || isa is None || anyone == 1 || Nonesuch == Truely`,
		spec.Or(spec.Eq("inner", true), spec.IsNull("isa"), spec.Eq("anyone", 1), spec.Eq("Nonesuch", spec.Ref("Truely")))},

	{"any", `any comments (author == $sub && any likes.by(#))`, spec.Any("comments", spec.And(spec.Eq("author", spec.Var("sub")), spec.Any("likes.by", spec.All())))},
	{"every", "every `my groups`(!(a == 1))", spec.Every("my groups", spec.Not(spec.Eq("a", 1)))},
}

func TestParse(t *testing.T) {
	for _, test := range parseTests {
		have, err := spec.Parse(test.text)
		if err != nil || !have.Equal(test.want) {
			t.Errorf("%s: %s: have %v (error %v), want %v", test.name, test.text, have, err, test.want)
		}
	}
}

// What String prints for each case of its own test is read again.
func TestParseReadsString(t *testing.T) {
	for _, test := range printTests {
		have, err := spec.Parse(test.want)
		if err != nil || !have.Equal(test.s) {
			t.Errorf("%s: %s: have %v, error %v", test.name, test.want, have, err)
		}
	}
	for _, test := range canonicalTests {
		if have, err := spec.Parse(test.text); err != nil || !have.Equal(test.want) {
			t.Errorf("%s: %s: have %v, error %v", test.name, test.text, have, err)
		}
	}
}

func TestMustParse(t *testing.T) {
	if have := spec.MustParse(`a == 1`); !have.Equal(spec.Eq("a", 1)) {
		t.Errorf("have %v", have)
	}
	defer func() {
		if _, isError := recover().(*spec.SyntaxError); !isError {
			t.Error("want a panic with the *SyntaxError")
		}
	}()
	spec.MustParse(`a =`)
}
