package spec_test

import (
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// grammar is the one in the documentation of the package: the tokens on the right
// of each production.
type grammar map[string][]string

var (
	production   = regexp.MustCompile(`(?m)^//\t(\w+) += ((?:.*\n//\t +\|)*.*) \.$`)
	grammarToken = regexp.MustCompile("\"[^\"]*\"|`[^`]*`|\\w+|[|()\\[\\]{}]")
)

func documentedGrammar(t *testing.T) grammar {
	t.Helper()
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	g := grammar{}
	for _, found := range production.FindAllStringSubmatch(string(doc), -1) {
		g[found[1]] = grammarToken.FindAllString(found[2], -1)
	}
	return g
}

// writer writes a random sentence.
type writer struct {
	grammar
	dice
	depth int
	text  strings.Builder
}

// alternatives writes one of the alternatives up to the closing bracket or the
// end, and returns what follows it.
func (w *writer) alternatives(tokens []string, write bool) []string {
	var choices [][]string
	for start, level, i := 0, 0, 0; ; i++ {
		end := i == len(tokens) || level == 0 && strings.Contains(")]}", tokens[i])
		switch {
		case end || level == 0 && tokens[i] == "|":
			choices = append(choices, tokens[start:i])
			start = i + 1
		case strings.Contains("([{", tokens[i]):
			level++
		case strings.Contains(")]}", tokens[i]):
			level--
		}
		if end {
			if write {
				w.sequence(choices[w.dice(len(choices))])
			}
			return tokens[min(i+1, len(tokens)):]
		}
	}
}

func (w *writer) sequence(tokens []string) {
	for len(tokens) > 0 {
		token := tokens[0]
		tokens = tokens[1:]
		switch token {
		case "(":
			tokens = w.alternatives(tokens, true)
		case "[":
			tokens = w.alternatives(tokens, w.dice(2) == 0)
		case "{":
			rest := w.alternatives(tokens, false)
			for range w.dice(3) {
				w.alternatives(tokens, w.depth < 12)
			}
			tokens = rest
		default:
			w.symbol(token)
		}
	}
}

// terminals are what the documentation says of tokens in words.
var terminals = map[string][]string{
	"word":      {"a", "_", "Z9", "inner", "x_1"},
	"digits":    {"0", "7", "007", "12"},
	"character": {"x", "é", " ", "&&", "#", "\n"},
	"escape":    {`\\`, `\"`, `\'`, "\\`", `\n`, `\r`, `\t`, `\x41`, `\u00e9`, `\U0001f600`},
}

// inTokens have no blanks inside.
var inTokens = []string{"name", "variable", "text", "number", "exponent"}

func (w *writer) symbol(token string) {
	switch body, isProduction := w.grammar[token]; {
	case token[0] == '"' || token[0] == '`':
		w.text.WriteString(token[1 : len(token)-1])
	case isProduction:
		if w.depth++; w.depth > 12 && token == "specification" {
			body = []string{`"#"`}
		}
		if w.depth > 12 && token == "value" {
			body = []string{`"None"`}
		}
		if slices.Contains(inTokens, token) {
			inner := &writer{grammar: w.grammar, dice: w.dice, depth: 13}
			inner.alternatives(body, true)
			w.text.WriteString(strings.ReplaceAll(inner.text.String(), "\f", ""))
		} else {
			w.alternatives(body, true)
		}
		w.depth--
	default:
		w.text.WriteString(one(w.dice, terminals[token]))
	}
	w.text.WriteByte('\f')
}

// Every sentence of the documented grammar is read, or refused for what it means.
func TestDocumentedGrammar(t *testing.T) {
	g, d := documentedGrammar(t), seeded(11)
	if len(g) != 14 {
		t.Fatalf("the documentation has %d productions, want 14", len(g))
	}
	for _, op := range everyOperator {
		for word := range strings.FieldsSeq(op.Symbol()) {
			if !slices.ContainsFunc([]string{"comparison", "relation", "lookup"}, func(p string) bool { return slices.Contains(g[p], `"`+word+`"`) }) {
				t.Errorf("%s is nowhere in the documentation", op.Symbol())
			}
		}
	}
	read := map[bool]int{}
	for range scale(20_000) {
		w := &writer{grammar: g, dice: d}
		w.symbol("specification")
		s, err := spec.Parse(w.text.String())
		if errors.Is(err, spec.ErrSyntax) {
			t.Fatalf("%q: %v", w.text.String(), err)
		}
		if err == nil {
			checkRoundTrip(t, s, 60)
		}
		read[err == nil]++
	}
	if read[true] < scale(20_000)/4 || read[false] < scale(20_000)/20 {
		t.Errorf("%d are read and %d refused: the sentences say little", read[true], read[false])
	}
}
