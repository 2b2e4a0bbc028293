package document

import (
	"slices"
	"strings"
)

// saysTheSame reports whether two files hold the same keys and values in the same
// order, their rules being Equal, and the same comments.
func (l *layout) saysTheSame(other *layout) bool {
	return l.sameNode(other, l.Root, other.Root) && slices.Equal(l.comments(), other.comments())
}

func (l *layout) sameNode(other *layout, n, m *Node) bool {
	rule, ok := l.rules[n]
	if rule2, ok2 := other.rules[m]; ok && ok2 && n.Kind == Text && m.Kind == Text {
		return rule.Equal(rule2)
	}
	if n.Kind != m.Kind || n.Text != m.Text || len(n.Items) != len(m.Items) || len(n.Keys) != len(m.Keys) {
		return false
	}
	for i := range n.Items {
		if !l.sameNode(other, n.Items[i], m.Items[i]) {
			return false
		}
	}
	for i := range n.Keys {
		if n.Keys[i].Name != m.Keys[i].Name || !l.sameNode(other, n.Keys[i].Value, m.Keys[i].Value) {
			return false
		}
	}
	return true
}

// comments returns what stands from each # to the end of its line, outside of
// texts.
func (l *layout) comments() (comments []string) {
	if l.IsJSON {
		return nil
	}
	texts := l.texts()
	behind := 0 // where the last text ends
	for at := 0; at < len(l.source); at++ {
		if len(texts) > 0 && texts[0].start <= at {
			at, behind = texts[0].end-1, texts[0].end
			texts = texts[1:]
			continue
		}
		if l.source[at] == '#' && (at == behind || strings.ContainsAny(l.source[at-1:at], " \t\n")) {
			end := lineEnd(l.source, at)
			comments = append(comments, strings.TrimRight(l.source[at:end], " \t\r"))
			at = end - 1
		}
	}
	return comments
}

// texts returns the parts of the source in which # is nothing but itself.
func (l *layout) texts() (parts []edit) {
	for _, s := range l.scalars {
		if s.style.isBlock() && s.reach > s.tail {
			parts = append(parts, edit{start: s.tail, end: s.reach})
		} else if s.style == Single || s.style == Double {
			parts = append(parts, edit{start: s.start, end: s.end})
		}
	}
	return parts
}
