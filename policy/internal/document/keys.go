package document

// addKey adds a key to a mapping.
func (f *File) addKey(n *Node, key, value *Node) {
	if key.Kind != Text {
		f.problem(key.Pos, "", "a key is a text, this is %v", key.Kind)
		return
	}
	n.Keys = append(n.Keys, Key{key.Pos, key.Text, value})
}

// onceEach reports keys that stand twice in a mapping. Two of one name would be
// read as one by some readers, as the other by others.
func (f *File) onceEach(n *Node) {
	seen := f.seenIn(n.Keys)
	for i, k := range n.Keys {
		if seen(i) {
			f.problem(k.Pos, "", "the key %s stands here twice", Quote(k.Name))
		}
	}
}

// seenIn returns a function that reports whether a key has the name of an earlier
// one. Most mappings are too small to be worth a map.
func (f *File) seenIn(keys []Key) func(i int) bool {
	if len(keys) > 16 {
		seen := make(map[string]bool, len(keys))
		return func(i int) bool {
			twice := seen[keys[i].Name]
			seen[keys[i].Name] = true
			return twice
		}
	}
	return func(i int) bool {
		for _, k := range keys[:i] {
			if k.Name == keys[i].Name {
				return true
			}
		}
		return false
	}
}
