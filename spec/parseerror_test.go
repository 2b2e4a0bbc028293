package spec_test

import (
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rolespec/rolespec/spec"
)

// Texts that are no specification. The error is where the § stands.
var syntaxErrors = []struct{ name, text, reason, advice string }{
	{"nothing", "§", "found the end", "write # for every row"},
	{"blanks", "  \n §", "found the end", "write # for every row"},
	{"= for equality", "a §= 1", "= means nothing", "write == for equality"},
	{"=== for equality", "a §=== 1", "=== means", "write =="},
	{"!== for inequality", "a §!== 1", "!== means", "write !="},
	{"<> for inequality", "a §<> 1", "<> means", "write !="},
	{"=<", "a §=< 1", "=< means", "write <="},
	{"=>", "a §=> 1", "=> means", "write >="},
	{"=~", `a §=~ "x"`, "=~ means", "write matches"},
	{"&", "a == 1 §& b == 2", "& means", "write &&"},
	{"&&&", "a == 1 &&§& b == 2", "& means", "write &&"},
	{"|", "a == 1 §| b == 2", "| means", "write ||"},
	{"and", "a == 1 §and b == 2", "found and", "write &&"},
	{"OR", "a == 1 §OR b == 2", "found OR", "write ||"},
	{"not", "§not a == 1", "found not", "write !("},
	{"not in front of parentheses", "a == 1 || §not (b == 2)", "found not", "write !("},
	{"! without parentheses", "!§a == 1", "behind the !", "write !("},
	{"two !", "!§!(a == 1)", "behind the !", "write !("},

	{"mixed", "a == 1 || b == 2 §&& c == 3", "mixed without parentheses", "(a == 1 || b == 2) && .."},
	{"mixed the other way", "a == 1 && b == 2 §|| c == 3", "mixed without parentheses", "(a == 1 && b == 2) || .."},
	{"mixed inside", "!(a == 1 && (b == 2 || c == 3 §&& #))", "mixed without parentheses", "(b == 2 || c == 3) && .."},
	{"mixed far away", strings.Repeat("a == 1 || ", 50) + "b == 2 §&& c == 3", "mixed without parentheses", "around the terms before it"},
	{"mixed on lines", "a == 1\n|| b == 2\n§&& c == 3", "mixed without parentheses", "around the terms before it"},

	{"a typing error", `a §startwith "x"`, "found startwith", "did you mean startswith?"},
	{"another typing error", `a §contians "x"`, "found contians", "did you mean contains?"},
	{"another case", `a §IN [1]`, "found IN", "did you mean in?"},
	{"words joined", `a §starts_With "x"`, "found starts_With", "did you mean startswith?"},
	{"like", `a §like "x%"`, "found like", "startswith"},
	{"ILIKE", `a §ILIKE "x%"`, "found ILIKE", "containsfold"},
	{"between", `a §between 1`, "found between", "a >= 1 && a <= 2"},
	{"hasPrefix", `a §hasPrefix "x"`, "found hasPrefix", "write startswith"},
	{"another word", `a §xyzzy "x"`, "expected an operator, found xyzzy", ""},
	{"a long word", `a §` + strings.Repeat("x", 1000) + ` "x"`, strings.Repeat("x", 24) + "...", ""},

	{"true", "a == §true", "found true", "write True, or `true`"},
	{"FALSE", "a == §FALSE", "found FALSE", "write False"},
	{"null", "a == §null", "found null", "write None"},
	{"nil in a list", "a in [1, §nil]", "found nil", "write None"},
	{"is null", "a is §null", "found null", "write is None"},
	{"is True", "a is §True", "found True", "== for equality"},
	{"is distinct", "a is distinct §1", "found 1", "is distinct from"},
	{"not like", `a not §like "x"`, "found like", "!( .. )"},
	{"infinity", "a == §inf", "found inf", "finite"},
	{"None in front", "§None == a", "found None", "`None`"},
	{"a number in front", "§1 == a", "found 1", "the field stands first"},
	{"a text in front", `§"a" == 1`, `found "a"`, "without quotes"},
	{"a word of the language", "a == §in", "found in", "`in`"},
	{"any without a relation", "§any (a == 1)", "found any", "any relation ( .. )"},
	{"any without parentheses", "any comments §a == 1", "behind the name of the relation", "any comments ( .. )"},
	{"a relation beyond ASCII", "any §été (#)", "é means nothing", "backquotes"},
	{"a relation called as an operator", "any contains §(a == 1)", "expected a value", ""},
	{"a list in parentheses", "a in §(1, 2)", "expected a list", "[1, 2]"},
	{"a list in braces", "a in §{1, 2}", "{ means nothing", "[1, 2]"},
	{"a field in a list", "a in [§b]", "found b", "a text stands in quotes"},
	{"a quoted field in a list", "a in [§`b`]", "found `b`", "a text stands in quotes"},
	{"a field to look for", "a contains §b", "found b", "a text stands in quotes"},
	{"a field alone", "active§", "found the end", "field == True"},
	{"a field alone in parentheses", "(active§) && #", "found )", "field == True"},
	{"no value", "a == §", "expected a value, found the end", ""},
	{"no term", "a == 1 && §", "expected a comparison, found the end", ""},
	{"no term in front", "§&& a == 1", "expected a comparison, found &&", ""},
	{"two terms", "a == 1 §b == 2", "expected &&, || or the end, found b", ""},
	{"nothing in parentheses", "(§)", "nothing between", "# for every row"},
	{"an open parenthesis", "(a == 1§", "still open", "write )"},
	{"a closed parenthesis", "a == 1§)", "without its (", ""},
	{"an open list", "a in [1§", "expected a , or the ] of the list, found the end", ""},
	{"commas only", "a in [§,]", "expected a value, found ,", ""},
	{"two commas", "a in [1,§,]", "expected a value, found ,", ""},
	{"no comma", "a in [1 §2]", "expected a , or the ]", ""},
	{"a kind without a text", "a == date(§2024)", "a text in quotes", `write date("..")`},
	{"a kind without parentheses", "a == date§", "behind date", "`date`"},
	{"a kind that is open", `a == date("2024-01-01"§`, "behind the text", `date("..")`},

	{"an open text", "a == §\"x && b == 1", "never closed", `end it with "`},
	{"an open text in single quotes", "a == §'x\"", "never closed", `end it with '`},
	{"an open name", "§`a == 1", "never closed", "end it with `"},
	{"a pattern's escape", `a matches "x§\d"`, `no such escape: \d`, `write \\d`},
	{"the edge of a word", `a matches "§\bx"`, `no such escape: \b`, `write \\b`},
	{"an octal escape", `a == "§\101"`, `no such escape: \1`, `\x41`},
	{"a NUL by its escape", `a == "§\0"`, `no such escape: \0`, ""},
	{"a byte by its escape", `a == "§\xe9"`, "a byte to some", `\u00e9`},
	{"a surrogate", `a == "§\ud83d\ude00"`, "no character", `\U0001f600`},
	{"beyond Unicode", `a == "§\U00110000"`, "no character", ""},
	{"half an escape", `a == "§\u00e"`, "4 hexadecimal digits", ""},
	{"a sign in an escape", `a == "§\x+1"`, "2 hexadecimal digits", ""},
	{"a backslash at the end", `a == "§\`, "a backslash at the end", `\\`},
	{"a letter beyond ASCII", "§é == 1", "é means nothing", "backquotes"},
	{"quotes of a word processor", "a == §“x”", "“ means nothing", "write \""},
	{"a blank of a word processor", "a§\u00a0== 1", `\u00a0 means nothing`, "ordinary blank"},
	{"a byte order mark", "§\ufeffa == 1", `\ufeff means nothing`, "ordinary blank"},
	{"a control character", "a §\x1b[31m== 1", `\x1b means nothing`, ""},
	{"not UTF-8", "a §\xff == 1", "not UTF-8", ""},
	{"not UTF-8 in a text", "a == \"x§\xff\"", "not UTF-8", ""},
	{"a comment", "a == 1 §// b", "/ means nothing", "no comments"},
	{"a comment of SQL", "a == 1 §-- b", "-- means nothing", "no comments"},
	{"a dot in front", "§.a == 1", ". means nothing", "single dots"},
	{"two dots", "a§..b == 1", ". means nothing", "single dots"},
	{"a dot behind", "a§. == 1", ". means nothing", "single dots"},
	{"a $ alone", "a == §$ x", "without a name", "$name"},
	{"a blank in a variable", "a == $x §. y", ". means nothing", "single dots"},
	{"a number and a letter", "a == 1§x", "goes on with x", ""},
	{"hexadecimal", "a == 0§x10", "goes on with x10", ""},
	{"an underscore", "a == 1§_000", "goes on with _000", ""},
	{"two points", "a == 1.2§.3", "goes on with .3", ""},
	{"half an exponent", "a == 1§e+", "goes on with e+", ""},
	{"a number beyond ASCII", "a == 1§é", "goes on with é", ""},
	{"signs", "a == §--1", "-- means nothing", ""},
	{"an earlier error", "a === 1 && b == \"never closed", "", ""},
}

func TestSyntaxErrors(t *testing.T) {
	for _, test := range syntaxErrors {
		before, after, marked := strings.Cut(test.text, "§")
		if !marked {
			before, after, _ = strings.Cut(test.text, "===")
			after = "===" + after
		}
		have, err := spec.Parse(before + after)
		e := checkSyntaxError(t, before+after, have, err)
		if e == nil {
			t.Errorf("%s: have %v, want an error", test.name, have)
			continue
		}
		if !errors.Is(e, spec.ErrSyntax) || errors.Is(e, spec.ErrField) || e.Offset != len(before) {
			t.Errorf("%s: have %v (%v) at %d, want it at %d", test.name, e, errors.Unwrap(e), e.Offset, len(before))
		}
		if !strings.Contains(e.Reason, test.reason) || !strings.Contains(e.Advice, test.advice) || test.advice == "" && test.reason == "" && e.Advice == "" {
			t.Errorf("%s: have %q with the advice %q, want %q with %q", test.name, e.Reason, e.Advice, test.reason, test.advice)
		}
	}
}

// Texts of the grammar that a constructor refuses.
func TestErrorsOfConstruction(t *testing.T) {
	long := strings.Repeat("x", spec.MaxText+1)
	for name, test := range map[string]struct {
		text string
		want error
	}{
		"pattern":              {`# && a matches §"("`, spec.ErrPattern},
		"expensive pattern":    {`a matches §"` + strings.Repeat(`\\pL`, 3000) + `"`, spec.ErrPattern},
		"operator and number":  {`a startswith §1`, spec.ErrType},
		"in without a list":    {`a in §"x"`, spec.ErrType},
		"contains a list":      {`a contains §[1]`, spec.ErrType},
		"no path":              {`a under §"x..y"`, spec.ErrValue},
		"long text":            {`a == §"` + long + `"`, spec.ErrValue},
		"long text in a list":  {`a in [1, §"` + long + `"]`, spec.ErrValue},
		"NUL":                  {`a == §"\x00"`, spec.ErrValue},
		"a NUL as it is":       {"a == §\"\x00\"", spec.ErrValue},
		"infinite":             {`a == 1 && b == §1e400`, spec.ErrValue},
		"long number":          {`a == §` + strings.Repeat("1", 401), spec.ErrValue},
		"no date":              {`a == §date("2024-02-30")`, spec.ErrValue},
		"no instant":           {`a == §time("2024-02-03")`, spec.ErrValue},
		"zero instant":         {`a == §time("0001-01-01T00:00:00Z")`, spec.ErrValue},
		"no UUID":              {`a == §uuid("x")`, spec.ErrValue},
		"no decimal":           {`a == §decimal("1e5")`, spec.ErrValue},
		"no base64":            {`a == §bytes("AP9")`, spec.ErrValue},
		"base64 that is loose": {`a == §bytes("AP9=")`, spec.ErrValue},
		"empty name":           {"§`` == 1", spec.ErrUnknownField},
		"long name":            {"§`" + strings.Repeat("f", 257) + "` is None", spec.ErrUnknownField},
		"empty relation":       {"§any `` (#)", spec.ErrUnknownField},
		"empty variable":       {"a == §$``", spec.ErrValue},
		"empty field to match": {"a == §``", spec.ErrValue},
		"depth":                {"§(" + nested(spec.MaxDepth).String() + ") || b == 1", spec.ErrTooDeep},
		"depth of negation":    {"# && §!(" + nested(spec.MaxDepth).String() + ") && b == 1", spec.ErrTooDeep},
		"relations":            {"# && §" + strings.Repeat("any r (", 9) + "a == 1" + strings.Repeat(")", 9), spec.ErrTooDeep},
		"parentheses":          {strings.Repeat("(", spec.MaxDepth) + "§(a == 1)" + strings.Repeat(")", spec.MaxDepth), spec.ErrTooDeep},
		"lists":                {"a == " + strings.Repeat("[", spec.MaxDepth) + "§[" + strings.Repeat("]", spec.MaxDepth+1), spec.ErrTooDeep},
	} {
		before, after, _ := strings.Cut(test.text, "§")
		have, err := spec.Parse(before + after)
		e := checkSyntaxError(t, before+after, have, err)
		if e == nil || !errors.Is(e, test.want) || errors.Is(e, spec.ErrSyntax) || e.Offset != len(before) {
			t.Errorf("%s: have %v (%v), want %v at %d", name, err, have, test.want, len(before))
		}
	}
}

// checkSyntaxError holds what is so for every error, and returns it.
func checkSyntaxError(t *testing.T, text string, s spec.Specification, err error) *spec.SyntaxError {
	t.Helper()
	var e *spec.SyntaxError
	if !errors.As(err, &e) {
		return nil
	}
	if !s.IsNone() || e.Offset < 0 || e.Offset > len(text) || e.Reason == "" || e.Unwrap() == nil {
		t.Fatalf("%.100q: have %v with the error %+v", text, s, e)
	}
	before := text[:e.Offset]
	column := 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	if e.Line != 1+strings.Count(before, "\n") || e.Column != column {
		t.Errorf("%.100q: offset %d is called line %d, column %d", text, e.Offset, e.Line, e.Column)
	}
	isControl := func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }
	if message := e.Error(); strings.Contains(message, "\n") || strings.ContainsFunc(message, isControl) || len(message) > 2000 {
		t.Errorf("%.100q: the error is %q", text, message)
	}
	lines := strings.Split(e.Detail(), "\n")
	if len(lines) < 4 || len(lines) > 5 || strings.ContainsFunc(e.Detail(), isControl) || len(lines[1]) > 1000 {
		t.Fatalf("%.100q: the detail is %q", text, e.Detail())
	}
	caret := utf8.RuneCountInString(lines[2]) - 1
	if shown := []rune(lines[1]); !strings.HasSuffix(lines[2], " ^") && caret != 0 || caret > len(shown) {
		t.Errorf("%.100q: the caret is at %d:\n%s", text, caret, e.Detail())
	}
	return e
}

func TestDetail(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"a == 1\n\t&& b = \"é\"\nd", "line 2, column 7: = means nothing here\n" + `    \t&& b = "é"` + "\n           ^\nwrite == for equality\n"},
		{`é`, "line 1, column 1: é means nothing here\n    é\n    ^\na name with other characters than a-z, A-Z, 0-9 and _ stands in backquotes\n"},
		{"a == b c\r\n# d", "line 1, column 8: expected &&, || or the end, found c\n    a == b c\n           ^\n"},
		{`a == "日本" b`, "line 1, column 11: expected &&, || or the end, found b\n" + `    a == "日本" b` + "\n              ^\n"},
		{`a == "\\" b`, "line 1, column 11: expected &&, || or the end, found b\n" + `    a == "\\" b` + "\n              ^\n"},
		{
			strings.Repeat("x", 150) + ` = "` + strings.Repeat("é", 150) + `"`, "line 1, column 152: = means nothing here\n    " + strings.Repeat("x", 99) + ` = "` + strings.Repeat("é", 48) +
				"\n    " + strings.Repeat(" ", 100) + "^\nwrite == for equality\n",
		},
	} {
		_, err := spec.Parse(test.text)
		var e *spec.SyntaxError
		if !errors.As(err, &e) || e.Detail() != test.want {
			t.Errorf("have\n%s\nwant\n%s", e.Detail(), test.want)
		}
	}
}

// An error shows its own line and nothing of the others.
func TestErrorsShowOneLine(t *testing.T) {
	for _, text := range []string{
		"a == \"secret\"\n&& b = 1\n&& c == \"secret\"", "a == \"secret\"\n|| b == 2\n&& c == 1", "# b.\nsecret", "a == secret\n||\n", "# `x\nsecret` == 1", "# 'x\nsecret' == 1",
	} {
		_, err := spec.Parse(text)
		var e *spec.SyntaxError
		if !errors.As(err, &e) || strings.Contains(e.Error()+e.Detail(), "secret") {
			t.Errorf("%q: %v\n%s", text, err, e.Detail())
		}
	}
}
