package main

import (
	"encoding/base64"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// byteFields are the fields of a schema that hold bytes, which JSON writes as
// base64, and the relations that lead to some.
type byteFields struct {
	fields    []spec.Field
	relations map[string]*byteFields
}

// byteFieldsOf returns nil where there are none.
func byteFieldsOf(schema *spec.Schema) *byteFields {
	found := map[*spec.Schema]*byteFields{}
	all := collectBytes(schema, found)
	for _, f := range found {
		if len(f.fields) > 0 {
			return all
		}
	}
	return nil
}

// collectBytes follows the relations, which may lead back.
func collectBytes(schema *spec.Schema, found map[*spec.Schema]*byteFields) *byteFields {
	if have, ok := found[schema]; ok {
		return have
	}
	b := &byteFields{relations: map[string]*byteFields{}}
	found[schema] = b
	for f := range schema.Fields() {
		if f.Kind == spec.KindBytes {
			b.fields = append(b.fields, f)
		}
	}
	for r := range schema.Relations() {
		b.relations[r.Name] = collectBytes(r.Rows, found)
	}
	return b
}

// decode replaces the texts of these fields by the bytes that they stand for. A
// text that is no base64 stays, and compares with nothing.
func (b *byteFields) decode(r row) {
	for _, f := range b.fields {
		if holder, key := locate(r, f.Name); holder != nil {
			holder[key] = decoded(holder[key])
		}
	}
	for name, related := range b.relations {
		holder, key := locate(r, name)
		if holder == nil {
			continue
		}
		switch v := holder[key].(type) {
		case row:
			related.decode(v)
		case []any:
			for _, e := range v {
				if m, ok := e.(row); ok {
					related.decode(m)
				}
			}
		}
	}
}

// locate returns the map and the key where a path ends; no map where it does not.
func locate(r row, path string) (row, string) {
	if _, ok := r[path]; ok {
		return r, path
	}
	first, rest, nested := strings.Cut(path, ".")
	next, ok := r[first].(row)
	if !nested || !ok {
		return nil, ""
	}
	return locate(next, rest)
}

func decoded(v any) any {
	switch v := v.(type) {
	case string:
		if b, err := base64.StdEncoding.Strict().DecodeString(v); err == nil {
			return b
		}
	case []any:
		for i, e := range v {
			v[i] = decoded(e)
		}
	}
	return v
}
