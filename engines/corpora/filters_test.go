package corpora_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// filterCase is the condition that a policy comes to, or that there is none.
type filterCase struct {
	ID       string
	Note     string
	UCAST    json.RawMessage // a condition, {}, null, or SQL
	Refused  bool
	Unparsed string // SQL in a literal of another language
}

var filterKinds = []difference{
	{"nothing", "null allows nothing: it is None", 1},
	{"everything", "{} allows everything: it is All", 1},
	{"a condition", "it is put to memory, to every engine and to an evaluator of its own", 30},
	{"SQL", "see the SQL that others wrote", 3},
	{"refused", "see the refusals", 31},
}

func (c filterCase) kind(t *testing.T) (string, condition) {
	t.Helper()
	switch text := string(c.UCAST); {
	case c.Refused:
		return "refused", condition{}
	case c.Unparsed != "" || text[0] == '"':
		return "SQL", condition{}
	case text == "null":
		return "nothing", condition{}
	case text == "{}":
		return "everything", condition{}
	}
	var filter condition
	if err := json.Unmarshal(c.UCAST, &filter); err != nil {
		t.Fatalf("%s: %v", c.ID, err)
	}
	return "a condition", filter
}

func testFilters(t *testing.T, dir string) {
	kinds, random := map[string][]string{}, rand.New(rand.NewPCG(1, 3))
	var sets []*dataset
	for i, c := range load[filterCase](t, dir, "opa_compile.jsonl", 66) {
		kind, filter := c.kind(t)
		kinds[kind] = append(kinds[kind], c.ID)
		d := filter.dataset(fmt.Sprintf("filter_%d", i), random)
		switch kind {
		case "nothing", "everything":
			d.fields = []spec.Field{{Name: "name", Kind: spec.KindString}}
			d.rows = []map[string]any{{"name": "a"}, {"name": nil}}
			s, want := spec.None(), no
			if kind == "everything" {
				s, want = spec.All(), yes
			}
			if have, err := d.ask(t, c.ID, s); err != nil || have[0] != want || have[1] != want {
				t.Errorf("%s: have %v (%v), want %v", c.ID, have, err, want)
			}
			sets = append(sets, d)
		case "a condition":
			s, err := filter.join(func(leaf condition) (spec.Specification, error) { return byMeaning(leaf, spec.Field{}) })
			if err != nil {
				t.Errorf("%s: %v", c.ID, err)
				continue
			}
			filter.put(t, c.ID, d, s)
			sets = append(sets, d)
			if parted := d.apart(t); parted != nil {
				sets = append(sets, parted)
			}
		}
	}
	checkCounts(t, "filters", filterKinds, kinds)
	agree(t, sets)
}

// put asks memory about the rows, which must be as the condition says, and not
// all the same.
func (c condition) put(t *testing.T, id string, d *dataset, s spec.Specification) {
	t.Helper()
	have, err := d.ask(t, id, s)
	if err != nil {
		t.Errorf("%s: %v", id, err)
		return
	}
	counts := map[answer]int{}
	for i, row := range d.rows {
		if want := c.truth(row); have[i] != want {
			t.Errorf("%s: %v\nof %v: have %v, want %v", id, s, row, have[i], want)
		}
		counts[have[i]]++
	}
	if counts[yes] == 0 || counts[no] == 0 {
		t.Errorf("%s: %v: the rows say little: %v", id, s, counts)
	}
}
