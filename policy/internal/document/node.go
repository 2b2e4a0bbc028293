package document

// Kind says what a node is.
type Kind uint8

// The kinds of nodes.
const (
	Null Kind = iota
	Bool
	Number
	Text
	List
	Map
)

var kindNames = [...]string{Null: "null", Bool: "true or false", Number: "a number", Text: "a text", List: "a list", Map: "a mapping"}

// String says what such a node is.
func (k Kind) String() string { return kindNames[k] }

// Style says how a text is written.
type Style uint8

// The styles of a text.
const (
	Plain Style = iota
	Single
	Double
	Literal
	Folded
)

// Node is a value of a file and its place.
type Node struct {
	Pos
	Kind  Kind
	Text  string // of a Text; of a Number or a Bool as JSON writes it
	Style Style
	Items []*Node // of a List
	Keys  []Key   // of a Map, in the order of the file
}

// Key is a key of a mapping with its value.
type Key struct {
	Pos
	Name  string
	Value *Node
}

// Value returns the value of a key, nil where there is none.
func (n *Node) Value(key string) *Node {
	for _, k := range n.Keys {
		if k.Name == key {
			return k.Value
		}
	}
	return nil
}
