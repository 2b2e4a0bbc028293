package spec_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// grant is how a program keeps specifications among other things.
type grant struct {
	Name    string                        `json:"name"`
	Rows    spec.Specification            `json:"rows"`
	Maybe   *spec.Specification           `json:"maybe"`
	Short   spec.Specification            `json:"short,omitzero"`
	Shorter *spec.Specification           `json:"shorter,omitempty"`
	All     []spec.Specification          `json:"all"`
	ByName  map[string]spec.Specification `json:"by_name"`
}

func (g grant) equal(h grant) bool {
	same := func(a, b *spec.Specification) bool { return (a == nil) == (b == nil) && (a == nil || a.Equal(*b)) }
	if g.Name != h.Name || !g.Rows.Equal(h.Rows) || !same(g.Maybe, h.Maybe) || !g.Short.Equal(h.Short) || !same(g.Shorter, h.Shorter) ||
		len(g.All) != len(h.All) || len(g.ByName) != len(h.ByName) {
		return false
	}
	for i := range g.All {
		if !g.All[i].Equal(h.All[i]) {
			return false
		}
	}
	for name, s := range g.ByName {
		if !s.Equal(h.ByName[name]) {
			return false
		}
	}
	return true
}

func TestJSONInStructs(t *testing.T) {
	const none, eq = `{"op":"none"}`, `{"op":"eq","field":"p","value":1}`
	for name, test := range map[string]struct {
		g    grant
		want string
	}{
		"zero": {grant{}, `{"name":"","rows":` + none + `,"maybe":null,"all":null,"by_name":null}`},
		"full": {
			grant{"n", p, ptr(p), p, ptr(spec.None()), []spec.Specification{p, {}}, map[string]spec.Specification{"x": p}},
			`{"name":"n","rows":` + eq + `,"maybe":` + eq + `,"short":` + eq + `,"shorter":` + none + `,"all":[` + eq + `,` + none + `],"by_name":{"x":` + eq + `}}`,
		},
		"None that was asked for": {grant{Short: spec.None()}, `{"name":"","rows":` + none + `,"maybe":null,"short":` + none + `,"all":null,"by_name":null}`},
	} {
		have, err := json.Marshal(test.g)
		if err != nil || string(have) != test.want {
			t.Errorf("%s: have %s (error %v), want %s", name, have, err, test.want)
		}
		var back grant
		if err := json.Unmarshal(have, &back); err != nil || !back.equal(test.g) {
			t.Errorf("%s: have %v (error %v), want %v", name, back, err, test.g)
		}
	}
}

// A field that is absent keeps what it was, which is None unless somebody set it;
// one that is null is refused, but for a pointer.
func TestAbsentAndNull(t *testing.T) {
	var g grant
	if err := json.Unmarshal([]byte(`{"name":"n"}`), &g); err != nil || !g.Rows.IsNone() || g.Maybe != nil {
		t.Errorf("absent: have %v (error %v), want None", g, err)
	}
	g.Maybe = ptr(spec.All())
	if err := json.Unmarshal([]byte(`{"maybe":null,"shorter":null}`), &g); err != nil || g.Maybe != nil {
		t.Errorf("a null pointer: have %v (error %v)", g, err)
	}
	for text, read := range map[string]func(grant) spec.Specification{
		`{"rows":null}`:          func(g grant) spec.Specification { return g.Rows },
		`{"short":null}`:         func(g grant) spec.Specification { return g.Short },
		`{"all":[null]}`:         func(g grant) spec.Specification { return g.All[0] },
		`{"by_name":{"x":null}}`: func(g grant) spec.Specification { return g.ByName["x"] },
	} {
		g := grant{Rows: spec.All(), Short: spec.All(), All: []spec.Specification{spec.All()}, ByName: map[string]spec.Specification{}}
		if err := json.Unmarshal([]byte(text), &g); !errors.Is(err, spec.ErrDecode) || !read(g).IsNone() {
			t.Errorf("%s: have %v (error %v), want None and a DecodeError", text, g, err)
		}
	}
}

// What was there before is not mixed with what is read, nor left beside an error.
func TestUnmarshalReplaces(t *testing.T) {
	g := grant{Rows: p.And(q), All: []spec.Specification{spec.All(), spec.All()}}
	if err := json.Unmarshal([]byte(`{"rows":{"op":"or","specs":[]},"all":[{"op":"isnone","field":"r"}]}`), &g); err != nil || !g.Rows.IsNone() || len(g.All) != 1 || !g.All[0].Equal(r) {
		t.Errorf("have %v (error %v)", g, err)
	}
	g.Rows = spec.All()
	if err := json.Unmarshal([]byte(`{"rows":{"op":"and","specs":[{"op":"empty"},{"op":"eq"}]}}`), &g); err == nil || !g.Rows.IsNone() {
		t.Errorf("have %v (error %v), want None and an error", g.Rows, err)
	}
}

// The escapes that an encoder is told to make, or not, are the same specification.
func TestEscapesOfHTML(t *testing.T) {
	s := spec.Eq("a<b", "<script>&\u2028")
	var plain bytes.Buffer
	e := json.NewEncoder(&plain)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil || !strings.Contains(plain.String(), "<script>&") {
		t.Errorf("have %s (error %v)", &plain, err)
	}
	escaped, err := json.Marshal(s)
	if err != nil || bytes.ContainsAny(escaped, "<>&") {
		t.Errorf("have %s (error %v)", escaped, err)
	}
	checkReads(t, "plain", plain.String(), s)
	checkReads(t, "escaped", string(escaped), s)
}

// A stream of specifications, as a Decoder reads it.
func TestDecoder(t *testing.T) {
	d := json.NewDecoder(strings.NewReader(`{"op":"empty"} {"op":"none"}` + "\n" + leafText + `{"op":"nope"}`))
	for _, want := range []spec.Specification{spec.All(), spec.None(), spec.Eq("a", 1)} {
		var s spec.Specification
		if err := d.Decode(&s); err != nil || !s.Equal(want) {
			t.Errorf("have %v (error %v), want %v", s, err, want)
		}
	}
	s := spec.All()
	if err := d.Decode(&s); !errors.Is(err, spec.ErrDecode) || !s.IsNone() {
		t.Errorf("have %v (error %v), want None and a DecodeError", s, err)
	}
}

// What is read keeps nothing of the bytes it was read from.
func TestUnmarshalKeepsNoBytes(t *testing.T) {
	data := []byte(`{"op":"any","relation":"rrrr","spec":{"op":"in","field":"ffff","value":["vvvv",{"var":"nnnn"},{"bytes":"dnZ2"},123456789012345678901234]}}`)
	var s spec.Specification
	if err := s.UnmarshalJSON(data); err != nil {
		t.Fatal(err)
	}
	before := s.String()
	for i := range data {
		data[i] = 'x'
	}
	if s.String() != before {
		t.Errorf("have %v, want %v", s, before)
	}
}
