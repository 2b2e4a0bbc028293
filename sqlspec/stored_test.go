package sqlspec_test

import (
	"slices"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestStored(t *testing.T) {
	table, err := sqlspec.TableOf[patient]("app.patients", sqlspec.As("p"), sqlspec.Column("old", sqlspec.Name("age")),
		sqlspec.Column("name", sqlspec.Encoded(spec.KindBytes, func(v spec.Value) (spec.Value, error) { return spec.Of([]byte(v.Text())), nil })))
	if err != nil {
		t.Fatal(err)
	}
	if have := table.Name(); have != `"app"."patients"` {
		t.Errorf("Name: %s", have)
	}
	if have := table.In(sqlspec.MariaDB).Name(); have != "`app`.`patients`" {
		t.Errorf("Name in MariaDB: %s", have)
	}
	if s, ok := table.Stored("old"); !ok || s.Column != "age" || s.Field.Kind != spec.KindInt || !s.Field.Nullable || s.Storage != sqlspec.StoredUsually || s.Encode != nil {
		t.Errorf("old: %+v %v", s, ok)
	}
	if s, ok := table.Stored("name"); !ok || s.Encode == nil || s.Code.Kind != spec.KindBytes {
		t.Errorf("name: %+v %v", s, ok)
	}
	if s, ok := table.Stored("nope"); ok {
		t.Errorf("a field that is not there: %+v", s)
	}
	var none *sqlspec.Table
	if _, ok := none.Stored("id"); ok || none.Name() != "" || len(slices.Collect(none.Related())) > 0 {
		t.Error("the nil table stores something")
	}
}

func TestStoredInOtherWays(t *testing.T) {
	sc, err := spec.NewSchema(
		spec.Field{Name: "at", Kind: spec.KindTime}, spec.Field{Name: "cents", Kind: spec.KindDecimal}, spec.Field{Name: "key", Kind: spec.KindUUID},
		spec.Field{Name: "tags", Kind: spec.KindString, List: true}, spec.Field{Name: "path", Kind: spec.KindString}, spec.Field{Name: "mood", Kind: spec.KindString, Labels: []string{"a"}})
	if err != nil {
		t.Fatal(err)
	}
	table, err := sqlspec.NewTable("t", sc, sqlspec.Column("at", sqlspec.Timestamp()), sqlspec.Column("cents", sqlspec.Scaled(2)), sqlspec.Column("key", sqlspec.Blob()),
		sqlspec.Column("tags", sqlspec.JSONB()), sqlspec.Column("path", sqlspec.Ltree()), sqlspec.Column("mood", sqlspec.PostgresType("app.mood")))
	if err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]sqlspec.Storage{
		"at": sqlspec.StoredAsTimestamp, "cents": sqlspec.StoredScaled, "key": sqlspec.StoredAsBlob, "tags": sqlspec.StoredAsJSONB, "path": sqlspec.StoredAsLtree, "mood": sqlspec.StoredUsually,
	} {
		if s, ok := table.Stored(field); !ok || s.Storage != want || (field == "cents") != (s.Digits == 2) || (field == "mood") != (s.PostgresType == `"app"."mood"`) {
			t.Errorf("%s: %+v", field, s)
		}
	}
}

func TestRelated(t *testing.T) {
	table := noteTable(t)
	var names []string
	for r := range table.Related() {
		names = append(names, r.Name)
		var near, far []string
		for n, f := range r.Keys.Pairs() {
			near, far = append(near, n), append(far, f)
		}
		switch r.Name {
		case "author":
			if !r.One || r.Table.Name() != `"app"."users"` || !slices.Equal(near, []string{"author_id"}) || !slices.Equal(far, []string{"id"}) || r.Link != "" {
				t.Errorf("author: %+v", r)
			}
			for boss := range r.Table.Related() {
				if boss.Table != r.Table || len(boss.Keys) != 2 {
					t.Errorf("boss: %+v", boss)
				}
			}
		case "replies":
			if r.One || r.Table != table {
				t.Errorf("replies: %+v", r)
			}
		case "readers":
			if r.Link != "app.read by" || len(r.Far) != 1 {
				t.Errorf("readers: %+v", r)
			}
		}
	}
	if !slices.Equal(names, []string{"author", "readers", "replies"}) {
		t.Errorf("relations %q", names)
	}
	for range table.Related() {
		break // and nothing happens
	}
}
