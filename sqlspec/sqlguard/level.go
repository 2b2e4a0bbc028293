package sqlguard

import "strings"

// level is what stands between two parentheses, or one SELECT of several that UNION
// and its like join: where a WHERE belongs to the tables beside it. Tokens deeper down
// are in levels of their own.
type level struct {
	tokens []token
	found  map[int][]int // by index of a token the conditions that it stands for
}

// levels takes a statement apart. It fails where parentheses do not match.
func levels(tokens []token, found map[int][]int) ([]level, bool) {
	var done []level
	open := []level{newLevel()}
	var closing []string
	for i, t := range tokens {
		top := &open[len(open)-1]
		switch {
		case t.is("union", "intersect", "except"):
			done = append(done, *top)
			*top = newLevel()
			continue
		case len(top.tokens) == 0 && t.is("all", "distinct"): // UNION ALL
			continue
		case t.sign(")]}"):
			if len(closing) == 0 || closing[len(closing)-1] != t.text {
				return nil, false
			}
			done = append(done, *top)
			open, closing = open[:len(open)-1], closing[:len(closing)-1]
			top = &open[len(open)-1]
		}
		if c := found[i]; c != nil {
			top.found[len(top.tokens)] = c
		}
		top.tokens = append(top.tokens, t)
		if t.sign("([{") {
			open, closing = append(open, newLevel()), append(closing, map[string]string{"(": ")", "[": "]", "{": "}"}[t.text])
		}
	}
	return append(done, open[0]), len(open) == 1
}

func newLevel() level { return level{found: map[int][]int{}} }

// reference is a place that names a protected table.
type reference struct {
	table, alias string
	at           int // in the tokens of the level
}

// references returns where the level names tables. Whatever is not followed by a dot,
// which makes a name the qualifier of another, counts.
func (l level) references(g *Guard) (refs []reference) {
	for i := range l.tokens {
		for _, name := range g.tables {
			if l.names(i, name, g.texts()) && !l.at(i+1).sign(".") {
				refs = append(refs, reference{name, l.alias(i, g.folds()), i})
			}
		}
	}
	return refs
}

// names reports whether a token can be the name of a table. SQLite takes a text for a
// name where there can be no text.
func (l level) names(i int, name string, texts bool) bool {
	t := l.tokens[i]
	if t.kind == literal && texts && !l.at(i-1).sign("=<>|") {
		t.kind = quoted
	}
	return t.named(name)
}

// at returns a token, or one that is nothing where there is none.
func (l level) at(i int) token {
	if i < 0 || i >= len(l.tokens) {
		return token{kind: number}
	}
	return l.tokens[i]
}

// alias returns what a statement calls the rows of the table that it names there, or
// "" where that is not clear. A word that is not known to be a keyword is an alias:
// then no condition fits.
func (l level) alias(i int, folds bool) string {
	called := i
	switch t := l.at(i + 1); {
	case t.is("as"):
		called = i + 2
	case t.kind == quoted || t.kind == literal, t.kind == word && !t.is(afterTable...):
		called = i + 1
	}
	// A list renames the columns, so that a condition tests others.
	if l.at(called + 1).sign("(") {
		return ""
	}
	name := l.at(called)
	if folds && name.kind == word {
		return strings.Map(lower, name.text)
	}
	return name.text
}

// lower folds as PostgreSQL does what is not in quotes.
func lower(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// afterTable are the keywords that can follow a table without an alias.
var afterTable = []string{
	"where", "set", "join", "inner", "left", "right", "full", "cross", "natural",
	"using", "group", "order", "limit", "having", "returning", "for", "offset", "fetch", "window",
}
