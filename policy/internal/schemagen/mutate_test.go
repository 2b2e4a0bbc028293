package main

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/policy/internal/document"
)

// mutator makes files out of valid ones: a key dropped, renamed or written twice, a
// value of another type or from elsewhere.
type mutator struct {
	*rand.Rand
	roots []*document.Node
	all   []*document.Node // values to be put elsewhere
	names []string         // keys to be called by
}

func newMutator(t *testing.T, r *rand.Rand) *mutator {
	m := &mutator{Rand: r}
	data, err := os.ReadFile("../../testdata/tasks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{string(data)}
	for _, v := range valid {
		texts = append(texts, v.text)
	}
	texts = append(texts, oddments)
	for _, text := range texts {
		f := document.Read([]byte(text))
		if f.Root == nil {
			t.Fatalf("%v:\n%s", f.Problems, text)
		}
		m.collect(f.Root)
		if text != oddments {
			m.roots = append(m.roots, f.Root)
		}
	}
	return m
}

// oddments are values that no policy has where they may be put.
const oddments = `[null, true, 0, 1, 2, 1.5, -1, "", x, "*", " x", "x ", "a b", "GET,PUT", "\n", "#", int, "int?", "[int]", "[int]?", first, union, [], {}, [x, x], ["*"],
  ["*", x], [[int]], [1], [null], {enum: [x]}, {type: string}, {nullable: false}, {op: empty}, {op: eq, field: a, value: 1}, {field: a}, {var: v}, {date: "2024-07-01"}]`

func (m *mutator) collect(n *document.Node) {
	m.all = append(m.all, n)
	for _, item := range n.Items {
		m.collect(item)
	}
	for _, k := range n.Keys {
		m.names = append(m.names, k.Name)
		m.collect(k.Value)
	}
}

// next returns the next mutant, as YAML or JSON.
func (m *mutator) next() []byte {
	root := clone(m.roots[m.IntN(len(m.roots))])
	for range 1 + m.IntN(2) {
		var inner []*document.Node
		containers(root, &inner)
		m.change(inner[m.IntN(len(inner))])
	}
	var b strings.Builder
	if m.IntN(2) == 0 {
		writeJSON(&b, root)
	} else {
		writeYAML(&b, root, "\n")
	}
	return []byte(b.String())
}

// change changes a list or a mapping that is not empty.
func (m *mutator) change(n *document.Node) {
	if n.Kind == document.List {
		i := m.IntN(len(n.Items))
		switch m.IntN(3) {
		case 0:
			n.Items = append(n.Items[:i:i], n.Items[i+1:]...)
		case 1:
			n.Items = append(n.Items, clone(n.Items[i]))
		default:
			n.Items[i] = m.value(n.Items[i])
		}
		return
	}
	i := m.IntN(len(n.Keys))
	name := m.names[m.IntN(len(m.names))]
	switch m.IntN(7) {
	case 0:
		n.Keys = append(n.Keys[:i:i], n.Keys[i+1:]...)
	case 1:
		n.Keys[i].Name = name
	case 2:
		n.Keys[i].Name += []string{"s", " ", "S"}[m.IntN(3)]
	case 3:
		n.Keys = append(n.Keys, document.Key{Name: name, Value: m.value(n)})
	case 4:
		n.Keys = append(n.Keys, document.Key{Name: n.Keys[i].Name, Value: clone(n.Keys[i].Value)})
	default:
		n.Keys[i].Value = m.value(n.Keys[i].Value)
	}
}

// value returns another value.
func (m *mutator) value(old *document.Node) *document.Node {
	switch m.IntN(5) {
	case 0:
		return &document.Node{Kind: document.List, Items: []*document.Node{clone(old)}}
	case 1:
		if len(old.Items) > 0 {
			return clone(old.Items[0])
		}
	}
	return clone(m.all[m.IntN(len(m.all))])
}

func clone(n *document.Node) *document.Node {
	c := *n
	c.Items, c.Keys = nil, nil
	for _, item := range n.Items {
		c.Items = append(c.Items, clone(item))
	}
	for _, k := range n.Keys {
		c.Keys = append(c.Keys, document.Key{Name: k.Name, Value: clone(k.Value)})
	}
	return &c
}

// containers collects the lists and mappings that are not empty.
func containers(n *document.Node, all *[]*document.Node) {
	if len(n.Items)+len(n.Keys) > 0 {
		*all = append(*all, n)
	}
	for _, item := range n.Items {
		containers(item, all)
	}
	for _, k := range n.Keys {
		containers(k.Value, all)
	}
}

func writeJSON(b *strings.Builder, n *document.Node) {
	switch n.Kind {
	case document.List:
		b.WriteString("[")
		for i, item := range n.Items {
			b.WriteString([]string{"", ","}[min(i, 1)])
			writeJSON(b, item)
		}
		b.WriteString("]")
	case document.Map:
		b.WriteString("{")
		for i, k := range n.Keys {
			b.WriteString([]string{"", ","}[min(i, 1)] + quoted(k.Name) + ":")
			writeJSON(b, k.Value)
		}
		b.WriteString("}")
	default:
		b.WriteString(scalar(n))
	}
}

// writeYAML writes block style, each line of which begins with that line end.
func writeYAML(b *strings.Builder, n *document.Node, line string) {
	if len(n.Items)+len(n.Keys) == 0 {
		writeJSON(b, n)
		return
	}
	for _, item := range n.Items {
		b.WriteString(line + "- ")
		writeYAML(b, item, line+"  ")
	}
	for _, k := range n.Keys {
		b.WriteString(line + quoted(k.Name) + ": ")
		writeYAML(b, k.Value, line+"  ")
	}
}

func scalar(n *document.Node) string {
	switch n.Kind {
	case document.Null:
		return "null"
	case document.Text:
		return quoted(n.Text)
	default:
		return n.Text
	}
}

func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(b)
}
