package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// Pages are found by where the last one ended and not by how many rows to skip: rows
// that come and go meanwhile move nothing, and the last page costs what the first does.
//
// A cursor is the values that the last row has in the sort keys. It needs no signature:
// it becomes one more condition beside what the caller may see, on fields that the
// caller may read.

// cursorOf returns the cursor behind a row.
func cursorOf(t *Task, sort []spec.SortKey) string {
	values := make([]any, len(sort))
	for i, key := range sort {
		values[i] = t.value(key.Field)
	}
	text, _ := json.Marshal(values) // numbers, texts, bools, instants and nulls
	return base64.RawURLEncoding.EncodeToString(text)
}

// parseAfter returns the rows behind a cursor: all of them without one.
func parseAfter(cursor []string, sort []spec.SortKey) (spec.Specification, error) {
	if len(cursor) == 0 {
		return spec.All(), nil
	}
	bad := badRequest("after is not a cursor of this list")
	text, err := base64.RawURLEncoding.Strict().DecodeString(cursor[0])
	if err != nil {
		return spec.None(), bad
	}
	var read []any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&read); err != nil || len(read) != len(sort) {
		return spec.None(), bad
	}
	values := make([]spec.Value, len(read))
	for i, v := range read {
		if values[i], err = spec.ValueOf(v); err != nil || values[i].Kind() == spec.KindList {
			return spec.None(), bad
		}
	}
	after := behind(sort, values)
	if _, _, err := tasks.SQL(after, sqlspec.SQLite); err != nil { // a value of another kind
		return spec.None(), bad
	}
	return after, nil
}

// behind returns the rows that sort behind these values: behind the first of them, or
// level with it and behind the rest.
func behind(sort []spec.SortKey, values []spec.Value) spec.Specification {
	if len(sort) == 0 {
		return spec.None()
	}
	level := spec.NewLeaf(sort[0].Field, spec.OpEq, values[0])
	if values[0].IsNull() {
		level = spec.IsNull(sort[0].Field)
	}
	return beyond(sort[0], values[0]).Or(level.And(behind(sort[1:], values[1:])))
}

// beyond returns the rows behind a value in one field. Null is less than any value in
// the order of SQLite.
func beyond(key spec.SortKey, v spec.Value) spec.Specification {
	switch {
	case key.Descending && v.IsNull():
		return spec.None()
	case key.Descending:
		return spec.NewLeaf(key.Field, spec.OpLt, v).Or(spec.IsNull(key.Field))
	case v.IsNull():
		return spec.NotNull(key.Field)
	}
	return spec.NewLeaf(key.Field, spec.OpGt, v)
}
