package agree_test

import (
	"database/sql"
	"errors"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// randomPattern writes a pattern of RE2 piece by piece; not every one compiles.
func randomPattern(r *rand.Rand, depth int) string {
	if depth == 0 || r.IntN(3) == 0 {
		return pick(r, []string{
			"a", "b", "A", ".", `\.`, `\\`, "é", "k", "s", "ß", "[a-c]", "[^a]", "[^\\n]", `[\]^-]`, `\d`, `\D`, `\w`, `\W`, `\s`, `\S`, "[[:alpha:]]", "[[:^digit:]]",
			`\pL`, `\PL`, `\p{Greek}`, "^", "$", `\A`, `\z`, `\b`, "(?i)", "(?s)", "(?m)", "(?i:k)", "(?i:[r-t])", "😀", `\x{1F600}`, "[😀-😂]", " ", `\t`, `\n`, "_", "%", "'", "!", "\"",
			"[^😀]", "[\\x00-z]", "[[:space:]]", "{", "}", ",", "-", "(?:)", "()", `\Q.*\E`, "&", "~", "#", "/", "@", "`", ":", "=", "[.]", "[:]", "[=]", "[a.]", "[\\[.]",
			`\x{D800}`, `\p{Cs}`, `\P{Cs}`, `[^\x{DFFF}]`, "\ufffd",
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
		return "(?:" + sub() + ")" + pick(r, []string{"*", "+", "?", "*?", "+?", "??", "{2}", "{0,3}", "{1,}", "{0}"})
	case 6:
		return sub() + pick(r, []string{"*", "+", "?"})
	}
	return ".*" + sub()
}

var subjects = append([]string{"aab", "ba", "aB", "A.b", "a\nb", "\n", "x\ny\n", "é", "É", "kelvin", "\u212aelvin", "ſ", "S", "a_b%", "😀b", "a-b", "[", "]", "^", "{2}", "a,b", "αβγ", "٣", "\u00a0", ".*", "\ufffd"}, texts...)

// TestPatterns holds the patterns that the engines are given against package
// regexp.
func TestPatterns(t *testing.T) {
	t.Run("postgres", func(t *testing.T) {
		testPatterns(t, sqlspec.Postgres, engines.Postgres(t), "text", "INSERT INTO subjects VALUES ($1, $2)")
	})
	t.Run("mariadb", func(t *testing.T) {
		testPatterns(t, sqlspec.MariaDB, engines.MariaDB(t), "text", "INSERT INTO subjects VALUES (?, ?)")
	})
	t.Run("mariadb bytes", func(t *testing.T) {
		testPatterns(t, sqlspec.MariaDB, engines.MariaDB(t), "text COLLATE "+bytesCollation, "INSERT INTO subjects VALUES (?, ?)")
	})
}

func testPatterns(t *testing.T, dialect sqlspec.Dialect, db *sql.DB, columnType, insert string) {
	exec(t, db, "CREATE TABLE subjects (id int, s "+columnType+")")
	for i, s := range subjects {
		exec(t, db, insert, i, s)
	}
	sc, err := spec.NewSchema(spec.Field{Name: "s", Kind: spec.KindString})
	if err != nil {
		t.Fatal(err)
	}
	table, err := sqlspec.NewTable("subjects", sc)
	if err != nil {
		t.Fatal(err)
	}
	e := engine{dialect: dialect, table: table.In(dialect), db: db}
	r := rand.New(rand.NewPCG(*seed, 4))
	checked, refused, matches := 0, 0, 0
	for range *specs {
		pattern := randomPattern(r, 4)
		re, err := regexp.Compile(pattern)
		if err != nil || strings.Contains(pattern, "\x00") {
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
		ids, text, err := e.visible(s)
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
				t.Errorf("%q on %q: %s %v, memory %v (%s)", pattern, subject, dialect, visible[int64(i)], want, text)
			}
			if want {
				matches++
			}
			checked++
		}
	}
	t.Logf("%d verdicts, %d matches, %d patterns refused for %s", checked, matches, refused, dialect)
	if checked == 0 || matches == 0 || matches == checked {
		t.Error("the patterns decided nothing")
	}
}
