package main

import (
	"bytes"
	"errors"
	"unicode/utf8"
)

// cells splits a record of CSV (RFC 4180) into its cells, which are part of it
// where they can be. What programs read in different ways is an error: a quote or
// a carriage return inside a cell that is not in quotes.
func cells(cells [][]byte, record []byte) ([][]byte, error) {
	if !utf8.Valid(record) {
		return cells, &jsonError{invalidAt(record), "this text is not UTF-8"}
	}
	rest := withoutEnd(record)
	for pos := 0; ; pos++ {
		cell, size, err := firstCell(rest[pos:])
		if err != nil {
			return cells, &jsonError{pos + size, err.Error()}
		}
		cells = append(cells, cell)
		if pos += size; pos == len(rest) {
			return cells, nil
		}
	}
}

// withoutEnd returns a record without the end of its line.
func withoutEnd(record []byte) []byte {
	if line, ok := bytes.CutSuffix(record, []byte{'\n'}); ok {
		return bytes.TrimSuffix(line, []byte{'\r'})
	}
	return record
}

// firstCell returns the first cell and how long it is with its quotes.
func firstCell(text []byte) (cell []byte, size int, err error) {
	if len(text) == 0 || text[0] != '"' {
		end := bytes.IndexByte(text, ',')
		if end < 0 {
			end = len(text)
		}
		if i := bytes.IndexByte(text[:end], '"'); i >= 0 {
			return nil, i, errors.New("a quote inside a cell that does not begin with one")
		}
		if i := bytes.IndexByte(text[:end], '\r'); i >= 0 {
			return nil, i, errors.New("a carriage return that ends no line: put the cell in quotes")
		}
		return text[:end], end, nil
	}
	for pos := 1; ; {
		end := bytes.IndexByte(text[pos:], '"')
		if end < 0 {
			return nil, 0, errors.New("a quote is never closed")
		}
		end += pos
		switch {
		case end+1 < len(text) && text[end+1] == '"': // a quote that is meant
			cell = append(cell, text[pos:end+1]...)
			pos = end + 2
			continue
		case end+1 < len(text) && text[end+1] != ',':
			return nil, end + 1, errors.New("a comma is missing behind the closing quote")
		case cell == nil:
			return text[1:end], end + 1, nil
		}
		return append(cell, text[pos:end]...), end + 1, nil
	}
}

func invalidAt(text []byte) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(text)
}
