package spec_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

func isError(err, want error) bool { return errors.Is(err, want) }

// refusedJSON are texts that are no specification: where it is found out, and what
// the error is beside ErrDecode. The offset is that of the mark ¦, which is taken
// out.
var refusedJSON = []struct {
	name, text string
	path       string
	err        error
	reason     string // part of it
}{
	{"nothing", `¦`, "$", nil, "ends"},
	{"blanks", " \n¦", "$", nil, "ends"},
	{"null", `¦null`, "$", nil, "a specification"},
	{"a list", `¦[]`, "$", nil, "a specification"},
	{"a text", `¦"#"`, "$", nil, "a specification"},
	{"a number", `¦1`, "$", nil, "a specification"},
	{"true", `¦true`, "$", nil, "a specification"},
	{"byte order mark", "¦\ufeff" + `{"op":"empty"}`, "$", nil, "a specification"},
	{"no op", `¦{}`, "$", nil, "no op"},
	{"no op but a field", `¦{"field":"a","value":1}`, "$", nil, "no op"},

	{"more after it", `{"op":"empty"} ¦{"op":"empty"}`, "$", nil, "after the end"},
	{"a bracket after it", `{"op":"empty"}¦}`, "$", nil, "after the end"},
	{"a NUL after it", `{"op":"empty"}¦` + "\x00", "$", nil, "after the end"},
	{"a comment", `{"op":"empty"} ¦// all`, "$", nil, "after the end"},
	{"never closed", `{"op":"empty"¦`, "$", nil, "ends"},
	{"never closed, with a comma", `{"op":"empty",¦`, "$", nil, "ends"},
	{"never closed text", `{"op":"empty¦`, "$.op", nil, "ends"},
	{"never closed key", `{"op¦`, "$", nil, "ends"},
	{"key alone", `{"op"¦`, "$", nil, "ends"},
	{"key and colon", `{"op":¦`, "$.op", nil, "ends"},
	{"key without a colon", `{"op" ¦"empty"}`, "$", nil, "colon"},
	{"key without quotes", `{¦op:"empty"}`, "$", nil, "text"},
	{"single quotes", `{¦'op':'empty'}`, "$", nil, "text"},
	{"comma at the end", `{"op":"empty",¦}`, "$", nil, "comma"},
	{"comma at the beginning", `{¦,"op":"empty"}`, "$", nil, "text"},
	{"two commas", `{"op":"or",¦,"specs":[]}`, "$", nil, "text"},
	{"no comma", `{"op":"or" ¦"specs":[]}`, "$", nil, "comma"},
	{"comma at the end of specs", `{"op":"or","specs":[{"op":"none"},¦]}`, "$.specs", nil, "comma"},
	{"closed by another bracket", `{"op":"or","specs":[{"op":"none"}¦}}`, "$.specs", nil, "comma"},
	{"a form feed", "¦\f{}", "$", nil, "a specification"},

	{"unknown key", `{"op":"empty",¦"opp":1}`, "$", nil, `"opp"`},
	{"another case", `{¦"Op":"empty"}`, "$", nil, `"Op"`},
	{"another case beside", `{"op":"none",¦"OP":"empty"}`, "$", nil, `"OP"`},
	{"empty key", `{¦"":"empty"}`, "$", nil, `""`},
	{"preprocessor", `{"op":"eq","field":"a","value":1,¦"pre_processor":null}`, "$", nil, `"pre_processor"`},
	{"op twice", `{"op":"none",¦"op":"empty"}`, "$", nil, "twice"},
	{"op twice, escaped", `{"op":"none",¦"\u006fp":"empty"}`, "$", nil, "twice"},
	{"value twice", `{"op":"eq","field":"a","value":1,¦"value":2}`, "$", nil, "twice"},
	{"specs twice", `{"op":"and","specs":[],¦"specs":[]}`, "$", nil, "twice"},
	{"same key twice, same value", `{"op":"eq","field":"a",¦"field":"a","value":1}`, "$", nil, "twice"},
	{"long unknown key", `{¦"` + strings.Repeat("k", 1000) + `":1}`, "$", nil, strings.Repeat("k", 40) + `"...`},

	{"op of another type", `{"op":¦1}`, "$.op", nil, "text"},
	{"op null", `{"op":¦null}`, "$.op", nil, "text"},
	{"op in capitals", `{"op":¦"EQ","field":"a","value":1}`, "$.op", nil, `"EQ"`},
	{"no operator", `{"op":¦"like","field":"a","value":1}`, "$.op", nil, `"like"`},
	{"empty op", `{"op":¦"","field":"a","value":1}`, "$.op", nil, `""`},
	{"symbol of the text form", `{"op":¦"&&","specs":[]}`, "$.op", nil, `"&&"`},
	{"field of another type", `{"op":"eq","field":¦["a"],"value":1}`, "$.field", nil, "text"},
	{"empty field", `{"op":"eq","field":¦"","value":1}`, "$.field", spec.ErrUnknownField, "name of the field"},
	{"long field", `{"op":"isnone","field":¦"` + strings.Repeat("f", 257) + `"}`, "$.field", spec.ErrUnknownField, "name of the field"},
	{"no field", `¦{"op":"eq","value":1}`, "$", nil, "field"},
	{"no value", `¦{"op":"eq","field":"a"}`, "$", nil, "value"},
	{"no value in a not", `{"op":"not","spec":¦{"op":"in","field":"a"}}`, "$.spec", nil, "value"},
	{"isnone of a value", `{"op":"isnone","field":"a","value":¦false}`, "$.value", nil, "isnone"},
	{"isnone of nothing", `¦{"op":"isnone"}`, "$", nil, "field"},
	{"empty with a value", `{"op":"empty","value":¦1}`, "$.value", nil, "empty"},
	{"empty with specs", `{"op":"empty","specs":¦[]}`, "$.specs", nil, "empty"},
	{"or with a spec", `{"op":"or","specs":[],"spec":¦{"op":"empty"}}`, "$.spec", nil, "or"},
	{"or without specs", `¦{"op":"or"}`, "$", nil, "specs"},
	{"or with a spec only", `¦{"op":"or","spec":{"op":"empty"}}`, "$", nil, "specs"},
	{"not with specs", `¦{"op":"not","specs":[{"op":"none"}]}`, "$", nil, "spec"},
	{"not with a field", `{"op":"not","spec":{"op":"none"},"field":¦"a"}`, "$.field", nil, "not"},
	{"specs no list", `{"op":"and","specs":¦{"op":"none"}}`, "$.specs", nil, "list"},
	{"specs null", `{"op":"and","specs":¦null}`, "$.specs", nil, "list"},
	{"null in specs", `{"op":"or","specs":[{"op":"none"},¦null]}`, "$.specs[1]", nil, "a specification"},
	{"spec null", `{"op":"not","spec":¦null}`, "$.spec", nil, "a specification"},
	{"any without a relation", `¦{"op":"any","spec":{"op":"none"}}`, "$", nil, "relation"},
	{"any without a spec", `¦{"op":"any","relation":"r"}`, "$", nil, "spec"},
	{"any with a field", `{"op":"any","relation":"r","spec":{"op":"none"},"field":¦"r"}`, "$.field", nil, "any"},
	{"empty relation", `{"op":"every","relation":¦"","spec":{"op":"none"}}`, "$.relation", spec.ErrUnknownField, "name"},
	{"too many relations", `¦{"op":"any","relation":"a.b.c.d.e.f.g.h.i","spec":{"op":"none"}}`, "$", spec.ErrTooDeep, "deep"},

	{"NaN", `{"op":"eq","field":"a","value":¦NaN}`, "$.value", nil, "value"},
	{"Infinity", `{"op":"eq","field":"a","value":¦Infinity}`, "$.value", nil, "value"},
	{"-Infinity", `{"op":"eq","field":"a","value":¦-Infinity}`, "$.value", nil, "number"},
	{"nan in a list", `{"op":"in","field":"a","value":[1,¦nan]}`, "$.value[1]", nil, "value"},
	{"beyond floats", `{"op":"eq","field":"a","value":¦1e400}`, "$.value", spec.ErrValue, "range"},
	{"beyond decimals", `{"op":"eq","field":"a","value":¦1` + strings.Repeat("0", 400) + `}`, "$.value", spec.ErrValue, "digits"},
	{"leading zero", `{"op":"eq","field":"a","value":¦01}`, "$.value", nil, "number"},
	{"plus", `{"op":"eq","field":"a","value":¦+1}`, "$.value", nil, "value"},
	{"minus alone", `{"op":"eq","field":"a","value":¦-}`, "$.value", nil, "number"},
	{"point at the end", `{"op":"eq","field":"a","value":¦1.}`, "$.value", nil, "number"},
	{"point at the beginning", `{"op":"eq","field":"a","value":¦.5}`, "$.value", nil, "value"},
	{"exponent of nothing", `{"op":"eq","field":"a","value":¦1e}`, "$.value", nil, "number"},
	{"exponent of a sign", `{"op":"eq","field":"a","value":¦1e+`, "$.value", nil, "number"},
	{"hexadecimal", `{"op":"eq","field":"a","value":0¦x10}`, "$", nil, "comma"},
	{"underscore", `{"op":"eq","field":"a","value":1¦_000}`, "$", nil, "comma"},
	{"True", `{"op":"eq","field":"a","value":¦True}`, "$.value", nil, "value"},
	{"truer", `{"op":"eq","field":"a","value":true¦r}`, "$", nil, "comma"},
	{"None", `{"op":"eq","field":"a","value":¦None}`, "$.value", nil, "value"},
	{"comma at the end of a list", `{"op":"in","field":"a","value":[1,¦]}`, "$.value", nil, "comma"},
	{"list never closed", `{"op":"in","field":"a","value":[1¦`, "$.value", nil, "ends"},
	{"list of objects", `{"op":"in","field":"a","value":[1,{¦"a":1}]}`, "$.value[1]", nil, `"a"`},
	{"in a text", `{"op":"in","field":"a","value":¦"abc"}`, "$.value", spec.ErrType, "list"},
	{"in a number", `{"op":"in","field":"a","value":¦1}`, "$.value", spec.ErrType, "list"},
	{"contains a list", `{"op":"contains","field":"a","value":¦[1]}`, "$.value", spec.ErrType, "list"},
	{"prefix that is no text", `{"op":"startswith","field":"a","value":¦1}`, "$.value", spec.ErrType, "string"},
	{"bad pattern", `{"op":"matches","field":"a","value":¦"a)|(b"}`, "$.value", spec.ErrPattern, "RE2"},
	{"no path", `{"op":"under","field":"a","value":¦"a..b"}`, "$.value", spec.ErrValue, "path"},
	{"contains a field", `{"op":"contains","field":"a","value":¦{"field":"b"}}`, "$.value", spec.ErrType, "field"},
	{"field in a list", `{"op":"in","field":"a","value":¦[{"field":"b"}]}`, "$.value", spec.ErrType, "field"},

	{"invalid UTF-8", `{"op":"eq","field":"a","value":"x¦` + "\xff" + `"}`, "$.value", nil, "UTF-8"},
	{"invalid UTF-8 in a field", `{"op":"eq","field":"¦` + "\xc3" + `","value":1}`, "$.field", nil, "UTF-8"},
	{"invalid UTF-8 in a key", `{"¦` + "\x80" + `":1}`, "$", nil, "UTF-8"},
	{"surrogate as UTF-8", `{"op":"eq","field":"a","value":"¦` + "\xed\xa0\x80" + `"}`, "$.value", nil, "UTF-8"},
	{"overlong", `{"op":"eq","field":"a","value":"¦` + "\xc0\xaf" + `"}`, "$.value", nil, "UTF-8"},
	{"half a pair", `{"op":"eq","field":"a","value":"¦\ud83d"}`, "$.value", nil, "surrogate"},
	{"half a pair and a letter", `{"op":"eq","field":"a","value":"¦\ud83d\u0061"}`, "$.value", nil, "surrogate"},
	{"pair the wrong way", `{"op":"eq","field":"a","value":"¦\ude00\ud83d"}`, "$.value", nil, "surrogate"},
	{"no escape", `{"op":"eq","field":"a","value":"¦\x41"}`, "$.value", nil, "escape"},
	{"escape cut off", `{"op":"eq","field":"a","value":"¦\u00`, "$.value", nil, "escape"},
	{"escape that is no number", `{"op":"eq","field":"a","value":"¦\u00g0"}`, "$.value", nil, "escape"},
	{"escape with blanks for digits", `{"op":"eq","field":"a","value":"¦\u` + "\x10\x11\x12\x13" + `"}`, "$.value", nil, "escape"},
	{"line in a text", `{"op":"eq","field":"a","value":"x¦` + "\n" + `"}`, "$.value", nil, "control"},
	{"NUL in a text", `{"op":"eq","field":"a","value":"x¦` + "\x00" + `"}`, "$.value", nil, "control"},
	{"escaped NUL", `{"op":"eq","field":"a","value":¦"\u0000"}`, "$.value", spec.ErrValue, "NUL"},
	{"long text", `{"op":"eq","field":"a","value":¦"` + strings.Repeat("x", spec.MaxText+1) + `"}`, "$.value", spec.ErrValue, "longer"},
	{"long text in a list", `{"op":"in","field":"a","value":["", ¦"` + strings.Repeat("x", spec.MaxText+1) + `"]}`, "$.value[1]", spec.ErrValue, "longer"},

	{"object without a key", `{"op":"eq","field":"a","value":{¦}}`, "$.value", nil, "kind"},
	{"object of no kind", `{"op":"eq","field":"a","value":{¦"int":"1"}}`, "$.value", nil, `"int"`},
	{"kind in capitals", `{"op":"eq","field":"a","value":{¦"Date":"2024-07-01"}}`, "$.value", nil, `"Date"`},
	{"object of two keys", `{"op":"eq","field":"a","value":{"var":"x"¦,"var":"x"}}`, "$.value", nil, "one key"},
	{"object of two kinds", `{"op":"eq","field":"a","value":{"date":"2024-07-01"¦,"var":"x"}}`, "$.value", nil, "one key"},
	{"object with a comma", `{"op":"eq","field":"a","value":{"var":"x"¦,}}`, "$.value", nil, "one key"},
	{"object without a colon", `{"op":"eq","field":"a","value":{"var"¦}}`, "$.value", nil, "colon"},
	{"date of a number", `{"op":"eq","field":"a","value":{"date":¦20240701}}`, "$.value.date", nil, "text"},
	{"date null", `{"op":"eq","field":"a","value":{"date":¦null}}`, "$.value.date", nil, "text"},
	{"date that is none", `{"op":"eq","field":"a","value":{"date":¦"2024-02-30"}}`, "$.value.date", spec.ErrValue, "date"},
	{"time without a zone", `{"op":"eq","field":"a","value":{"time":¦"2024-07-01T12:00:00"}}`, "$.value.time", spec.ErrValue, "RFC 3339"},
	{"zero time", `{"op":"eq","field":"a","value":{"time":¦"0001-01-01T00:00:00Z"}}`, "$.value.time", spec.ErrValue, "zero"},
	{"no uuid", `{"op":"eq","field":"a","value":{"uuid":¦"00000000000000000000000000000000"}}`, "$.value.uuid", spec.ErrValue, "UUID"},
	{"no decimal", `{"op":"eq","field":"a","value":{"decimal":¦"1e3"}}`, "$.value.decimal", spec.ErrValue, "decimal"},
	{"decimal as a number", `{"op":"eq","field":"a","value":{"decimal":¦1.5}}`, "$.value.decimal", nil, "text"},
	{"bytes without padding", `{"op":"eq","field":"a","value":{"bytes":¦"AP8"}}`, "$.value.bytes", spec.ErrValue, "base64"},
	{"bytes with a line", `{"op":"eq","field":"a","value":{"bytes":¦"AP8=\n"}}`, "$.value.bytes", spec.ErrValue, "base64"},
	{"bytes with a stray bit", `{"op":"eq","field":"a","value":{"bytes":¦"AP9="}}`, "$.value.bytes", spec.ErrValue, "base64"},
	{"bytes for URLs", `{"op":"eq","field":"a","value":{"bytes":¦"_w=="}}`, "$.value.bytes", spec.ErrValue, "base64"},
	{"variable without a name", `{"op":"eq","field":"a","value":{"var":¦""}}`, "$.value.var", spec.ErrValue, "name"},
	{"reference without a name", `{"op":"in","field":"a","value":[{"field":¦""}]}`, "$.value[0].field", spec.ErrValue, "name"},

	{"deep inside", `{"op":"and","specs":[{"op":"empty"},{"op":"or","specs":[{"op":"any","relation":"r","spec":{"op":"not","spec":{"op":"in","field":"a","value":[1,[2,¦x]]}}}]}]}`,
		"$.specs[1].specs[0].spec.spec.value[1][1]", nil, "value"},
}

func TestRefusedJSON(t *testing.T) {
	seen := map[string]bool{}
	for _, test := range refusedJSON {
		if seen[test.name] || strings.Count(test.text, "¦") != 1 {
			t.Fatalf("case %q needs a name of its own and one mark", test.name)
		}
		seen[test.name] = true
		offset := strings.Index(test.text, "¦")
		text := strings.Replace(test.text, "¦", "", 1)
		s := spec.All()
		err := s.UnmarshalJSON([]byte(text))
		var refused *spec.DecodeError
		if !errors.As(err, &refused) || !errors.Is(err, spec.ErrDecode) {
			t.Errorf("%s: %s: have %v (error %v), want a DecodeError", test.name, text, s, err)
			continue
		}
		if refused.Path != test.path || refused.Offset != offset || !strings.Contains(refused.Reason, test.reason) {
			t.Errorf("%s: have %q at byte %d, %q; want %q at byte %d, %q", test.name, refused.Path, refused.Offset, refused.Reason, test.path, offset, test.reason)
		}
		for _, sentinel := range []error{spec.ErrTooDeep, spec.ErrTooLarge, spec.ErrUnknownField, spec.ErrType, spec.ErrValue, spec.ErrPattern} {
			if have := errors.Is(err, sentinel); have != (sentinel == test.err) {
				t.Errorf("%s: %v is %v: %v", test.name, err, sentinel, have)
			}
		}
		if !s.IsNone() || s.Err() != nil {
			t.Errorf("%s: beside the error stands %v, want None", test.name, s)
		}
		if err := json.Unmarshal([]byte(text), &s); err == nil {
			t.Errorf("%s: encoding/json reads %s as %v", test.name, text, s)
		}
	}
}

// The text of an error names what is structure, and shows no value.
func TestDecodeErrorsShowNoValue(t *testing.T) {
	const secret = "s3cr3t"
	for _, text := range []string{
		`{"op":"matches","field":"a","value":"(` + secret + `"}`,
		`{"op":"eq","field":"a","value":{"date":"` + secret + `"}}`,
		`{"op":"under","field":"a","value":"` + secret + `/"}`,
		`{"op":"in","field":"a","value":"` + secret + `"}`,
		`{"op":"eq","field":"a","value":"` + secret + `\u0000"}`,
		`{"op":"eq","field":"a","value":"` + secret,
		`{"op":"eq","field":"a","value":` + secret + `}`,
	} {
		var s spec.Specification
		if err := s.UnmarshalJSON([]byte(text)); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the error is %v", text, err)
		}
	}
}
