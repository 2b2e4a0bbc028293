package document

import "strings"

// InRule returns the place of a name in a rule: of its first use outside of a
// text, or of the rule where it is not found. A claim is named with a dollar.
func (f *File) InRule(n *Node, name string) Pos {
	last := name[strings.LastIndexByte(name, '.')+1:] // behind a relation, a name stands alone
	for _, candidate := range []string{name, last} {
		if n.Kind == Map {
			if at, ok := n.named(candidate); ok {
				return at
			}
		} else if at := findName(n.Text, candidate); at >= 0 {
			return f.Inside(n, at)
		}
	}
	return n.Pos
}

// named finds a name in a rule that is JSON: as what it names a field, a relation
// or a claim by.
func (n *Node) named(name string) (Pos, bool) {
	claim, isClaim := strings.CutPrefix(name, "$")
	for _, k := range n.Keys {
		switch {
		case isClaim && k.Name == "var" && k.Value.Text == claim,
			!isClaim && (k.Name == "field" || k.Name == "relation") && k.Value.Text == name:
			return k.Value.Pos, true
		}
		if at, ok := k.Value.named(name); ok {
			return at, true
		}
	}
	for _, item := range n.Items {
		if at, ok := item.named(name); ok {
			return at, true
		}
	}
	return Pos{}, false
}

// findName returns where a name stands in the text form, outside of quotes.
func findName(text, name string) int {
	quote := byte(0)
	for at := 0; at < len(text); at++ {
		switch c := text[at]; {
		case quote != 0 && c == '\\':
			at++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '`' && strings.HasPrefix(text[at+1:], name+"`"):
			return at
		case c == '"' || c == '\'' || c == '`':
			quote = c
		case strings.HasPrefix(text[at:], name) && !isNameByte(text, at-1) && !isNameByte(text, at+len(name)):
			return at
		}
	}
	return -1
}

func isNameByte(text string, at int) bool {
	if at < 0 || at >= len(text) {
		return false
	}
	c := text[at]
	return c == '_' || c == '.' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}
