package main

import "fmt"

// jsonReader reads rows that are JSON objects, one a line. Of an object it
// builds the keys that are asked about.
type jsonReader struct {
	file   string
	keys   map[string]string // nil for all
	bytes  *byteFields       // nil for none
	scan   scanner
	row    row
	record []byte
}

// read returns the row, nil for a line of blanks.
func (r *jsonReader) read(record []byte, line int) (row, error) {
	r.record = record
	text := withoutEnd(record)
	r.scan.reset(text)
	if r.scan.atEnd() {
		return nil, nil
	}
	clear(r.row)
	if err := r.scan.row(r.row, r.keys); err != nil {
		return nil, at(r.file, line, text, err)
	}
	if r.bytes != nil {
		r.bytes.decode(r.row)
	}
	return r.row, nil
}

func (r *jsonReader) appendJSON(out []byte) []byte { return appendLine(out, r.record) }

func (r *jsonReader) text(field string) (string, bool) {
	holder, key := locate(r.row, field)
	if holder == nil || holder[key] == nil {
		return "", false
	}
	return fmt.Sprint(holder[key]), true
}

// row reads an object that is all of the data into a map: the keys that are
// asked about, or all.
func (s *scanner) row(into row, keys map[string]string) error {
	if s.peek() != '{' {
		return s.fail("a row is a JSON object, in braces")
	}
	err := s.members(func(key []byte) error {
		name, wanted := keys[string(key)]
		if keys == nil {
			name, wanted = string(key), true
		}
		v, err := s.value(wanted)
		if wanted {
			into[name] = v
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.end()
}
