package spec_test

import (
	"database/sql"
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
)

type (
	base struct {
		ID      int
		Owner   string
		private string //lint:ignore U1000 a field that nobody may see
	}
	Audit struct {
		CreatedBy string
		Owner     string // the one of base is as deep: ambiguous
		Note      string
	}
	deepest struct{ Note, Depth string }
	deeper  struct{ deepest }

	address struct {
		City    string
		Country *country
	}
	country struct{ Code string }

	person struct {
		base   // promoted
		*Audit // promoted, null where it is nil
		deeper // its Note is deeper than that of Audit
		Name   string
		Home   address
		Work   *address
		Boss   *person // contains itself: followed once
		When   struct{ From, To time.Time }
	}
)

var ann = person{
	base: base{ID: 7, Owner: "base"}, Audit: &Audit{CreatedBy: "bob", Owner: "audit", Note: "audit"},
	deeper: deeper{deepest{Note: "deepest", Depth: "d"}}, Name: "ann",
	Home: address{City: "Rome", Country: &country{"IT"}}, Work: &address{City: "Oslo"},
}

func TestEmbeddedAndNested(t *testing.T) {
	for _, test := range []struct {
		name string
		s    spec.Specification
		row  person
		want spec.Truth
	}{
		{"promoted from a value", spec.Eq("id", 7), ann, spec.True},
		{"promoted from a pointer", spec.Eq("created_by", "bob"), ann, spec.True},
		{"promoted from a nil pointer", spec.Ne("created_by", "bob"), person{}, spec.Unknown},
		{"a nil embedded pointer is null", spec.IsNull("created_by"), person{}, spec.True},
		{"promoted from two levels down", spec.Eq("depth", "d"), ann, spec.True},
		{"the shallower of two", spec.Eq("note", "audit"), ann, spec.True},
		{"the shallower of two, though null", spec.IsNull("note"), person{deeper: deeper{deepest{Note: "deepest"}}}, spec.True},
		{"nested", spec.Eq("home.city", "Rome"), ann, spec.True},
		{"nested twice, through a pointer", spec.Eq("home.country.code", "IT"), ann, spec.True},
		{"nested, nil pointer on the way", spec.Ne("home.country.code", "IT"), person{}, spec.Unknown},
		{"nested pointer", spec.HasPrefix("work.city", "Os"), ann, spec.True},
		{"nested nil pointer", spec.Ne("work.city", "Oslo"), person{}, spec.Unknown},
		{"nested nil pointer is null", spec.IsNull("work.city"), person{}, spec.True},
		{"second of two pointers nil", spec.IsNull("work.country.code"), ann, spec.True},
		{"nested struct without a name", spec.Lt("when.from", noon), ann, spec.True},
		{"nested zero value is no null", spec.Eq("home.city", ""), person{}, spec.True},
	} {
		t.Run(test.name, func(t *testing.T) {
			if have := verdict(t, test.s, test.row); have != test.want {
				t.Errorf("%v: have %v, want %v", test.s, have, test.want)
			}
			if have := verdict(t, spec.Not(test.s), &test.row); have != test.want.Not() {
				t.Errorf("not %v of a pointer: have %v, want %v", test.s, have, test.want.Not())
			}
		})
	}
}

func TestFieldsOfEmbeddedAndNested(t *testing.T) {
	var have []string
	for f := range must(spec.SchemaOf[person]())(t).Fields() {
		name := f.Name
		if f.Nullable {
			name += " null"
		}
		have = append(have, name)
	}
	want := []string{
		"id", "created_by null", "note null", "depth", "name", "home.city", "home.country.code null",
		"work.city null", "work.country.code null", "when.from", "when.to",
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("fields (-want +have):\n%s", diff)
	}
}

func TestUnreachableFields(t *testing.T) {
	for _, test := range []struct {
		name string
		s    spec.Specification
		want error
	}{
		{"ambiguous: two embedded structs have it", spec.Eq("owner", "base"), spec.ErrType},
		{"not exported", spec.Eq("private", ""), spec.ErrUnknownField},
		{"a struct, not a value", spec.IsNull("home"), spec.ErrType},
		{"the name of an embedded struct", spec.Eq("base.id", 7), spec.ErrUnknownField},
		{"the Go name", spec.Eq("ID", 7), spec.ErrUnknownField},
		{"a Go path", spec.Eq("Home.City", "Rome"), spec.ErrUnknownField},
		{"beyond a value", spec.Eq("name.first", "x"), spec.ErrUnknownField},
	} {
		for _, s := range []spec.Specification{test.s, spec.Not(test.s)} {
			if m, err := spec.Compile[person](s); !errors.Is(err, test.want) || m != nil {
				t.Errorf("%s: %v: have %v, want %v", test.name, s, err, test.want)
			}
		}
	}
}

func TestShallowFieldShadows(t *testing.T) {
	type Task struct {
		base
		Owner int // another type than base.Owner
	}
	row := Task{base: base{Owner: "base"}, Owner: 5}
	if have := verdict(t, spec.Eq("owner", 5), row); have != spec.True {
		t.Errorf("have %v, want true: the shallower field counts, as in Go", have)
	}
	type Tagged struct {
		Audit
		base
		Other string `spec:"owner"` // resolves the ambiguity, whatever the order
	}
	if have := verdict(t, spec.Eq("owner", "o"), Tagged{Other: "o"}); have != spec.True {
		t.Errorf("have %v, want true: the shallower field counts", have)
	}
	type Shy struct {
		base
		Owner chan int // unfit, and hides base.Owner all the same
	}
	if _, err := spec.Compile[Shy](spec.Eq("owner", "base")); !errors.Is(err, spec.ErrType) {
		t.Errorf("have %v, want ErrType: the field that counts cannot be compared", err)
	}
}

// Three of the same name at the same depth stay ambiguous.
func TestAmbiguousThrice(t *testing.T) {
	type A struct{ X string }
	type B struct{ X string }
	type C struct{ X string }
	type abc struct {
		A
		B
		C
	}
	if _, err := spec.Compile[abc](spec.Eq("x", "")); !errors.Is(err, spec.ErrType) {
		t.Errorf("have %v, want ErrType", err)
	}
	type twice struct {
		X string
		Y string `spec:"x"`
	}
	if _, err := spec.Compile[twice](spec.Eq("x", "")); !errors.Is(err, spec.ErrType) {
		t.Errorf("have %v, want ErrType: one name, two fields", err)
	}
}

// A named embedded struct is nested, and an embedded value is a field.
func TestEmbeddedWithName(t *testing.T) {
	type row struct {
		Audit `spec:"audit"`
		sql.NullString
		time.Time
	}
	if _, err := spec.Compile[row](spec.Eq("note", "n")); !errors.Is(err, spec.ErrUnknownField) {
		t.Errorf("have %v, want ErrUnknownField: not promoted", err)
	}
	r := row{Audit: Audit{Note: "n"}, NullString: sql.NullString{String: "s", Valid: true}, Time: noon}
	s := spec.And(spec.Eq("audit.note", "n"), spec.Eq("null_string", "s"), spec.Eq("time", noon))
	if have := verdict(t, s, r); have != spec.True {
		t.Errorf("have %v, want true", have)
	}
}

// What an unexported embedded pointer promotes is read like anything else.
func TestUnexportedEmbeddedPointer(t *testing.T) {
	type part struct {
		SeenAt time.Time
		Big    *big.Int
		Tags   []string
	}
	type row struct {
		*part
		Name string
	}
	r := row{part: &part{SeenAt: noon, Big: big.NewInt(7), Tags: []string{"a"}}, Name: "ann"}
	s := spec.And(spec.Eq("seen_at", noon), spec.Eq("big", "7"), spec.Contains("tags", "a"), spec.Eq("name", "ann"))
	if have := verdict(t, s, r); have != spec.True {
		t.Errorf("have %v, want true", have)
	}
	if have := verdict(t, spec.IsNull("seen_at").And(spec.IsNull("big"), spec.IsNull("tags")), row{}); have != spec.True {
		t.Errorf("of nil: have %v, want true", have)
	}
}

// A field hides what is called the same deeper down, also the parts of a struct.
func TestHiddenStructIsNotReached(t *testing.T) {
	type Address struct{ City string }
	type Base struct{ Address Address }
	type row struct {
		Base
		Address struct{ Zip string }
	}
	if _, err := spec.Compile[row](spec.Eq("address.city", "Rome")); err == nil {
		t.Error("address.city is that of a struct which is hidden")
	}
	type text struct {
		Base
		Address string
	}
	if _, err := spec.Compile[text](spec.Eq("address.city", "Rome")); err == nil {
		t.Error("address.city is that of a struct which a text hides")
	}
}
