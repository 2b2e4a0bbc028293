package spec_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// One Specification, one Matcher and one Schema, used by many at once; under
// -race this finds whatever is written after it has been made.
func TestSharedByGoroutines(t *testing.T) {
	d := seeded(9)
	rows := drawRows(d, 30)
	for range 5 {
		s := spec.Or(drawSpecification(d, 3), spec.And(drawLeaf(d), drawLeaf(d)), spec.Matches("text", "a|b"), spec.In("ints", listValue(1)))
		matcher := must(spec.Compile[wide](s))(t)
		template := s.And(spec.Eq("text", spec.Var("x")))
		want, text := truths(t, s, rows), s.String()
		together(16, func(int) {
			for i := range rows {
				if matcher.Match(&rows[i].row) != (want[i] == spec.True) || matcher.Truth(&rows[i].row) != want[i] {
					t.Errorf("%v: another verdict among others", s)
				}
			}
			if have := truths(t, s, rows); !slices.Equal(have, want) {
				t.Errorf("%v: another verdict when compiled among others", s)
			}
			more := s.And(spec.Eq("i", 1)).Not()
			if more.Err() != nil || s.String() != text || !s.Equal(s.Not().Not()) || len(template.Vars()) != 1 {
				t.Errorf("%v changed", s)
			}
			if _, err := template.Bind(func(string) (spec.Value, bool) { return spec.Of("a"), true }); err != nil {
				t.Error(err)
			}
		})
	}
}

// together runs f in so many goroutines and waits for them.
func together(n int, f func(i int)) {
	var all sync.WaitGroup
	all.Add(n)
	for i := range n {
		go func() {
			defer all.Done()
			f(i)
		}()
	}
	all.Wait()
}

// A row type is examined once, by whoever comes first.
func TestFirstUseOfARowTypeByMany(t *testing.T) {
	type fresh struct {
		ID    int
		Inner struct{ Name *string }
	}
	schemas := make([]*spec.Schema, 16)
	together(len(schemas), func(i int) {
		ok, err := spec.Match(spec.Eq("id", 1).And(spec.IsNull("inner.name")), &fresh{ID: 1})
		if !ok || err != nil {
			t.Errorf("visible %v, error %v", ok, err)
		}
		schemas[i], err = spec.SchemaOf[fresh]()
		if err != nil {
			t.Error(err)
		}
	})
	for _, sc := range schemas {
		if sc != schemas[0] {
			t.Error("two schemas of one type")
		}
	}
}
