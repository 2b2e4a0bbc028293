package policytest_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"github.com/rolespec/rolespec/policy/policytest"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

var worlds = flag.Int("policytest.worlds", 20, "how many random worlds are tested")

// What a suite says of a policy is what package spec says of its rules, for any
// schema, rows and rules: a suite that wants exactly the rows that a rule is true of
// passes, and one that wants one row more or less fails by that row.
func TestRandomRules(t *testing.T) {
	cases, shown, related := 0, 0, 0
	for seed := range uint64(*worlds) {
		w := spectest.NewWorld(seed, 12)
		rows, written := writableRows(w)
		if len(rows) == 0 {
			continue // they all lead back to themselves
		}
		related += len(w.Relations)
		for range 10 {
			rule := w.Specification()
			want, err := visibleRows(w.Schema, rule, rows)
			if err != nil {
				t.Fatalf("world %d: %v", seed, err)
			}
			fsys := fstest.MapFS{"policy.json": {Data: policyOf(t, w.Schema, rule)}, "rows.ndjson": {Data: []byte(written)}}
			cases, shown = cases+len(rows), shown+len(want)
			checkExact(t, fsys, want, min(len(rows), 3))
			if t.Failed() {
				t.Fatalf("world %d, rule %v", seed, rule)
			}
		}
	}
	if shown < cases/10 || shown > cases*9/10 {
		t.Errorf("%d of %d rows are visible: the rules tell little", shown, cases)
	}
	if related == 0 {
		t.Error("no rows have related rows")
	}
	t.Logf("%d rows asked about, %d of them visible", cases, shown)
}

// checkExact holds the suite that wants these rows, and those that want another
// thing of one of the first rows, against their reports.
func checkExact(t *testing.T, fsys fstest.MapFS, want map[int64]bool, first int) {
	t.Helper()
	if r := runExact(t, fsys, want); r != nil && !r.OK() {
		t.Errorf("have\n%v", r)
	}
	for id := range int64(first) {
		id++
		want[id] = !want[id]
		kind := policytest.Shown
		if want[id] {
			kind = policytest.Hidden
		}
		if r := runExact(t, fsys, want); r != nil {
			fs := r.Results[0].Failures
			if len(fs) != 1 || fs[0].Kind != kind || fs[0].Row != strconv.FormatInt(id, 10) || len(fs[0].Why) == 0 {
				t.Errorf("row %d: have %+v, want it %s", id, fs, kind)
			}
		}
		want[id] = !want[id]
	}
}

func runExact(t *testing.T, fsys fstest.MapFS, want map[int64]bool) *policytest.Report {
	t.Helper()
	ids := []int64{}
	for id, visible := range want {
		if visible {
			ids = append(ids, id)
		}
	}
	suite := map[string]any{
		"policy": "policy.json", "rows": map[string]any{"rows": "rows.ndjson"},
		"cases": []any{map[string]any{"caller": map[string]any{"roles": []string{"user"}}, "endpoint": "rows", "methods": "GET", "visible": ids}},
	}
	fsys["suite.json"] = &fstest.MapFile{Data: mustJSON(t, suite)}
	s, err := policytest.LoadFS(fsys, "suite.json")
	if err != nil {
		t.Error(err)
		return nil
	}
	r := s.Run()
	return &r
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// visibleRows returns the ids of the rows that a rule is true of.
func visibleRows(sc *spec.Schema, rule spec.Specification, rows []spectest.Row) (map[int64]bool, error) {
	truths, err := spectest.Truths(sc, rule, rows)
	if err != nil {
		return nil, err
	}
	visible := map[int64]bool{}
	for _, id := range spectest.Select(rows, truths, spec.True) {
		visible[id] = true
	}
	return visible, nil
}

// policyOf returns a policy in JSON with the resources of a schema.
func policyOf(t *testing.T, sc *spec.Schema, rule spec.Specification) []byte {
	names, resources := map[*spec.Schema]string{sc: "rows"}, map[string]any{}
	var add func(sc *spec.Schema)
	add = func(sc *spec.Schema) {
		fields, relations := map[string]any{}, map[string]any{}
		resources[names[sc]] = map[string]any{"fields": fields, "relations": relations}
		for f := range sc.Fields() {
			fields[f.Name] = f.TypeName()
			if len(f.Labels) > 0 {
				fields[f.Name] = map[string]any{"type": f.TypeName(), "enum": f.Labels}
			}
		}
		for r := range sc.Relations() {
			to, known := names[r.Rows]
			if !known {
				to = fmt.Sprint("rows", len(names))
				names[r.Rows] = to
				add(r.Rows)
			}
			one := "many"
			if r.One {
				one = "one"
			}
			relations[r.Name] = map[string]any{one: to}
		}
	}
	add(sc)
	return mustJSON(t, map[string]any{
		"rolespec": 1, "resources": resources,
		"roles": []any{map[string]any{"name": "user", "allow": []any{map[string]any{"endpoint": "rows", "methods": "GET", "rule": rule}}}},
	})
}

// writableRows returns the rows of a world that a file can hold, and the file. They
// are numbered anew.
func writableRows(w *spectest.World) (rows []spectest.Row, written string) {
	var b strings.Builder
	for _, row := range w.Rows {
		row["id"] = int64(len(rows) + 1)
		text, err := appendRow(nil, row)
		if err != nil {
			continue
		}
		rows = append(rows, row)
		b.Write(append(text, '\n'))
	}
	return rows, b.String()
}

var errUnwritable = errors.New("no file holds this")

func appendRow(b []byte, v any) ([]byte, error) {
	if len(b) > 1<<16 { // rows that lead back to themselves have no end
		return nil, errUnwritable
	}
	switch v := v.(type) {
	case nil:
		return append(b, "null"...), nil
	case map[string]any:
		return appendMap(b, v)
	case []any:
		return appendList(b, v)
	case []map[string]any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = v[i]
		}
		return appendList(b, list)
	case bool, int64, uint64:
		return fmt.Append(b, v), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, errUnwritable
		}
		return strconv.AppendFloat(b, v, 'e', -1, 64), nil
	case string:
		if !utf8.ValidString(v) || strings.ContainsRune(v, 0) || len(v) > spec.MaxText {
			return nil, errUnwritable
		}
		return appendText(b, v)
	case []byte:
		return appendText(b, base64.StdEncoding.EncodeToString(v))
	case time.Time:
		if v.IsZero() {
			return nil, errUnwritable
		}
		return appendText(b, v.Format(time.RFC3339Nano))
	case [16]byte:
		return appendText(b, fmt.Sprintf("%x-%x-%x-%x-%x", v[:4], v[4:6], v[6:8], v[8:10], v[10:]))
	case fmt.Stringer: // a date, a decimal
		return appendText(b, v.String())
	}
	return nil, fmt.Errorf("a %T in a row", v)
}

func appendText(b []byte, text string) ([]byte, error) {
	quoted, err := json.Marshal(text)
	return append(b, quoted...), err
}

func appendMap(b []byte, m map[string]any) ([]byte, error) {
	b = append(b, '{')
	for name, v := range m {
		var err error
		if b, err = appendText(b, name); err != nil {
			return nil, err
		}
		if b, err = appendRow(append(b, ':'), v); err != nil {
			return nil, err
		}
		b = append(b, ',')
	}
	if len(m) > 0 {
		b = b[:len(b)-1]
	}
	return append(b, '}'), nil
}

func appendList(b []byte, list []any) ([]byte, error) {
	b = append(b, '[')
	for i, v := range list {
		var err error
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = appendRow(b, v); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}
