package spec_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
)

// tagged lists a field for every rule of naming.
type tagged struct {
	AccountID   int
	HTTPServer  int
	UserHTTPURL int
	A           int
	X1          int
	Snake_Case  int //nolint:revive // the name is the point
	Größe       int

	FromSpec int `json:"j1" db:"d1" spec:"s1"`
	FromDB   int `json:"j2" db:"d2"`
	FromJSON int `json:"j3,omitempty"`

	SpecOverHiddenDB int    `spec:"s4" db:"-"`
	HiddenJSON       int    `json:"-"`
	EmptyJSON        int    `json:",omitempty"`
	EmptySpec        int    `spec:"" db:"d5"`
	OptionOnly       string `spec:",decimal" db:"d6"`
	OptionAndJSON    string `spec:",enum=a|b" json:"j7"`
	Dotted           int    `spec:"a.b"`

	HiddenSpec       int `spec:"-"`
	HiddenSpecOption int `spec:"-,decimal"`
	HiddenDB         int `db:"-" json:"j8"`
	private          int `spec:"private"` //lint:ignore U1000 a field that nobody may see
}

func TestFieldNames(t *testing.T) {
	want := []string{
		"account_id", "http_server", "user_httpurl", "a", "x1", "snake_case", "größe",
		"s1", "d2", "j3", "s4", "hidden_json", "empty_json", "d5", "d6", "j7", "a.b",
	}
	var have []string
	for f := range must(spec.SchemaOf[tagged]())(t).Fields() {
		have = append(have, f.Name)
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("names (-want +have):\n%s", diff)
	}
}

func TestHiddenFieldsAreUnknown(t *testing.T) {
	for _, field := range []string{"hidden_spec", "-", "hidden_db", "HiddenDB", "j8", "private", "j1", "d1", "from_spec", "FromSpec", "j2"} {
		if _, err := spec.Compile[tagged](spec.IsNull(field)); !errors.Is(err, spec.ErrUnknownField) {
			t.Errorf("%s: have %v, want ErrUnknownField", field, err)
		}
	}
}

func TestTagOptions(t *testing.T) {
	type options struct {
		Plain   string `spec:"plain,string"`
		Number  int32  `spec:"number,int"`
		Unknown string `spec:"unknown,decimel"` // no such option: it is a text
		Both    string `spec:"both,enum=a|b,string"`
		Default string `db:"default,decimal"` // options are read from spec alone
	}
	row := options{Plain: "p", Number: 3, Unknown: "1.5", Both: "a", Default: "1.5"}
	s := spec.And(spec.Eq("plain", "p"), spec.Eq("number", 3), spec.Eq("unknown", "1.5"), spec.Ne("unknown", "1.50"), spec.Eq("both", "a"), spec.Ne("default", "1.50"))
	if have := verdict(t, s, row); have != spec.True {
		t.Errorf("have %v, want true\n%s", have, must(spec.Compile[options](s))(t).Explain(&row))
	}
}

// Fields that no operator can compare are refused when they are named, with the
// reason, and are no bother otherwise.
type unfit struct {
	ID      int
	Func    func()
	Chan    chan int
	Map     map[string]string
	Any     any
	Complex complex128
	Twice   **int
	NullPtr struct {
		V     *int
		Valid bool
	}
	Lists     [][]int
	Raw       rawJSON
	Structs   []struct{ A int }
	Int       int              `spec:"int,decimal"`
	Text      string           `spec:"text,int"`
	List      []string         `spec:"list,decimal"`
	Flag      bool             `spec:"flag,string"`
	Nested    address          `spec:"nested,string"`
	Big       uint64           `spec:"big,int"`
	HomeMoney nullPriceWithout `spec:"money"`
}

type (
	rawJSON          = json.RawMessage
	nullPriceWithout struct {
		V     address
		Valid bool
	}
)

func TestUnfitFields(t *testing.T) {
	for _, field := range []string{
		"func", "chan", "map", "any", "complex", "twice", "null_ptr", "lists", "raw", "structs", "int", "text", "list", "flag", "nested", "big", "money",
	} {
		for _, s := range []spec.Specification{spec.IsNull(field), spec.NotNull(field), spec.Eq(field, "x"), spec.Not(spec.Eq(field, 1))} {
			m, err := spec.Compile[unfit](s)
			var fieldErr *spec.FieldError
			if !errors.Is(err, spec.ErrType) || !errors.As(err, &fieldErr) || fieldErr.Field != field || fieldErr.Reason == "" || m != nil {
				t.Errorf("%v: have %v, want ErrType with a reason", s, err)
			}
		}
		if _, ok := must(spec.SchemaOf[unfit]())(t).Field(field); ok {
			t.Errorf("the schema has the unfit field %q", field)
		}
	}
	if have := verdict(t, spec.Eq("id", 1), unfit{ID: 1}); have != spec.True {
		t.Errorf("have %v, want true: unfit fields are no bother to the others", have)
	}
}
