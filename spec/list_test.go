package spec_test

import (
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/rolespec/rolespec/spec"
)

// How a list is looked through depends on how many elements it has and how long they
// are: whatever the way, what is listed is in it and what is nearly so is not.
func TestListsOfEveryLength(t *testing.T) {
	type item struct {
		Text  string
		Small int8
		Large uint64
		None  *int32
	}
	texts := []string{
		"", "a", "b", "ab", "abcd", "abcz", "abcdefgh", "abcdefgz", "abcdefghi", "sixteen bytes 16", "sixteen bytes 61",
		"seventeen bytes 17", "seventeen bytes 71", "ba", "\x80", "a\u00e4", "ABCD", "q1", "q2", "q3", "q4", "q5", "q6",
	}
	if len(slices.Compact(slices.Sorted(slices.Values(texts)))) != len(texts) {
		t.Fatal("a text is there twice")
	}
	var items []item
	for i, text := range texts {
		items = append(items, item{text, int8(i), uint64(i), nil}, item{text + "x", int8(-1 - i), 1<<63 + uint64(i), ptr(int32(i))})
	}
	for len(items) < 1500 { // more than a block
		items = append(items, items[:2*len(texts)]...)
	}
	for n := 1; n <= len(texts); n++ {
		for _, first := range []int{0, 9, 11} {
			var listed []string
			var numbers []int
			for i, text := range slices.Concat(texts, texts)[first:][:n] {
				if utf8.ValidString(text) { // as a value has to be
					listed, numbers = append(listed, text), append(numbers, i)
				}
			}
			isListed := func(it item) bool { return slices.Contains(listed, it.Text) }
			isNumber := func(it item) bool { return it.Large < 1<<63 && slices.Contains(numbers, int(it.Large)) }
			for _, c := range []struct {
				s    spec.Specification
				want func(item) bool
			}{
				{spec.In("text", listed...), isListed},
				{spec.NotIn("text", listed...), func(it item) bool { return !isListed(it) }},
				{spec.In("small", numbers...), func(it item) bool { return slices.Contains(numbers, int(it.Small)) }},
				{spec.NotIn("small", numbers...), func(it item) bool { return !slices.Contains(numbers, int(it.Small)) }},
				{spec.In("large", numbers...), isNumber},
				{spec.In("none", numbers...), func(it item) bool { return it.None != nil && slices.Contains(numbers, int(*it.None)) }},
				{spec.NotIn("none", numbers...), func(it item) bool { return it.None != nil && !slices.Contains(numbers, int(*it.None)) }},
			} {
				for _, size := range []int{1, 2 * len(texts), len(items)} {
					var want []item
					for i := range items[:size] {
						visible := c.want(items[i])
						if visible {
							want = append(want, items[i])
						}
						if have := must(spec.Match(c.s, &items[i]))(t); have != visible {
							t.Fatalf("%v of %q: %v, want %v", c.s, items[i].Text, have, visible)
						}
					}
					if have := must(spec.Filter(c.s, items[:size]))(t); !slices.Equal(have, want) {
						t.Fatalf("%v: %d of %d rows, want %d", c.s, len(have), size, len(want))
					}
				}
			}
		}
	}
}
