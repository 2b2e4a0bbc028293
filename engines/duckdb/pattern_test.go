package duckdb_test

import (
	"errors"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines/duckdb"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// randomPattern writes a pattern of RE2 piece by piece; not every one compiles.
func randomPattern(r *rand.Rand, depth int) string {
	if depth == 0 || r.IntN(3) == 0 {
		return pick(r, []string{
			"a", "b", "A", ".", `\.`, `\\`, "é", "k", "s", "ß", "[a-c]", "[^a]", "[^\\n]", `[\]^-]`, `\d`, `\D`, `\w`, `\W`, `\s`, `\S`, "[[:alpha:]]", "[[:^digit:]]",
			`\pL`, `\PL`, `\p{Greek}`, "^", "$", `\A`, `\z`, `\b`, `\B`, "(?i)", "(?s)", "(?m)", "(?U)", "(?i:k)", "(?i:[r-t])", "(?m:^)", "(?m:$)", "😀", `\x{1F600}`, "[😀-😂]", " ", `\t`, `\n`, "_", "%", "'", "!", "\"",
			"[^😀]", "[\\x00-z]", "[[:space:]]", "{", "}", ",", "-", "(?:)", "()", `\Q.*\E`, "&", "~", "#", "/", "@", "`", ":", "=", "[.]", "[:]", "[=]", "[a.]", "[\\[.]",
			`\x{D800}`, `\p{Cs}`, `\P{Cs}`, `[^\x{DFFF}]`, "\ufffd", "[^\\x00-\\x{10FFFF}]", "\x7f", "\x01", `\v`, `\pN`, `\p{Lu}`, `(?i)\p{Lu}`, `[\pL\d]`, "\u00e9", "\U0010ffff",
		})
	}
	sub := func() string { return randomPattern(r, depth-1) }
	switch r.IntN(8) {
	case 0, 1, 2:
		return sub() + sub()
	case 3:
		return sub() + "|" + sub()
	case 4:
		return "(" + sub() + ")"
	case 5:
		return "(?:" + sub() + ")" + pick(r, []string{"*", "+", "?", "*?", "+?", "??", "{2}", "{0,3}", "{1,}", "{0}", "{300}", "{2,400}"})
	case 6:
		return sub() + pick(r, []string{"*", "+", "?"})
	}
	return ".*" + sub()
}

var subjects = append([]string{
	"aab", "ba", "aB", "A.b", "a\nb", "\n", "x\ny\n", "é", "É", "kelvin", "\u212aelvin", "ſ", "S", "a_b%", "😀b", "a-b", "[", "]", "^", "{2}", "a,b", "αβγ", "٣", "\u00a0", ".*",
	"\ufffd", "a\x00b", "\x00", "\x7f", "\x01", "a b", "a\r\nb", "éa", "b\na", strings.Repeat("a", 400), "\u0130", "Ⅷ", "\U0001E900",
}, texts...)

// TestPatterns holds the patterns that DuckDB is given against package regexp.
func TestPatterns(t *testing.T) {
	db := duckdb.Open(t)
	exec(t, db, "CREATE TABLE subjects (id int, s text)")
	for i, s := range subjects {
		exec(t, db, "INSERT INTO subjects VALUES (?, ?)", i, s)
	}
	sc, err := spec.NewSchema(spec.Field{Name: "s", Kind: spec.KindString})
	if err != nil {
		t.Fatal(err)
	}
	table, err := sqlspec.NewTable("subjects", sc)
	if err != nil {
		t.Fatal(err)
	}
	a := agreement{db: db, table: table}
	r := rand.New(rand.NewPCG(*seed, 4))
	checked, refused, matches := 0, 0, 0
	for range *specs {
		pattern := randomPattern(r, 4)
		re, err := regexp.Compile(pattern)
		if err != nil {
			if s := spec.Matches("s", pattern); s.Err() == nil {
				t.Errorf("%q: built, though it does not compile", pattern)
			}
			continue
		}
		s := spec.Matches("s", pattern)
		m, err := spec.Compile[map[string]any](s, spec.WithSchema(sc))
		if err != nil {
			t.Fatalf("%q: %v", pattern, err)
		}
		ids, text, err := a.visible(s)
		if errors.Is(err, sqlspec.ErrUnsupported) {
			refused++
			continue
		}
		if err != nil {
			t.Fatalf("%q: %s: %v", pattern, text, err)
		}
		visible := map[int64]bool{}
		for _, id := range ids {
			visible[id] = true
		}
		for i, subject := range subjects {
			loc := re.FindStringIndex(subject)
			want := m.Match(&map[string]any{"s": subject})
			if anchored := loc != nil && loc[0] == 0; anchored && !want {
				t.Errorf("%q on %q: memory says no, regexp finds it at the start", pattern, subject)
			}
			if visible[int64(i)] != want {
				t.Errorf("%q on %q: duckdb %v, memory %v (%s)", pattern, subject, visible[int64(i)], want, text)
			}
			if want {
				matches++
			}
			checked++
		}
	}
	t.Logf("%d verdicts, %d matches, %d patterns refused", checked, matches, refused)
	if checked == 0 || matches == 0 || matches == checked {
		t.Error("the patterns decided nothing")
	}
}
