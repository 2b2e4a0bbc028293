package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/rolespec/rolespec/spec"
)

// column is a column of CSV.
type column struct {
	field spec.Field
	read  cellReader
	asked bool // the specification asks about it
}

// readHeader reads the names of the columns and finds the kind of each. A column
// that nobody declared is text.
func (in *rowInput) readHeader(sel *selected, null optional) error {
	header, line, err := in.records.next(nil)
	if errors.Is(err, io.EOF) {
		return &inputError{file: in.input.name, err: errors.New("CSV begins with a line of column names, and there is none")}
	} else if err != nil {
		return err
	}
	names, err := cells(nil, bytes.TrimPrefix(header, []byte(byteOrderMark)))
	if err != nil {
		return at(in.input.name, line, header, err)
	}
	columns, err := in.columns(names, sel)
	if err != nil {
		return &inputError{file: in.input.name, line: line, err: err}
	}
	in.header = header
	in.reader = func(paths map[string]bool) rowReader {
		r := &csvReader{file: in.input.name, null: null, columns: make([]column, len(columns)), row: row{}}
		for i, c := range columns {
			c.asked = paths[c.field.Name]
			r.columns[i] = c
		}
		return r
	}
	return nil
}

// columns returns the columns of these names, and makes the schema of the rows.
func (in *rowInput) columns(names [][]byte, sel *selected) ([]column, error) {
	var columns []column
	var undeclared []spec.Field
	seen := map[string]bool{}
	in.texts = map[string]bool{}
	for _, text := range names {
		name := string(text)
		if seen[name] {
			return nil, fmt.Errorf("two columns have the name %q", name)
		}
		seen[name] = true
		field, declared := in.schema.Field(name)
		if !declared {
			field = spec.Field{Name: name, Kind: spec.KindString, Nullable: true}
			undeclared = append(undeclared, field)
			in.texts[name] = true
		}
		columns = append(columns, column{field: field, read: readerOf(field)})
	}
	for path := range paths(sel.spec) {
		if _, declared := in.schema.Field(path); declared && !seen[path] {
			return nil, fmt.Errorf("there is no column %q, which the specification asks about", path)
		}
	}
	if !sel.open {
		return columns, nil
	}
	var fields []spec.Field
	for f := range in.schema.Fields() {
		fields = append(fields, f)
	}
	schema, err := spec.NewSchema(append(fields, undeclared...)...)
	if err != nil {
		return nil, errors.New(plain(err))
	}
	in.schema = schema
	return columns, nil
}

// csvReader reads rows of CSV.
type csvReader struct {
	file    string
	columns []column
	null    optional
	cells   [][]byte
	values  []any
	row     row
}

// read returns the row, nil for an empty line between rows of several columns.
func (r *csvReader) read(record []byte, line int) (_ row, err error) {
	if r.cells, err = cells(r.cells[:0], record); err != nil {
		return nil, at(r.file, line, record, err)
	}
	if len(r.columns) > 1 && len(r.cells) == 1 && len(r.cells[0]) == 0 {
		return nil, nil
	}
	if have, want := len(r.cells), len(r.columns); have != want {
		return nil, &inputError{file: r.file, line: line, err: fmt.Errorf("a row of %d cells, and the header names %d", have, want)}
	}
	r.values = r.values[:0]
	for i, c := range r.columns {
		v, err := r.value(c, r.cells[i])
		if err != nil {
			return nil, r.at(record, line, i, err)
		}
		r.values = append(r.values, v)
		if c.asked {
			r.row[c.field.Name] = v
		}
	}
	return r.row, nil
}

// value reads a cell. Text that nobody asks about is as it is.
func (r *csvReader) value(c column, cell []byte) (any, error) {
	switch {
	case r.null.set && string(cell) == r.null.value:
		return nil, nil
	case c.field.Kind == spec.KindString && !c.field.List && !c.asked:
		return cell, nil
	case len(cell) == 0 && (c.field.Kind != spec.KindString || c.field.List):
		return nil, nil
	}
	return c.read(cell)
}

func (r *csvReader) text(field string) (string, bool) {
	for i, c := range r.columns {
		if c.field.Name == field && r.values[i] != nil {
			return string(r.cells[i]), true
		}
	}
	return "", false
}

// at returns an error with the place of a cell: the line, and the number of its
// column.
func (r *csvReader) at(record []byte, line, i int, err error) error {
	return &inputError{file: r.file, line: line, column: i + 1, err: fmt.Errorf("column %q: %w", r.columns[i].field.Name, err)}
}
