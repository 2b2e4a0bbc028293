package duckdb_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines/duckdb"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// The rows of these tests lead to each other: to a parent, to those whose parent
// they are, and to friends.
var related = []column{
	{Field: spec.Field{Name: "id", Kind: spec.KindInt}, typ: "BIGINT"},
	nullable("whole", spec.KindInt, "BIGINT"),
	nullable("real", spec.KindFloat, "DOUBLE"),
	nullable("price", spec.KindDecimal, "DECIMAL(9,2)"),
	nullable("name", spec.KindString, "VARCHAR"),
	list("nums", spec.KindInt, "BIGINT[]"),
	list("sums", spec.KindDecimal, "DECIMAL(38,6)[]"),
}

const relatedRows = 40

func openRelated(t *testing.T) agreement {
	t.Helper()
	fields := make([]spec.Field, len(related))
	definitions := []string{}
	for i, c := range related {
		fields[i] = c.Field
		definitions = append(definitions, fmt.Sprintf("%q %s", c.Name, c.typ))
	}
	sc, err := spec.NewSchema(fields...)
	if err != nil {
		t.Fatal(err)
	}
	sc, err = sc.Relate(spec.Relation{Name: "parent", One: true}, spec.Relation{Name: "children"}, spec.Relation{Name: "friends"})
	if err != nil {
		t.Fatal(err)
	}
	table, err := sqlspec.NewTable("nodes", sc, sqlspec.As("t"),
		sqlspec.ToOne("parent", nil, sqlspec.On("parent_id", "id")),
		sqlspec.ToMany("children", nil, sqlspec.On("id", "parent_id")),
		sqlspec.ManyToMany("friends", nil, "friends", sqlspec.On("id", "node_id"), sqlspec.On("friend_id", "id")))
	if err != nil {
		t.Fatal(err)
	}
	a := agreement{db: duckdb.Open(t), table: table, schema: sc}
	exec(t, a.db, "CREATE TABLE nodes ("+strings.Join(definitions, ", ")+", parent_id BIGINT)")
	exec(t, a.db, "CREATE TABLE friends (node_id BIGINT, friend_id BIGINT)")
	r := rand.New(rand.NewPCG(*seed, 9))
	for id := range relatedRows {
		row := map[string]any{"id": int64(id)}
		args, values := []any{int64(id)}, []string{"?"}
		for _, c := range related[1:] {
			row[c.Name] = c.random(r)
			values = append(values, c.literal(row[c.Name], &args))
		}
		exec(t, a.db, "INSERT INTO nodes VALUES ("+strings.Join(values, ", ")+", NULL)", args...)
		a.rows = append(a.rows, row)
	}
	for id, row := range a.rows {
		row["children"], row["friends"] = []any{}, []any{}
		for range r.IntN(4) { // some more than once
			friend := r.IntN(relatedRows + 5)
			exec(t, a.db, "INSERT INTO friends VALUES (?, ?)", id, friend)
			if friend < relatedRows {
				row["friends"] = append(row["friends"].([]any), a.rows[friend])
			}
		}
	}
	for id, row := range a.rows {
		switch parent := r.IntN(relatedRows + 10); {
		case parent < relatedRows:
			exec(t, a.db, "UPDATE nodes SET parent_id = ? WHERE id = ?", parent, id)
			row["parent"] = a.rows[parent]
			a.rows[parent]["children"] = append(a.rows[parent]["children"].([]any), row)
		case parent%2 == 0: // one that is gone
			exec(t, a.db, "UPDATE nodes SET parent_id = ? WHERE id = ?", parent, id)
		}
	}
	return a
}

// relatedSpec returns a specification that leads over that many relations.
func relatedSpec(r *rand.Rand, steps int) spec.Specification {
	switch r.IntN(7) {
	case 0:
		return spec.And(relatedSpec(r, steps), relatedSpec(r, steps-1))
	case 1:
		return spec.Or(relatedSpec(r, steps-1), relatedSpec(r, steps))
	case 2:
		return relatedSpec(r, steps).Not()
	}
	path := strings.Repeat("parent.", r.IntN(3))
	if steps <= 0 || r.IntN(3) == 0 {
		c := pick(r, related)
		if r.IntN(5) == 0 {
			return spec.NewLeaf(path+"whole", comparison(r, c), spec.Of(spec.Ref(strings.Repeat("parent.", r.IntN(3))+"id")))
		}
		s := leafOf(r, c)
		leaf, ok := s.Node().(spec.Leaf)
		switch {
		case !ok:
			return s
		case leaf.Value.Kind() == spec.KindField: // which these rows do not have
			return spec.NotNull(path + leaf.Field)
		}
		return spec.NewLeaf(path+leaf.Field, leaf.Op, leaf.Value)
	}
	relation := pick(r, []string{"children", "friends", "parent"})
	if r.IntN(2) == 0 {
		return spec.Any(path+relation, relatedSpec(r, steps-1))
	}
	return spec.Every(path+relation, relatedSpec(r, steps-1))
}

// TestRelations: what is asked of related rows is correlated subqueries, with
// lists and other subqueries in them.
func TestRelations(t *testing.T) {
	a := openRelated(t)
	r := rand.New(rand.NewPCG(*seed, 10))
	long := make([]int64, 1200)
	for i := range long {
		long[i] = int64(i * 2)
	}
	verdicts, seen := 0, 0
	for range *specs / 6 {
		s := relatedSpec(r, 3)
		switch r.IntN(10) {
		case 0:
			s = spec.Every("children", s.Or(spec.In("whole", long...)))
		case 1:
			s = spec.Any("friends", s.And(spec.NotIn("parent.id", long...)))
		}
		if s.Err() != nil { // too deep
			continue
		}
		got, text, err := a.visible(s)
		if isRefusal(err) {
			continue
		}
		want := a.inMemory(t, s)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%.2000v\n%.2000s\n%v\nmemory %v\nduckdb %v", s, text, err, want, got)
		}
		verdicts += len(a.rows)
		seen += len(want)
	}
	t.Logf("%d verdicts, %d visible, 0 differences", verdicts, seen)
	if seen == 0 || seen == verdicts {
		t.Error("the specifications decided nothing")
	}
}

// TestDeepRelations asks the deepest that a specification may.
func TestDeepRelations(t *testing.T) {
	a := openRelated(t)
	chain, links, path := spec.Eq("whole", 1), spec.Lt("whole", 3), strings.Repeat("parent.", spec.MaxRelations)
	for range spec.MaxRelations {
		chain, links = spec.Any("parent", chain), spec.Every("friends", links)
	}
	for _, s := range []spec.Specification{chain, links, spec.Eq(path+"whole", 1), spec.NotNull(path + "name"), spec.Eq(path+"whole", spec.Ref(path+"id")).Not()} {
		want := a.inMemory(t, s)
		if got, _, err := a.visible(s); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v: %v\nmemory %v\nduckdb %v", s, err, want, got)
		}
	}
}
