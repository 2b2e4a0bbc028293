package payload

import (
	"bytes"
	"hash/maphash"
	"slices"
)

// few is how many names an object has, as a rule, at most. They are compared one by one;
// where there are more, as an attacker would have it, their hashes are.
const few = 16

var nameSeed = maphash.MakeSeed()

// twice reports whether a name is there twice. It may change the order of the names.
func twice(names [][]byte) bool {
	if len(names) > few {
		return sameHashTwice(names) && sortedTwice(names)
	}
	for i, name := range names {
		for _, other := range names[:i] {
			if bytes.Equal(other, name) {
				return true
			}
		}
	}
	return false
}

// sameHashTwice is false only if no name is there twice.
func sameHashTwice(names [][]byte) bool {
	hashes := make([]uint64, len(names))
	for i, name := range names {
		hashes[i] = maphash.Bytes(nameSeed, name)
	}
	slices.Sort(hashes)
	return len(slices.Compact(hashes)) < len(names)
}

func sortedTwice(names [][]byte) bool {
	slices.SortFunc(names, bytes.Compare)
	return len(slices.CompactFunc(names, bytes.Equal)) < len(names)
}
