package spectest

import (
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// Truths returns what s is of each row, as package spec has it. That the matcher
// shows the rows of which s is true, and the matcher of its negation those of
// which it is false, is checked on the way: it is an error if they do not.
func Truths(sc *spec.Schema, s spec.Specification, rows []Row) ([]spec.Truth, error) {
	shows, err := spec.Compile[Row](s, spec.WithSchema(sc))
	if err != nil {
		return nil, err
	}
	hides, err := spec.Compile[Row](s.Not(), spec.WithSchema(sc))
	if err != nil {
		return nil, err
	}
	truths := make([]spec.Truth, len(rows))
	for i := range rows {
		truths[i] = shows.Truth(&rows[i])
		if shows.Match(&rows[i]) != (truths[i] == spec.True) || hides.Match(&rows[i]) != (truths[i] == spec.False) {
			return nil, fmt.Errorf("spectest: %v is %v of row %d, shown is %v, shown by its negation %v",
				s, truths[i], ID(rows[i]), shows.Match(&rows[i]), hides.Match(&rows[i]))
		}
	}
	return truths, nil
}

// Select returns the ids of the rows that are of a truth, in their order.
func Select(rows []Row, truths []spec.Truth, truth spec.Truth) []int64 {
	ids := []int64{}
	for i, r := range rows {
		if truths[i] == truth {
			ids = append(ids, ID(r))
		}
	}
	return ids
}
