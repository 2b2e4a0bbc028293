package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var jsonSeeds = []string{
	`{}`, `{"a":1}`, `{"a":[1,2.5,-0,1e9,"x",null,true,false,{"b":{}}]}`, `{"a":1,"a":2}`, `{"a":{"b":1,"b":2}}`,
	`{"\u0061":"\ud83d\ude00\n"}`, `{"a":"\ud800"}`, ` { "a" : 12345678901234567890 } `, `{"a":01}`, `{"a":1}x`, "{\"a\":\"\xff\"}", `{"":""}`, `[`, `{"a":-}`,
}

// What is read as a row, encoding/json reads as the same object; what is not, it
// does not read either, or reads without noticing that it is not clear.
func FuzzJSONRow(f *testing.F) {
	for _, seed := range jsonSeeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := scanner{data: data}
		have := row{}
		if err := s.row(have, nil); err != nil {
			if json.Valid(data) && isObject(data) && !isUnclear(data) {
				t.Fatalf("%q is refused: %v", data, err)
			}
			return
		}
		if isUnclear(data) {
			t.Fatalf("%q is read, and is not clear", data)
		}
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.UseNumber()
		var want row
		if err := dec.Decode(&want); err != nil {
			t.Fatalf("%q is read, and is no JSON: %v", data, err)
		}
		if _, err := dec.Token(); err != io.EOF {
			t.Fatalf("%q is read, and goes on", data)
		}
		if !reflect.DeepEqual(sameNumbers(have), sameNumbers(want)) {
			t.Fatalf("%q: have %v, want %v", data, have, want)
		}
		checkPartial(t, data, have)
	})
}

// checkPartial reads the row again for one of its keys, and for none.
func checkPartial(t *testing.T, data []byte, whole row) {
	t.Helper()
	for key := range whole {
		s := scanner{data: data}
		part := row{}
		if err := s.row(part, map[string]string{key: key}); err != nil || !reflect.DeepEqual(part[key], whole[key]) || len(part) != 1 {
			t.Fatalf("%q: for %q have %v, %v", data, key, part, err)
		}
	}
	s := scanner{data: data}
	if err := s.row(row{}, map[string]string{}); err != nil {
		t.Fatalf("%q: for no key have %v", data, err)
	}
}

func isObject(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte{'{'})
}

// isUnclear reports whether JSON that is valid has a key twice, half of a
// surrogate pair, text that is not UTF-8, or is nested very deep.
func isUnclear(data []byte) bool {
	if !utf8.Valid(data) {
		return true
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	depth := 0
	var open []map[string]bool // a nil map is an array
	key := false               // the next token is a key or the end of an object
	for {
		token, err := dec.Token()
		if err != nil {
			return hasHalfPair(data)
		}
		switch v := token.(type) {
		case json.Delim:
			switch v {
			case '{':
				open, depth = append(open, map[string]bool{}), depth+1
			case '[':
				open, depth = append(open, nil), depth+1
			default:
				open, depth = open[:len(open)-1], depth-1
			}
			if depth > maxNesting {
				return true
			}
			key = len(open) > 0 && open[len(open)-1] != nil
			continue
		case string:
			if key {
				keys := open[len(open)-1]
				if keys[v] {
					return true
				}
				keys[v], key = true, false
				continue
			}
		}
		key = len(open) > 0 && open[len(open)-1] != nil
	}
}

// hasHalfPair reports whether an escape stands for half of a surrogate pair, which
// encoding/json reads as U+FFFD.
func hasHalfPair(data []byte) bool {
	text := strings.ReplaceAll(string(data), `\\`, "")
	for i := 0; i < len(text); i++ {
		unit, ok := codeUnit([]byte(text[i:]))
		switch {
		case !ok || unit < 0xd800 || unit > 0xdfff:
			continue
		case unit >= 0xdc00:
			return true
		}
		low, ok := codeUnit([]byte(text[i+6:]))
		if !ok || low < 0xdc00 || low > 0xdfff {
			return true
		}
		i += 11
	}
	return false
}

// sameNumbers writes every number as its text.
func sameNumbers(v any) any {
	switch v := v.(type) {
	case row:
		m := row{}
		for key, e := range v {
			m[key] = sameNumbers(e)
		}
		return m
	case []any:
		list := []any{}
		for _, e := range v {
			list = append(list, sameNumbers(e))
		}
		return list
	case json.Number:
		if n := numberOf([]byte(v)); n != v {
			return n
		}
	}
	return v
}

// What is read as CSV, encoding/csv reads as the same cells, but for a CR LF inside
// quotes, which it cuts.
func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "a\n\"x\"\"y\"\n", "\"a\nb\",c\r\n", ",\n", "\"\"\n", "a\"b\n", "\"a\"b\n", "\"a", "a\rb,c\n", "\xff\n", "é,\"\"\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		have, err := allCells(data)
		if err != nil {
			return
		}
		r := csv.NewReader(bytes.NewReader(data))
		r.FieldsPerRecord = -1
		want, err := r.ReadAll()
		if err != nil {
			t.Fatalf("%q is read, and encoding/csv does not: %v", data, err)
		}
		if !slices.EqualFunc(have, want, slices.Equal) {
			t.Fatalf("%q: have %q, want %q", data, have, want)
		}
	})
}

// allCells reads CSV, without empty lines and with CR LF made LF, as encoding/csv
// does.
func allCells(data []byte) (all [][]string, err error) {
	in := newRecords(&input{"test", io.NopCloser(bytes.NewReader(data))}, true)
	for {
		record, _, err := in.next(nil)
		if err == io.EOF {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		split, err := cells(nil, record)
		if err != nil {
			return nil, err
		}
		if len(withoutEnd(record)) == 0 {
			continue
		}
		var texts []string
		for _, cell := range split {
			texts = append(texts, strings.ReplaceAll(string(cell), "\r\n", "\n"))
		}
		all = append(all, texts)
	}
}

// Whatever stands in a file of rows or cases, it is an error or an answer.
func FuzzInput(f *testing.F) {
	for _, seed := range jsonSeeds {
		f.Add(seed)
	}
	f.Add("a,b\n1,\"2\n3\"\n")
	f.Add(`{"id":1,"spec":"a == 1","row":{"a":1},"want":true}`)
	f.Fuzz(func(t *testing.T, text string) {
		for _, args := range [][]string{
			{"eval", "--spec", "a == 1 && !(b == \"x\")"},
			{"eval", "--format", "csv", "--spec", "#", "--fields", "a:int,b:[string]?", "--json"},
			{"explain", "--spec", "any a (b == 1)"},
			{"test", "-"},
			{"fmt"},
		} {
			have := rolespec(text, args...)
			if have.exit > 2 || have.exit == 2 && have.stderr == "" {
				t.Errorf("%q of %q: have %+v", args, text, have)
			}
			if args[0] == "eval" && args[1] == "--format" && !eachIsJSON(have.stdout) {
				t.Errorf("%q of %q is no JSON: have %+v", args, text, have)
			}
		}
	})
}

func eachIsJSON(lines string) bool {
	for line := range strings.Lines(lines) {
		if !json.Valid([]byte(line)) {
			return false
		}
	}
	return true
}
