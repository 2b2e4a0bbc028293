package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// Rows that are written as NDJSON or CSV and read again are visible where they
// are in memory: random rows of every kind, and random specifications.
func TestRowsAgree(t *testing.T) {
	worlds, specs := 30, 15
	if testing.Short() || withRace {
		worlds = 10
	}
	asked := 0
	for seed := range worlds {
		w := spectest.NewWorld(uint64(seed), 40)
		rows := writable(w)
		var ndjson, table bytes.Buffer
		writeNDJSON(t, &ndjson, rows)
		flat := len(w.Relations) == 0
		if flat {
			writeCSV(t, &table, w, rows)
		}
		for range specs {
			s := w.Specification()
			m, err := spec.Compile[row](s, spec.WithSchema(w.Schema))
			if err != nil {
				continue
			}
			want := visibleIDs(m, rows)
			if have := throughInput(t, "ndjson", ndjson.Bytes(), w.Schema, s); !slices.Equal(have, want) {
				t.Errorf("seed %d, NDJSON, %v: have %v, want %v", seed, s, have, want)
			}
			asked++
			if !flat {
				continue
			}
			if have := throughInput(t, "csv", table.Bytes(), w.Schema, s); !slices.Equal(have, want) {
				t.Errorf("seed %d, CSV, %v: have %v, want %v", seed, s, have, want)
			}
		}
	}
	if asked < worlds*specs/2 {
		t.Errorf("only %d specifications were asked", asked)
	}
}

// writable returns copies of the rows, with null for what no text can hold.
func writable(w *spectest.World) []row {
	var rows []row
	for _, r := range w.Rows {
		c, _ := plainCopy(r, 0).(row)
		rows = append(rows, c)
	}
	return rows
}

// plainCopy copies a value of a row, to a depth: relations may go in circles.
func plainCopy(v any, depth int) any {
	switch v := v.(type) {
	case map[string]any:
		if depth > 3 {
			return nil
		}
		m := row{}
		for key, e := range v {
			m[key] = plainCopy(e, depth+1)
		}
		return m
	case []row:
		list := []any{}
		for _, e := range v {
			list = append(list, plainCopy(e, depth+1))
		}
		return list
	case []any:
		list := []any{}
		for _, e := range v {
			list = append(list, plainCopy(e, depth))
		}
		return list
	case float64:
		if math.IsInf(v, 0) || math.IsNaN(v) {
			return nil
		}
	case []byte:
		if len(v) == 0 { // an empty cell of CSV is null
			return nil
		}
	case string:
		if !utf8.ValidString(v) {
			return nil
		}
	}
	return v
}

func visibleIDs(m *spec.Matcher[row], rows []row) []string {
	var ids []string
	for _, r := range rows {
		if m.Match(&r) {
			ids = append(ids, fmt.Sprint(r["id"]))
		}
	}
	return ids
}

// throughInput returns the ids of the rows that are visible once they are read.
func throughInput(t *testing.T, format string, data []byte, schema *spec.Schema, s spec.Specification) []string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	e := &environment{stdin: bytes.NewReader(data), stdout: &stdout, stderr: &stderr}
	sel := &selected{spec: s, source: "test", schema: schema, key: "id"}
	null := optional{}
	if format == "csv" {
		null = optional{csvNull, true}
	}
	in, err := e.openRows("-", format, sel, null)
	if err != nil {
		t.Fatal(err)
	}
	m, err := in.compile(sel)
	if err != nil {
		t.Fatal(err)
	}
	asked := paths(s)
	asked["id"] = true
	if _, err := in.each(context.Background(), e, asked, func(rowReader) eachRow {
		return func(b *batch, r row, _ []byte, _ int) error {
			if m.Match(&r) {
				b.out = fmt.Appendf(b.out, "%v\n", r["id"])
			}
			return nil
		}
	}); err != nil {
		t.Fatal(err)
	}
	return strings.Fields(stdout.String())
}

func writeNDJSON(t *testing.T, to *bytes.Buffer, rows []row) {
	t.Helper()
	enc := json.NewEncoder(to)
	for _, r := range rows {
		if err := enc.Encode(jsonForm(r)); err != nil {
			t.Fatal(err)
		}
	}
}

// jsonForm returns a value as JSON has it.
func jsonForm(v any) any {
	switch v := v.(type) {
	case map[string]any:
		m := row{}
		for key, e := range v {
			m[key] = jsonForm(e)
		}
		return m
	case []any:
		list := []any{}
		for _, e := range v {
			list = append(list, jsonForm(e))
		}
		return list
	case [16]byte:
		return fmt.Sprintf("%x-%x-%x-%x-%x", v[:4], v[4:6], v[6:8], v[8:10], v[10:])
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case float64: // with an exponent, so that it is no integer
		return json.Number(strconv.FormatFloat(v, 'e', -1, 64))
	case []byte:
		return base64.StdEncoding.EncodeToString(v)
	}
	return v
}

// csvNull is a text that no row of a world holds.
const csvNull = `\N`

func writeCSV(t *testing.T, to *bytes.Buffer, w *spectest.World, rows []row) {
	t.Helper()
	out := csv.NewWriter(to)
	var names []string
	for _, f := range w.Fields {
		names = append(names, f.Name)
	}
	records := [][]string{names}
	for _, r := range rows {
		var record []string
		for _, f := range w.Fields {
			record = append(record, cellOf(t, jsonForm(spectest.Get(r, f.Name))))
		}
		records = append(records, record)
	}
	if err := out.WriteAll(records); err != nil {
		t.Fatal(err)
	}
}

func cellOf(t *testing.T, v any) string {
	t.Helper()
	switch v := v.(type) {
	case nil:
		return csvNull
	case string:
		return v
	}
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var unquoted string
	if json.Unmarshal(text, &unquoted) == nil {
		return unquoted
	}
	return string(text)
}
