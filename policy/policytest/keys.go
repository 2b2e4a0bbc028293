package policytest

import (
	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/spec"
)

// keys are rows of the suite by their keys.
type keys struct {
	document.Pos
	table *table
	has   map[string]bool
}

// keysOf reads the keys of rows: one, a list, or * for all of them.
func (l *loader) keysOf(n *document.Node, t *table) *keys {
	k := &keys{n.Pos, t, map[string]bool{}}
	if t == nil || len(t.rows) == 0 {
		l.problem(l.main, n.Pos, "write some below rows", "the suite has no rows of this endpoint, so nothing is tested")
		return k
	}
	switch {
	case n.Kind == document.Text && n.Text == "*":
		for key := range t.byKey {
			k.has[key] = true
		}
	case n.Kind == document.List:
		for _, item := range n.Items {
			l.addKey(k, item)
		}
	default:
		l.addKey(k, n)
	}
	return k
}

func (l *loader) addKey(k *keys, n *document.Node) {
	key, ok := l.key(n, k.table)
	_, there := k.table.byKey[key]
	switch {
	case !ok, !there && l.full():
	case !there:
		l.problem(l.main, n.Pos, nearest(key, k.table.keys()), "there is no row %s of %q", key, k.table.name)
	case k.has[key]:
		l.problem(l.main, n.Pos, "", "the row %s stands here twice", key)
	default:
		k.has[key] = true
	}
}

// key reads a key of the rows of a resource.
func (l *loader) key(n *document.Node, t *table) (string, bool) {
	f := t.key
	if t.schema != nil {
		v, ok := l.scalar(l.main, n, f, "the key of "+t.name)
		return keyText(v), ok
	}
	if v, ok := l.free(l.main, n).(spec.Value); ok {
		return keyText(v), true
	}
	l.problem(l.main, n.Pos, "", "%v stands where a key is wanted", n.Kind)
	return "", false
}

// hidden reads the keys of rows that are hidden, none of which may be visible.
func (l *loader) hidden(n *document.Node, t *table, visible *keys) *keys {
	k := l.keysOf(n, t)
	if n.Kind == document.List && len(n.Items) == 0 {
		l.problem(l.main, n.Pos, "", "no row is named, so nothing is tested")
	}
	for key := range k.has {
		if visible != nil && visible.has[key] {
			l.problem(l.main, n.Pos, "", "the row %s is to be visible as well as hidden", key)
		}
	}
	return k
}
