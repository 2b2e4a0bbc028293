package spec_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// repeated is text n times, joined by commas.
func repeated(n int, text string) string {
	return strings.TrimSuffix(strings.Repeat(text+",", n), ",")
}

// wrapped puts a text n times in brackets.
func wrapped(n int, left, text, right string) string {
	return strings.Repeat(left, n) + text + strings.Repeat(right, n)
}

const leafText = `{"op":"eq","field":"a","value":1}`

// Each limit: what is just within it and what is just beyond.
func TestJSONLimits(t *testing.T) {
	const notNot = `{"op":"not","spec":`
	for name, test := range map[string]struct {
		within, beyond string
		want           error
	}{
		"depth": {
			wrapped(spec.MaxDepth-1, notNot, leafText, "}"),
			wrapped(spec.MaxDepth, notNot, leafText, "}"), spec.ErrTooDeep,
		},
		"depth that would go away": {
			wrapped(spec.MaxDepth-1, `{"op":"and","specs":[`, leafText, "]}"),
			wrapped(spec.MaxDepth, `{"op":"and","specs":[`, leafText, "]}"), spec.ErrTooDeep,
		},
		"depth of lists": {
			`{"op":"eq","field":"a","value":` + wrapped(spec.MaxDepth, "[", "", "]") + "}",
			`{"op":"eq","field":"a","value":` + wrapped(spec.MaxDepth+1, "[", "", "]") + "}", spec.ErrTooDeep,
		},
		"relations": {
			wrapped(spec.MaxRelations, `{"op":"any","relation":"r","spec":`, leafText, "}"),
			wrapped(spec.MaxRelations+1, `{"op":"any","relation":"r","spec":`, leafText, "}"), spec.ErrTooDeep,
		},
		"nodes": {
			`{"op":"or","specs":[` + repeated(spec.MaxJSONNodes-1, leafText) + `]}`,
			`{"op":"or","specs":[` + repeated(spec.MaxJSONNodes, leafText) + `]}`, spec.ErrTooLarge,
		},
		"nodes that would go away": {
			`{"op":"and","specs":[` + repeated(spec.MaxJSONNodes-1, `{"op":"empty"}`) + `]}`,
			`{"op":"and","specs":[` + repeated(spec.MaxJSONNodes, `{"op":"empty"}`) + `]}`, spec.ErrTooLarge,
		},
		"elements of a list": {
			`{"op":"in","field":"a","value":[` + repeated(spec.MaxJSONElements, "1") + `]}`,
			`{"op":"in","field":"a","value":[` + repeated(spec.MaxJSONElements+1, "1") + `]}`, spec.ErrTooLarge,
		},
		"elements of all lists": {
			`{"op":"and","specs":[` + repeated(2, `{"op":"in","field":"a","value":[`+repeated(spec.MaxJSONElements/4-1, "[1]")+`,1,[]]}`) + `]}`,
			`{"op":"and","specs":[` + repeated(2, `{"op":"in","field":"a","value":[`+repeated(spec.MaxJSONElements/4-1, "[1]")+`,1,[],1]}`) + `]}`, spec.ErrTooLarge,
		},
		"bytes": {
			"{" + strings.Repeat(" ", spec.MaxJSON-len(leafText)) + leafText[1:],
			"{" + strings.Repeat(" ", spec.MaxJSON-len(leafText)+1) + leafText[1:], spec.ErrTooLarge,
		},
		"text": {
			`{"op":"eq","field":"a","value":"` + strings.Repeat(`\u00e9`, spec.MaxText/2) + `"}`,
			`{"op":"eq","field":"a","value":"` + strings.Repeat(`\u00e9`, spec.MaxText/2) + `a"}`, spec.ErrValue,
		},
	} {
		var s spec.Specification
		if err := s.UnmarshalJSON([]byte(test.within)); err != nil || s.IsNone() {
			t.Errorf("%s: within the limit: %v", name, err)
		}
		checkJSONRoundTrip(t, s)
		err := s.UnmarshalJSON([]byte(test.beyond))
		if !errors.Is(err, test.want) || !errors.Is(err, spec.ErrDecode) || !s.IsNone() {
			t.Errorf("%s: beyond the limit: have %v (error %v), want None and %v", name, s, err, test.want)
		}
		if err := json.Unmarshal([]byte(test.beyond), &s); !errors.Is(err, test.want) {
			t.Errorf("%s: beyond the limit: encoding/json says %v", name, err)
		}
	}
}

// What could not be read again is not written.
func TestJSONLimitsOfWriting(t *testing.T) {
	text := func(c string) spec.Specification { return spec.Eq("a", strings.Repeat(c, spec.MaxText)) }
	for name, test := range map[string]struct {
		within, beyond spec.Specification
		want           error
	}{
		"nodes":         {spec.Or(many(spec.MaxJSONNodes-1, p)...), spec.Or(many(spec.MaxJSONNodes, p)...), spec.ErrTooLarge},
		"elements":      {spec.In("a", make([]int, spec.MaxJSONElements)...), spec.In("a", make([]int, spec.MaxJSONElements+1)...), spec.ErrTooLarge},
		"bytes":         {spec.Or(many(250, text("x"))...), spec.Or(many(256, text("x"))...), spec.ErrTooLarge},
		"bytes escaped": {spec.Or(many(42, text("<"))...), spec.Or(many(43, text("&"))...), spec.ErrTooLarge},
		"control":       {spec.Or(many(42, text("\x01"))...), spec.Or(many(43, text("\x01"))...), spec.ErrTooLarge},
	} {
		short, err := json.Marshal(test.within)
		if err != nil {
			t.Errorf("%s: within the limit: %v", name, err)
		}
		var back spec.Specification
		if err := back.UnmarshalJSON(short); err != nil || !back.Equal(test.within) {
			t.Errorf("%s: what was written cannot be read: %v", name, err)
		}
		if text, err := test.beyond.MarshalJSON(); !errors.Is(err, test.want) || text != nil {
			t.Errorf("%s: beyond the limit: have %d bytes (error %v), want %v", name, len(text), err, test.want)
		}
		if test.beyond.Err() != nil {
			t.Errorf("%s: %v, a specification that is sound was to be refused", name, test.beyond.Err())
		}
	}
}

func many(n int, s spec.Specification) []spec.Specification {
	terms := make([]spec.Specification, n)
	for i := range terms {
		terms[i] = s
	}
	return terms
}

// hugeJSON are texts of about n bytes each that cost the most.
func hugeJSON(n int) map[string]string {
	list := func(text string) string {
		return `{"op":"in","field":"a","value":[` + repeated(n/(len(text)+1), text) + `]}`
	}
	specs := func(text string) string { return `{"op":"or","specs":[` + repeated(n/(len(text)+1), text) + `]}` }
	return map[string]string{
		"digits":        list("1"),
		"long integers": list("123456789012345678901234"),
		"floats":        list("1.5"),
		"texts":         list(`""`),
		"long texts":    list(`"` + strings.Repeat("x", 1000) + `"`),
		"escapes":       list(`"` + strings.Repeat(`\n`, 1000) + `"`),
		"empty lists":   list("[]"),
		"small lists":   list("[1]"),
		"lists of ten":  list("[1,1,1,1,1,1,1,1,1,1]"),
		"deep lists":    list(wrapped(90, "[", "1", "]")),
		"variables":     list(`{"var":"x"}`),
		"dates":         list(`{"date":"2024-07-01"}`),
		"leaves":        specs(`{"op":"<","field":"a","value":1}`),
		"negations":     specs(wrapped(90, `{"op":"!","spec":`, `{"op":"<","field":"a","value":1}`, "}")),
		"constants":     specs(`{"op":"none"}`),
		"junctions":     specs(`{"op":"&","specs":[` + repeated(2, `{"op":"<","field":"a","value":1}`) + `]}`),
		"nested":        wrapped(98, `{"op":"|","specs":[`, repeated(n/33, `{"op":"<","field":"a","value":1}`), `]}`),
		"commas":        `{"op":"in","field":"a","value":[` + strings.Repeat(",", n),
		"brackets":      strings.Repeat(`[`, n),
		"open lists":    `{"op":"in","field":"a","value":` + strings.Repeat(`[`, n),
		"open objects":  strings.Repeat(`{"spec":`, n/8),
		"open text":     `{"op":"eq","field":"a","value":"` + strings.Repeat(`x`, n),
		"digits of one": `{"op":"eq","field":"a","value":` + strings.Repeat(`1`, n),
		"blanks":        strings.Repeat(" ", n),
		"long key":      `{"` + strings.Repeat("k", n) + `":1}`,
		"long op":       `{"op":"` + strings.Repeat("k", n) + `"}`,
	}
}
