package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// row is what a specification is evaluated on.
type row = map[string]any

// rowReader reads the row of a record. The row is good until the next call. A
// rowReader is used by one goroutine.
type rowReader interface {
	read(record []byte, line int) (row, error)
	// text returns what the row that was read last has in a field, as it is written;
	// not ok where that is null or missing.
	text(field string) (text string, ok bool)
	// appendJSON appends the row that was read last as a line of JSON.
	appendJSON(out []byte) []byte
}

// rowInput is an input of rows, ready to be read by any number of readers.
type rowInput struct {
	input   *input
	records *records
	header  []byte // of CSV, with its line end
	schema  *spec.Schema
	texts   map[string]bool // columns of CSV that nobody declared
	reader  func(paths map[string]bool) rowReader
}

// openRows opens an input of rows. The schema is what the user declares of them,
// nil for nothing.
func (e *environment) openRows(path, format string, sel *selected, null optional) (*rowInput, error) {
	if format == "" {
		var err error
		if format, err = formatOf(path); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	if null.set && format != "csv" {
		return nil, &usageError{text: "--null is for CSV: JSON has a null"}
	}
	in, err := e.open(path)
	if err != nil {
		return nil, err
	}
	rows := &rowInput{input: in, records: newRecords(in, format == "csv"), schema: sel.schema}
	if format == "csv" {
		err = rows.readHeader(sel, null)
	} else {
		bytes := byteFieldsOf(sel.schema)
		rows.reader = func(paths map[string]bool) rowReader {
			return &jsonReader{file: in.name, keys: keysOf(paths), bytes: bytes, row: row{}}
		}
	}
	if err != nil {
		in.Close()
		return nil, err
	}
	return rows, nil
}

func (in *rowInput) close() { in.input.Close() }

// compile makes the specification ready for the rows.
func (in *rowInput) compile(sel *selected) (*spec.Matcher[row], error) {
	m, err := compile(sel, in.schema)
	var field *spec.FieldError
	if errors.Is(err, spec.ErrType) && errors.As(err, &field) && in.texts[field.Field] {
		return nil, fmt.Errorf("%w; a column of CSV is text unless it is declared, as in --fields %s:int", err, field.Field)
	}
	return m, err
}

func compile(sel *selected, schema *spec.Schema) (*spec.Matcher[row], error) {
	var opts []spec.Option
	if schema != nil {
		opts = append(opts, spec.WithSchema(schema))
	}
	m, err := spec.Compile[row](sel.spec, opts...)
	if err != nil {
		return nil, &specError{sel.source, nearest(err, schema)}
	}
	return m, nil
}

// each calls what newEach returns for every row, and writes what it adds to the
// batch, in order.
func (in *rowInput) each(ctx context.Context, e *environment, paths map[string]bool, newEach func(rowReader) eachRow) (tally, error) {
	return stream(ctx, in.records, func() worker {
		reader := in.reader(paths)
		do := newEach(reader)
		return func(b *batch, record []byte, line int) error {
			r, err := reader.read(record, line)
			if r == nil || err != nil {
				return err
			}
			return do(b, r, record, line)
		}
	}, e)
}

// eachRow deals with one row, whose record it gets as well.
type eachRow func(b *batch, r row, record []byte, line int) error

// appendLine appends a record as a line.
func appendLine(out, record []byte) []byte {
	out = append(out, record...)
	if len(record) == 0 || record[len(record)-1] != '\n' {
		out = append(out, '\n')
	}
	return out
}
