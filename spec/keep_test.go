package spec_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
)

type keptPerson struct {
	Name   string
	Salary *int64
	Boss   *keptPerson
}

type keptAddress struct{ City, Street string }

type keptComment struct {
	Author string
	Text   string
	By     *keptPerson
}

type keptTask struct {
	ID       int64
	Title    string
	Hash     string `spec:"-"`
	Column   string `db:"-"`
	Note     *string
	Extra    json.RawMessage
	Address  keptAddress
	Owner    *keptPerson
	Comments []keptComment
	Watchers []*keptPerson
	Lists    *[]keptComment
	private  string
}

func keptRow() keptTask {
	ann := &keptPerson{Name: "ann", Salary: ptr[int64](9), Boss: &keptPerson{Name: "eve", Salary: ptr[int64](99)}}
	comments := []keptComment{{"bob", "hello", ann}, {Author: "eve", Text: "bye"}}
	return keptTask{
		ID: 1, Title: "a", Hash: "h", Column: "c", Note: ptr("n"), Extra: json.RawMessage("{}"), Address: keptAddress{"Rome", "Via"},
		Owner: ann, Comments: comments, Watchers: []*keptPerson{ann, nil}, Lists: &comments, private: "p",
	}
}

func ExampleKeepFields() {
	type person struct {
		Name   string `json:"name"`
		Salary int    `json:"salary,omitempty"`
	}
	type task struct {
		Title string  `json:"title"`
		Owner *person `json:"owner"`
	}
	row := task{"paint", &person{"ann", 90_000}}
	err := spec.KeepFields(&row, "title", "owner.name")
	text, _ := json.Marshal(row)
	fmt.Println(string(text), err)
	// Output: {"title":"paint","owner":{"name":"ann"}} <nil>
}

func TestKeepFields(t *testing.T) {
	for name, test := range map[string]struct {
		keep []string
		want keptTask
	}{
		"nothing":                    {nil, keptTask{}},
		"fields":                     {[]string{"id", "note"}, keptTask{ID: 1, Note: ptr("n")}},
		"names that are not there":   {[]string{"ID", "nothing", "", ".", "address.", ".city", "hash", "column", "private", "id.x"}, keptTask{}},
		"a name keeps nothing below": {[]string{"address", "owner", "comments", "watchers", "lists"}, keptTask{}},
		"nested":                     {[]string{"address.city"}, keptTask{Address: keptAddress{City: "Rome"}}},
		"one related row":            {[]string{"owner.name"}, keptTask{Owner: &keptPerson{Name: "ann"}}},
		"and the next":               {[]string{"owner.boss.salary"}, keptTask{Owner: &keptPerson{Boss: &keptPerson{Salary: ptr[int64](99)}}}},
		"and beyond":                 {[]string{"owner.boss.boss.boss.name"}, keptTask{Owner: &keptPerson{Boss: &keptPerson{}}}},
		"many related rows":          {[]string{"comments.text"}, keptTask{Comments: []keptComment{{Text: "hello"}, {Text: "bye"}}}},
		"their related rows":         {[]string{"comments.by.name", "comments.author"}, keptTask{Comments: []keptComment{{Author: "bob", By: &keptPerson{Name: "ann"}}, {Author: "eve"}}}},
		"pointers to rows":           {[]string{"watchers.name"}, keptTask{Watchers: []*keptPerson{{Name: "ann"}, nil}}},
		"a pointer to a list":        {[]string{"lists.author"}, keptTask{Lists: &[]keptComment{{Author: "bob"}, {Author: "eve"}}}},
	} {
		row, pointed := keptRow(), keptRow()
		was, pointer := row, &pointed
		if err := errors.Join(spec.KeepFields(&row, test.keep...), spec.KeepFields(&pointer, test.keep...)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		exported := cmp.AllowUnexported(keptTask{})
		if diff := cmp.Diff(test.want, row, exported); diff != "" {
			t.Errorf("%s (-want +have):\n%s", name, diff)
		}
		if diff := cmp.Diff(&test.want, pointer, exported); diff != "" {
			t.Errorf("%s, a pointer (-want +have):\n%s", name, diff)
		}
		// what the row pointed to, and the row that the pointer pointed to, are others' too
		if diff := cmp.Diff(keptRow(), was, exported) + cmp.Diff(keptRow(), pointed, exported); diff != "" {
			t.Errorf("%s: wrote to what the row points to (-want +have):\n%s", name, diff)
		}
	}
}

func TestKeepFieldsOfMaps(t *testing.T) {
	ann := map[string]any{"name": "ann", "salary": 9}
	row := map[string]any{
		"id": 1, "none": nil, "tags": []string{"a"}, "mixed": []any{1, ann}, "deep": []any{[]any{ann}}, "owner": ann,
		"comments": []map[string]any{{"text": "x", "by": ann}, nil}, "nothing": []any{}, "a.b": 7, "nobody": map[string]any(nil),
	}
	was := maps.Clone(row)
	for name, test := range map[string]struct {
		keep []string
		want map[string]any
	}{
		"nothing":              {nil, map[string]any{}},
		"fields":               {[]string{"id", "none", "tags", "gone"}, map[string]any{"id": 1, "none": nil, "tags": []string{"a"}}},
		"no rows by the name":  {[]string{"owner", "comments", "mixed", "deep", "nobody"}, map[string]any{}},
		"the whole name":       {[]string{"a.b"}, map[string]any{"a.b": 7}},
		"one":                  {[]string{"owner.name"}, map[string]any{"owner": map[string]any{"name": "ann"}}},
		"many":                 {[]string{"comments.text", "comments.by.name"}, map[string]any{"comments": []any{map[string]any{"text": "x", "by": map[string]any{"name": "ann"}}, map[string]any(nil)}}},
		"only rows of a list":  {[]string{"mixed.name"}, map[string]any{"mixed": []any{map[string]any{"name": "ann"}}}},
		"below what is no row": {[]string{"id.x", "tags.x", "none.x"}, map[string]any{"none": map[string]any(nil)}},
		"none of them":         {[]string{"nothing.x"}, map[string]any{"nothing": []any{}}},
	} {
		have := row
		if err := spec.KeepFields(&have, test.keep...); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(test.want, have); diff != "" {
			t.Errorf("%s (-want +have):\n%s", name, diff)
		}
		if diff := cmp.Diff(was, row); diff != "" {
			t.Fatalf("%s: wrote to the map (-want +have):\n%s", name, diff)
		}
	}
}

// Where something is unclear nothing is kept.
func TestKeepFieldsRefuses(t *testing.T) {
	row := keptRow()
	var field *spec.FieldError
	if err := spec.KeepFields(&row, "id", "extra"); !errors.As(err, &field) || field.Field != "extra" || !errors.Is(err, spec.ErrType) {
		t.Errorf("a field without a kind: %v", err)
	}
	number := 7
	if err := spec.KeepFields(&number, "id"); err == nil || number != 0 {
		t.Errorf("a row that has no fields: %d, error %v", number, err)
	}
	if diff := cmp.Diff(keptTask{}, row, cmp.AllowUnexported(keptTask{})); diff != "" {
		t.Errorf("beside an error (-want +have):\n%s", diff)
	}
	var none *keptTask
	var missing map[string]any
	if err := errors.Join(spec.KeepFields[keptTask](nil, "id"), spec.KeepFields(&none, "id"), spec.KeepFields(&missing, "id")); err != nil || none != nil || missing != nil {
		t.Errorf("nil rows: %v", err)
	}
}

type keptEmbedded struct{ Secret, Open string }

// Reflection cannot make an embedded struct of an unexported type: it is left out.
func TestKeepFieldsOfEmbedded(t *testing.T) {
	type plain struct{ keptEmbedded }
	type pointer struct{ *keptEmbedded }
	a, b := plain{keptEmbedded{"s", "o"}}, pointer{&keptEmbedded{"s", "o"}}
	if err := errors.Join(spec.KeepFields(&a, "open"), spec.KeepFields(&b, "open")); err != nil {
		t.Fatal(err)
	}
	if a.Open != "o" || a.Secret != "" || b.keptEmbedded != nil {
		t.Errorf("have %+v and %+v", a, b)
	}
}

// Of any row and any fields: what is kept reads as before, what is not as in a row
// of zeros, in structs and in maps.
func TestKeepFieldsKeepsAndBlanks(t *testing.T) {
	d := seeded(33)
	zero := wide{Deep: &flat{}}
	for range scale(1_000) {
		r := drawRow(d)
		was, twin := r.row, r.twin
		kept := map[string]bool{}
		var keep []string
		for _, c := range cells {
			for _, name := range []string{c.field, "deep." + c.field} {
				if kept[name] = d(2) == 0; kept[name] {
					keep = append(keep, name)
				}
			}
		}
		if err := errors.Join(spec.KeepFields(&r.row, keep...), spec.KeepFields(&twin, keep...)); err != nil {
			t.Fatal(err)
		}
		for name, isKept := range kept {
			have, before := shown(t, name, &r.row), shown(t, name, &was)
			if isKept && have != before || !isKept && have != "None" && have != shown(t, name, &zero) {
				t.Fatalf("%s, kept %v: have %s, it was %s", name, isKept, have, before)
			}
			have, before = shown(t, name, &twin), shown(t, name, &r.twin)
			if isKept && have != before || !isKept && have != "None" {
				t.Fatalf("%s of a map, kept %v: have %s, it was %s", name, isKept, have, before)
			}
		}
	}
}

// shown is what a row has in a field.
func shown[T any](t *testing.T, field string, row *T) string {
	t.Helper()
	return must(spec.Compile[T](spec.IsNull(field)))(t).Explain(row).Leaves[0].Seen.String()
}
