package document_test

import (
	"os"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/policy/internal/document"
)

// styles is a file with everything that a place could be counted wrongly by.
const styles = "# é\U0001f600\r\n" +
	"\"k\\u00e9y\": [plain, 'it''s', \"a\\\"b\", 1.5, TRUE, {é: {ß: \U0001f600x}, b: []}]\r\n" +
	"block: |\r\n  a\r\n\r\n  b\r\n" +
	"folded: >-\r\n  a\r\n  b\r\n" +
	"- in: a text\r\n" +
	"  and: further\r\n"

// TestPlaces looks into the source at the place of every node and key.
func TestPlaces(t *testing.T) {
	sources := []string{
		strings.Replace(styles, "- in: a text\r\n  and: further\r\n", "list:\r\n- - - in: a text\r\n      and: \"é\" # \r\n  - ? long\r\n    : x\r\n", 1),
		"\t{\"a\" : [1,\"\\u00e9\\ud83d\\ude00\",\"é\U0001f600\" , true ,null,{\r\n\"b\":\n[ ]},-1.5e3],\"é\U0001f600\":{} }",
	}
	for _, file := range []string{"rich.yaml", "rich.json", "tasks.yaml"} {
		data, err := os.ReadFile("../../testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, string(data))
	}
	for _, source := range sources {
		f := document.Read([]byte(source))
		if len(f.Problems) > 0 {
			t.Fatalf("%v\n%s", f.Problems, source)
		}
		p := &places{t: t, lines: strings.Split(source, "\n")}
		p.node(f.Root)
		if p.seen < 12 {
			t.Errorf("saw %d places in\n%s", p.seen, source)
		}
	}
}

type places struct {
	t     *testing.T
	lines []string
	seen  int
}

// at fails unless the source goes on at a place with one of these.
func (p *places) at(at document.Pos, these ...string) {
	p.t.Helper()
	p.seen++
	rest := string([]rune(p.lines[at.Line-1])[at.Column-1:])
	for _, this := range these {
		if strings.HasPrefix(strings.ToLower(rest), strings.ToLower(this)) {
			return
		}
	}
	p.t.Errorf("%d:%d: have %.20q, want one of %q", at.Line, at.Column, rest, these)
}

func (p *places) node(n *document.Node) {
	p.t.Helper()
	switch n.Kind {
	case document.Null:
	case document.Bool, document.Number:
		p.at(n.Pos, n.Text)
	case document.Text:
		first, _, _ := strings.Cut(n.Text, " ")
		p.at(n.Pos, map[document.Style]string{document.Plain: first, document.Single: "'", document.Double: `"`, document.Literal: "|", document.Folded: ">"}[n.Style])
	case document.List:
		p.at(n.Pos, "[", "-")
		for _, item := range n.Items {
			p.node(item)
		}
	case document.Map:
		if len(n.Keys) > 0 {
			p.at(n.Pos, "{", "?", `"`, n.Keys[0].Name)
		}
		for _, k := range n.Keys {
			p.at(k.Pos, k.Name, `"`)
			p.node(k.Value)
		}
	}
}

// TestInside finds the place of every character of a text.
func TestInside(t *testing.T) {
	for _, test := range []struct{ name, source, text string }{
		{"plain", "a: é b c", "é b c"},
		{"plain, folded", "a: é b\n   c\n\n   d", "é b c\nd"},
		{"single", "a: 'é''b'", "é'b"},
		{"double", `a: "é\"\u00e9\x41b"`, `é"éAb`},
		{"JSON", `{"a": "é\ud83d\ude00\n\/b"}`, "é\U0001f600\n/b"},
		{"literal", "a: |\n   é\n\n    b\n", "é\n\n b\n"},
		{"folded", "a: >\n   é b\n   c\n\n   d\n", "é b c\nd\n"},
	} {
		f := document.Read([]byte(test.source))
		if len(f.Problems) > 0 {
			t.Fatalf("%s: %v", test.name, f.Problems)
		}
		n := f.Root.Value("a")
		if n.Text != test.text {
			t.Errorf("%s: have %q, want %q", test.name, n.Text, test.text)
		}
		lines := strings.Split(test.source, "\n")
		for offset, r := range n.Text {
			if r == ' ' || r == '\n' {
				continue
			}
			at := f.Inside(n, offset)
			rest := string([]rune(lines[at.Line-1])[at.Column-1:])
			if !strings.HasPrefix(rest, string(r)) && !strings.HasPrefix(rest, `\`) && !strings.HasPrefix(rest, `''`) {
				t.Errorf("%s: %q is at %v, where there is %q", test.name, r, at, rest)
			}
		}
		if at := f.Inside(n, len(n.Text)); at.Line < 1 || at.Line > len(lines)+1 {
			t.Errorf("%s: the end is at %v", test.name, at)
		}
	}
}
