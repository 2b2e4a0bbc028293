package document

import (
	"errors"
	"io"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// readYAML reads the one document of the file.
func (f *File) readYAML() {
	var first, second yaml.Node
	d := yaml.NewDecoder(strings.NewReader(f.source))
	err := decodeYAML(d, &first)
	if errors.Is(err, io.EOF) || err == nil && (len(first.Content) != 1 || first.Content[0].Tag == "!!null") {
		f.problem(Pos{1, 1}, "", "the file is empty")
		return
	}
	if err == nil {
		if err = decodeYAML(d, &second); err == nil {
			f.problem(Pos{second.Line, second.Column}, "", "a second document: it would not be read")
			return
		}
	}
	if !errors.Is(err, io.EOF) {
		f.yamlError(err)
		return
	}
	f.Root = f.fromYAML(first.Content[0], 0)
}

// decodeYAML turns a panic of the parser into an error: what it does for bad
// input is nobody's promise.
func decodeYAML(d *yaml.Decoder, n *yaml.Node) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("yaml: the file is not YAML")
		}
	}()
	return d.Decode(n)
}

// fromYAML returns the node, with problems for what only YAML can say.
func (f *File) fromYAML(y *yaml.Node, depth int) *Node {
	n := &Node{Pos: Pos{y.Line, y.Column}}
	switch {
	case depth > maxRuleDepth:
		f.problem(n.Pos, "", "nested deeper than %d", maxRuleDepth)
	case y.Kind == yaml.AliasNode || y.Anchor != "":
		f.problem(n.Pos, "write it out", "an anchor or alias: what is shared by reference is hard to review")
	case f.isTagged(y):
		f.problem(n.Pos, "a text that begins with ! stands in quotes, or below a |", "a tag means nothing here")
	case y.Kind == yaml.SequenceNode:
		n.Kind = List
		n.Items = make([]*Node, len(y.Content))
		for i, item := range y.Content {
			n.Items[i] = f.fromYAML(item, depth+1)
			y.Content[i] = nil // there is no room for all of it twice
		}
	case y.Kind == yaml.MappingNode:
		n.Kind = Map
		n.Keys = make([]Key, 0, len(y.Content)/2)
		for i := 0; i+1 < len(y.Content); i += 2 {
			f.addKey(n, f.fromYAML(y.Content[i], depth+1), f.fromYAML(y.Content[i+1], depth+1))
			y.Content[i], y.Content[i+1] = nil, nil
		}
		f.onceEach(n)
	default:
		f.yamlScalar(n, y)
	}
	return n
}

// maxRuleDepth bounds what is read at all; specifications have a lower bound.
const maxRuleDepth = 250

// isTagged reports whether a node has a tag, in the source: of the one in
// "! (a == 1)" the parser says nothing, and the rule would be read without its not.
func (f *File) isTagged(y *yaml.Node) bool {
	at := f.offset(Pos{y.Line, y.Column})
	return y.Style&yaml.TaggedStyle != 0 || at >= 0 && at < len(f.source) && f.source[at] == '!'
}

var yamlStyles = map[yaml.Style]Style{
	yaml.SingleQuotedStyle: Single, yaml.DoubleQuotedStyle: Double, yaml.LiteralStyle: Literal, yaml.FoldedStyle: Folded,
}

// yamlScalar reads a scalar. YAML has more ways to write numbers than JSON; those
// that mean the same are read, the rest (infinities, not-a-number) are no numbers.
func (f *File) yamlScalar(n *Node, y *yaml.Node) {
	n.Style = yamlStyles[y.Style]
	switch y.ShortTag() {
	case "!!null":
		n.Kind = Null
	case "!!bool":
		n.Kind, n.Text = Bool, strings.ToLower(y.Value)
	case "!!int", "!!float":
		if n.Kind, n.Text = Number, y.Value; !jsonNumber.MatchString(y.Value) {
			f.problem(n.Pos, "write it as JSON does, or in quotes if it is a text", "the number %s is not written as in JSON", Quote(y.Value))
		}
	case "!!str", "!!timestamp":
		n.Kind, n.Text = Text, y.Value
	default: // !!merge, which is written <<
		n.Kind, n.Text = Text, y.Value
		f.problem(n.Pos, "write it out, or in quotes if it is a text", "%s would merge a mapping into this one", Quote(y.Value))
	}
}

// jsonNumber is the grammar of RFC 8259.
var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
