package agree_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// TestRandomRelations: whichever way an engine is led to the related rows, it finds
// what memory finds in nested ones, under every mix of And, Or, Not, Any and Every.
func TestRandomRelations(t *testing.T) {
	table, tasks := taskTable(t), relatedTasks()
	for _, d := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB} {
		t.Run(d.String(), func(t *testing.T) {
			e := engine{dialect: d, table: table.In(d), db: openRelated(t, d)}
			r, seen := rand.New(rand.NewPCG(*seed, 11)), 0
			for range *specs / 3 {
				s := randomRelated(r, "task", 4)
				rows, err := spec.Filter(s, tasks)
				if err != nil {
					t.Fatalf("%v: %v", s, err)
				}
				want := []int64{}
				for _, row := range rows {
					want = append(want, row.ID)
				}
				for _, visible := range []func(spec.Specification) ([]int64, string, error){e.visible, e.visibleByRow} {
					got, text, err := visible(s)
					if err != nil || !slices.Equal(got, want) {
						t.Fatalf("%v\n%s\n%v\n  memory %v\n%8s %v", s, text, err, want, d, got)
					}
				}
				seen += len(want)
			}
			t.Logf("%d specifications, %d rows visible, 0 differences", *specs/3, seen)
			if seen == 0 {
				t.Error("no row was ever visible")
			}
		})
	}
}

// visibleByRow is visible, each row being asked from itself.
func (e engine) visibleByRow(s spec.Specification) ([]int64, string, error) {
	text, args, err := e.table.ByKey().SQL(s, e.dialect)
	if err != nil {
		return nil, "", err
	}
	ids, err := e.query(text, args)
	return ids, fmt.Sprintf("%s %q", text, args), err
}

// TestKeysOfTwoCollations: whatever SQLite takes for equal keys, what is found by
// them and what is not are all the rows, once.
func TestKeysOfTwoCollations(t *testing.T) {
	type part struct{ Size int64 }
	type whole struct {
		ID    int64
		Parts []part
	}
	table := sqlspec.MustTable[whole]("wholes", sqlspec.ToMany("parts", sqlspec.MustTable[part]("parts"), sqlspec.On("code", "whole").And("kind", "kind")))
	for _, collations := range [][2]string{{"BINARY", "NOCASE"}, {"NOCASE", "BINARY"}} {
		e := engine{dialect: sqlspec.SQLite, table: table, db: engines.SQLite(t)}
		exec(t, e.db, "CREATE TABLE wholes (id INTEGER, code TEXT COLLATE "+collations[0]+", kind ANY)")
		exec(t, e.db, "CREATE TABLE parts (whole TEXT COLLATE "+collations[1]+", kind TEXT, size INTEGER)")
		exec(t, e.db, "INSERT INTO wholes VALUES (1, 'a', 1), (2, 'A', 1), (3, 'b', '1'), (4, 'B', NULL), (5, NULL, 1)")
		exec(t, e.db, "INSERT INTO parts VALUES ('a', '1', 7), ('B', '1', 7), (NULL, '1', 7)")
		for _, s := range []spec.Specification{spec.Any("parts", spec.Eq("size", 7)), spec.Any("parts", spec.Gt("size", 6))} {
			some, _, err := e.visible(s)
			rest, _, err2 := e.visible(s.Not())
			if all := slices.Sorted(slices.Values(append(some, rest...))); err != nil || err2 != nil || !slices.Equal(all, []int64{1, 2, 3, 4, 5}) || len(some) == 0 {
				t.Errorf("%v: %v: with %v, without %v (%v, %v)", collations, s, some, rest, err, err2)
			}
		}
	}
}

// relatedTo are the fields that a row of each type has, and its relations.
var relatedTo = map[string]struct {
	texts, numbers []string
	relations      map[string]string
}{
	"task": {
		[]string{"title", "owner.name", "owner.boss.name", "checker.name", "parent.title", "parent.owner.name", "parent.parent.title"},
		[]string{"id", "owner.id", "owner.age", "checker.age", "owner.boss.boss.id", "parent.checker.age"},
		map[string]string{"remarks": "remark", "groups": "team", "owner": "person", "owner.teams": "team", "parent": "task", "parent.remarks": "remark", "parent.owner.teams": "team"},
	},
	"person": {[]string{"name", "boss.name"}, []string{"id", "age", "boss.age"}, map[string]string{"boss": "person", "teams": "team", "boss.teams": "team"}},
	"remark": {[]string{"words", "author.name"}, []string{"id", "author.age", "author.boss.id"}, map[string]string{"author": "person", "author.teams": "team"}},
	"team":   {[]string{"name"}, []string{"id"}, nil},
}

func randomRelated(r *rand.Rand, row string, depth int) spec.Specification {
	about := relatedTo[row]
	switch n := r.IntN(8); {
	case depth > 0 && n < 2:
		return spec.Not(randomRelated(r, row, depth-1))
	case depth > 0 && n < 4:
		a, b := randomRelated(r, row, depth-1), randomRelated(r, row, depth-1)
		return pick(r, []func(...spec.Specification) spec.Specification{spec.And, spec.Or})(a, b)
	case depth > 0 && n < 7 && len(about.relations) > 0:
		var names []string
		for name := range about.relations {
			names = append(names, name)
		}
		slices.Sort(names)
		name := pick(r, names)
		return pick(r, []func(string, spec.Specification) spec.Specification{spec.Any, spec.Any, spec.Every})(name, randomRelated(r, about.relations[name], depth-1))
	case n == 7:
		return pick(r, []spec.Specification{spec.IsNull(pick(r, about.texts)), spec.IsNull(pick(r, about.numbers)), spec.Eq(pick(r, about.numbers), spec.Ref(pick(r, about.numbers)))})
	}
	if r.IntN(2) == 0 {
		f, a, b := pick(r, about.texts), pick(r, relatedTexts), pick(r, relatedTexts)
		return pick(r, []spec.Specification{spec.Eq(f, a), spec.Ne(f, a), spec.In(f, a, b), spec.Distinct(f, a), spec.HasPrefix(f, a[:1])})
	}
	f, a, b := pick(r, about.numbers), pick(r, relatedNumbers), pick(r, relatedNumbers)
	return pick(r, []spec.Specification{spec.Eq(f, a), spec.Ne(f, a), spec.In(f, a, b), spec.Distinct(f, a), spec.Gt(f, a)})
}

var (
	relatedTexts   = []string{"a", "b", "d", "f", "ann", "bob", "yes", "no", "red", "blue", "else"}
	relatedNumbers = []int64{0, 1, 2, 3, 4, 7, 40, 99}
)
