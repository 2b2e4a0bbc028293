package sqlguard_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/sqlspec/sqlguard"
)

// apart are words behind which another SELECT begins.
var apart = regexp.MustCompile(`(?i)union|intersect|except`)

// No text makes the guard panic, and none makes it run what it refuses without the text,
// unless by a comment, quotes or parentheses, or because another SELECT begins.
func FuzzCheck(f *testing.F) {
	for _, c := range statements {
		f.Add(c.statement)
	}
	for _, s := range []string{"'", "''", `"`, "`", "[", "$$", "$a$", "E'", `E'\'`, "U&'", "--", "#", "/*", "/*/", "?", "?1", "$1", ":a", "@a", "\\", "(", "]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, d := range dialects {
			g := guardOf(d)
			g.Check(t.Context(), s)
			ctx := sqlguard.With(t.Context())
			text, args := condition(t, g, ctx, tasks, mine)
			if g.Check(ctx, "SELECT 1 FROM tasks t "+s+"\n, tasks x WHERE "+text, args...) == nil && !strings.ContainsAny(s, `/*-#'"$[`+"`") {
				t.Errorf("%v: the second table has no condition: %q", d, s)
			}
			if g.Check(ctx, "SELECT 1 FROM tasks t WHERE "+text+" "+s+"\nOR 1 = 1", args...) == nil && !strings.ContainsAny(s, `/*-#'"$[({`+"`") && !apart.MatchString(s) {
				t.Errorf("%v: an OR beside it: %q", d, s)
			}
		}
	})
}
