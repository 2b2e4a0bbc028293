package sqlspec

import (
	"hash/maphash"
	"sync"
	"sync/atomic"

	"github.com/rolespec/rolespec/spec"
)

// maxKept is how many conditions a table keeps at most of each sort: for shapes, which
// may come from outside, and for templates, of which a policy has so many; for each
// dialect. The next takes the place of another.
const maxKept = 1 << 10

// kept is what a table keeps of the conditions that it has written. A program has few
// templates and few shapes, so that nearly every condition is found here. To look takes
// no lock. The zero value is empty.
type kept struct {
	sets  atomic.Pointer[[]keptSet]
	mu    sync.Mutex // to write
	turns uint64     // which of a set goes next
}

// keptSet is the conditions whose hashes are alike.
type keptSet [4]atomic.Pointer[keptCondition]

// keptCondition is a condition and what it is of. It does not keep a template alive
// that nobody else has any more: policies are replaced while programs run.
type keptCondition struct {
	hash      uint64        // of the shape, or the ID of the template
	shape     string        // empty for a template
	condition *condition    // nil where the text depends on the values
	misses    atomic.Uint32 // how often it did not hold
}

// retries is of how many misses one is a reason to look again for a condition: the
// values that came first may have been unusual ones.
const retries = 64

// miss counts a miss, and reports whether to look again.
func (k *keptCondition) miss() bool { return k.misses.Add(1)%retries == 0 }

// seed makes of what comes from outside hashes that nobody can aim at.
var seed = maphash.MakeSeed()

// ofShape returns what is kept of a shape, nil for nothing.
func (k *kept) ofShape(key []byte) *keptCondition {
	sets := k.sets.Load()
	if sets == nil {
		return nil
	}
	hash := maphash.Bytes(seed, key)
	set := &(*sets)[hash%uint64(len(*sets))]
	for i := range set {
		if c := set[i].Load(); c != nil && c.hash == hash && c.shape == string(key) {
			return c
		}
	}
	return nil
}

// ofTemplate returns what is kept of a template, nil for nothing.
func (k *kept) ofTemplate(t *spec.Template) *keptCondition {
	sets := k.sets.Load()
	if sets == nil {
		return nil
	}
	id := t.ID()
	set := &(*sets)[id%uint64(len(*sets))]
	for i := range set {
		if c := set[i].Load(); c != nil && c.hash == id {
			return c
		}
	}
	return nil
}

func (k *kept) keepShape(key []byte, c *condition) {
	k.keep(&keptCondition{hash: maphash.Bytes(seed, key), shape: string(key), condition: c})
}

func (k *kept) keepTemplate(t *spec.Template, c *condition) {
	k.keep(&keptCondition{hash: t.ID(), condition: c})
}

// keep puts a condition among the others, in a place that is free, else in a larger
// table, else in the place of another.
func (k *kept) keep(c *keptCondition) {
	k.mu.Lock()
	defer k.mu.Unlock()
	sets := k.sets.Load()
	if sets == nil {
		sets = &[]keptSet{{}}
		k.sets.Store(sets)
	}
	for !c.put(*sets) {
		if size := len(*sets) * len(keptSet{}); size >= maxKept {
			set := &(*sets)[c.hash%uint64(len(*sets))]
			set[k.turns%uint64(len(set))].Store(c)
			k.turns++
			return
		}
		sets = grown(*sets)
		k.sets.Store(sets)
	}
}

// put stores a condition where there is room for it, or where it is already.
func (c *keptCondition) put(sets []keptSet) bool {
	set := &sets[c.hash%uint64(len(sets))]
	for i := range set {
		if other := set[i].Load(); other == nil || other.hash == c.hash && other.shape == c.shape {
			set[i].Store(c)
			return true
		}
	}
	return false
}

// grown returns sets with room for four times as many conditions. One for which it
// has none, which is rare, is dropped.
func grown(sets []keptSet) *[]keptSet {
	more := make([]keptSet, 4*len(sets))
	for i := range sets {
		for j := range sets[i] {
			if c := sets[i][j].Load(); c != nil {
				c.put(more)
			}
		}
	}
	return &more
}
