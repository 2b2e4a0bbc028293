package spec_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// worstPatterns is what patterns may take beside the text, see CompilePattern.
const worstPatterns = 40 << 20

// Texts that would like to be expensive. None takes more memory than ten times the
// longest text, patterns left out.
func TestNastyTexts(t *testing.T) {
	repeat := strings.Repeat
	for name, test := range map[string]struct {
		text string
		ok   bool
	}{
		"parentheses":              {repeat("(", 1<<20), false},
		"negations":                {repeat("!(", 1<<19), false},
		"constants":                {"#" + repeat("&&#", 140_000), true},
		"long list":                {"a in [1" + repeat(",1", 149_990) + "]", true},
		"too long a list":          {"a in [1" + repeat(",1", 1<<19-10) + "]", false},
		"many lists":               {"a in [[]" + repeat(",[]", 99_990) + "]", true},
		"deep lists":               {"a in " + repeat("[", 100) + "1" + repeat(",1", 140_000) + repeat("]", 100), true},
		"lists in steps":           {"a == " + repeat("["+repeat("1,", 1000), 99) + repeat("]", 99), true},
		"open lists":               {"a in " + repeat("[", 1<<20-5), false},
		"commas":                   {"a in [" + repeat(",", 1<<20-6), false},
		"terms":                    {"a<1" + repeat("&&a<1", 74_990), true},
		"too many terms":           {"a<1" + repeat("&&a<1", 80_000), false},
		"comparisons of fields":    {"a<b" + repeat("||a<b", 74_990), true},
		"junctions":                {"(a<1||a<1)" + repeat("&&(a<1||a<1)", 29_000), true},
		"negated junctions":        {"!(a<1||a<1)" + repeat("||!(a<1||a<1)", 24_000), true},
		"flattened, a hundred":     {repeat("(", 99) + "a<1" + repeat("&&a<1", 74_000) + repeat(")&&a<1", 99), true},
		"negated twice, fifty":     {repeat("!(!(", 49) + "a<1" + repeat("&&a<1", 74_000) + repeat("))&&a<1", 49), true},
		"neutral, thirty":          {repeat("!(!(", 30) + "a<1" + repeat("&&a<1", 74_000) + repeat("&&#)&&#)&&a<1", 30), true},
		"unwrapped, thirty":        {repeat("(#&&!(!#||!(", 33) + "a<1" + repeat("&&a<1", 73_000) + repeat(")))&&a<1", 33), true},
		"by turns":                 {repeat("((", 49) + "a<1" + repeat("&&a<1", 70_000) + repeat(")||a<1)&&a<1", 49), true},
		"relations":                {repeat("any r(", 8) + "a<1" + repeat("&&a<1", 74_000) + repeat(")", 8), true},
		"long text":                {`a == "` + repeat("x", 1<<20-7) + `"`, false},
		"texts":                    {`a in ["x"` + repeat(`,"x"`, 140_000) + "]", true},
		"escapes":                  {`a == "` + repeat(`\n`, 1<<19-5) + `"`, false},
		"escapes in texts":         {`a in ["\n"` + repeat(`,"\n"`, 140_000) + "]", true},
		"runes":                    {`a == "` + repeat("é", 1<<19-5) + `"`, false},
		"open text":                {`a == "` + repeat("x", 1<<20-7), false},
		"backslashes":              {`a == "` + repeat(`\`, 1<<20-7), false},
		"quoted names":             {"`\\n`<1" + repeat("&&`\\n`<1", 70_000), true},
		"long name":                {repeat("a", 1<<20-5) + " == 1", false},
		"dots":                     {repeat("a.", 1<<19-5) + "a == 1", false},
		"dots and blanks":          {repeat("a . ", 1<<18-5) + "a == 1", false},
		"dots that lead nowhere":   {repeat("a  .  1 ", 1<<17), false},
		"variables":                {"a in [$x" + repeat(",$x", 140_000) + "]", true},
		"digits":                   {"a == " + repeat("1", 1<<20-5), false},
		"digits behind a point":    {"a == 0." + repeat("1", 1<<20-7), true},
		"exponent":                 {"a == 1e-" + repeat("1", 1<<20-8), true},
		"dates":                    {`a in [date("2024-01-01")` + repeat(`,date("2024-01-01")`, 50_000) + "]", true},
		"base64":                   {`a == bytes("` + repeat("AAAA", 1<<18-5) + `")`, false},
		"decimal":                  {`a == decimal("` + repeat("1", 1<<20-20) + `")`, false},
		"blanks":                   {repeat(" ", 1<<20-6) + "a == 1", true},
		"lines":                    {repeat("\n", 1<<20-6) + "a = 1", false},
		"one line":                 {"a == 1" + repeat(" || a == 1", 50_000) + " &&", false},
		"mixed":                    {repeat("a<1||", 70_000) + "a<1&&a<1", false},
		"longer than the longest":  {repeat(" ", spec.MaxSource-6) + "a == 10", false},
		"very much longer":         {repeat("a == 1 && ", 1<<20), false},
		"the longest":              {"a == 1" + repeat(" ", spec.MaxSource-6), true},
		"most tokens":              {"a in [1" + repeat(",1", 149_997) + ",]", true},
		"a token too many":         {"a in [1" + repeat(",1", 149_998) + "]", false},
		"patterns":                 {`a matches "\\pL"` + repeat(`&&a matches "\\pL"`, 400), true},
		"too many patterns":        {`a matches "x{900}"` + repeat(`&&a matches "x{900}"`, 30_000), false},
		"too many patterns ranges": {`a matches "(?i)[a-𞤀]"` + repeat(`&&a matches "(?i)[a-𞤀]"`, 30_000), false},
	} {
		var s spec.Specification
		var err error
		used := allocated(func() { s, err = spec.Parse(test.text) })
		most := uint64(10 * spec.MaxSource)
		if withRace { // it counts its own
			most += most / 10
		}
		if strings.Contains(name, "patterns") {
			most += worstPatterns
		}
		if used > most {
			t.Errorf("%s: %d bytes for a text of %d", name, used, len(test.text))
		}
		if (err == nil) != test.ok {
			t.Errorf("%s: error %v, want %v", name, err, !test.ok)
		} else if err != nil {
			checkSyntaxError(t, test.text, s, err)
		}
	}
}

// A refusal by number costs nothing, as nothing has been built.
func TestRefusalsAreCheap(t *testing.T) {
	for name, text := range map[string]string{
		"tokens": "a in [1" + strings.Repeat(",1", 1<<19-10) + "]",
		"bytes":  strings.Repeat("a == 1 && ", 1<<20),
	} {
		var err error
		if used := allocated(func() { _, err = spec.Parse(text) }); err == nil || used > 64<<10 {
			t.Errorf("%s: %d bytes to refuse it (error %v)", name, used, err)
		}
	}
}

// Twice the text takes twice the memory, also where terms pass through many
// parentheses on their way to one junction.
func TestReadingIsLinear(t *testing.T) {
	for name, text := range map[string]func(n int) string{
		"terms": func(n int) string { return "a<1" + strings.Repeat("&&a<1", n) },
		"list":  func(n int) string { return "a in [1" + strings.Repeat(",1", n) + "]" },
		"flattened": func(n int) string {
			return strings.Repeat("(", 90) + "a<1" + strings.Repeat("&&a<1", n) + strings.Repeat(")&&a<1", 90)
		},
		"from behind": func(n int) string {
			return strings.Repeat("a<1&&(", 90) + "a<1" + strings.Repeat("&&a<1", n) + strings.Repeat(")", 90)
		},
		"negated": func(n int) string {
			return strings.Repeat("!(!(", 45) + "a<1" + strings.Repeat("&&a<1", n) + strings.Repeat("))&&a<1", 45)
		},
		"neutral": func(n int) string {
			return strings.Repeat("!(!(", 45) + "a<1" + strings.Repeat("&&a<1", n) + strings.Repeat("&&#)&&#)&&a<1", 45)
		},
	} {
		used := func(n int) uint64 {
			text := text(n)
			return allocated(func() {
				if _, err := spec.Parse(text); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		small, great := used(8_000), used(64_000)
		if great > 9*small {
			t.Errorf("%s: %d bytes, and %d for eight times the text", name, small, great)
		}
		if plain := used(64_000) / 64_000; plain > 140 {
			t.Errorf("%s: %d bytes for each term", name, plain)
		}
	}
}

func TestDeepestTexts(t *testing.T) {
	deepest := spec.Or(nested(spec.MaxDepth-2), spec.Eq("x", 1)).And(spec.IsNull("y"))
	if deepest.Err() != nil || spec.Or(deepest, spec.Eq("x", 1)).Err() == nil {
		t.Fatal("this is not the deepest")
	}
	checkRoundTrip(t, deepest, 40)
	s := spec.Eq("a", nestedList(spec.MaxDepth))
	checkRoundTrip(t, s, 40)
	for range spec.MaxRelations {
		s = spec.Every("r", s)
	}
	checkRoundTrip(t, s, 40)
	if _, err := spec.Parse(strings.Repeat("(", spec.MaxDepth+1) + "#" + strings.Repeat(")", spec.MaxDepth+1)); !errors.Is(err, spec.ErrTooDeep) {
		t.Errorf("have %v, want ErrTooDeep", err)
	}
}
