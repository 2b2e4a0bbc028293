package prove

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// witness is what has to hold of one related row.
type witness []goal

func (w witness) key(relation string) string {
	texts := []string{relation}
	for _, g := range w {
		texts = append(texts, fmt.Sprint(g.are, " ", textOf(g.node)))
	}
	slices.Sort(texts[1:])
	return strings.Join(texts, "\n")
}

// witnesses returns the related rows that there have to be for the answers to be
// as they are. Of at most one row, any and every are the same: there is one, and
// it is so.
func witnesses(one bool, answers []answer) (all []witness) {
	var each witness // what every related row has to be
	var some, unless []goal
	for _, a := range answers {
		term, ofSome := a.part.Term(), one || a.part.Quantifier() == spec.Existential
		switch {
		case ofSome && a.are == isFalse:
			each = append(each, goal{term, notTrue})
		case ofSome && a.are == isTrue:
			some = append(some, goal{term, isTrue})
		case !ofSome && a.are == isTrue:
			each = append(each, goal{term, isTrue})
		case !ofSome && a.are == isFalse:
			unless = append(unless, goal{term, notTrue})
		}
	}
	if one && len(some) > 0 {
		return []witness{append(each, some...)}
	}
	// What is not true may be no row at all, such as a null in the list, unless
	// something is true of every one.
	if slices.ContainsFunc(each, func(g goal) bool { return g.are == isTrue }) {
		some = append(some, unless...)
	}
	for _, g := range some {
		all = append(all, append(each[:len(each):len(each)], g))
	}
	return all
}
