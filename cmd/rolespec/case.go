package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// testCase asks whether a row is visible.
type testCase struct {
	file string
	line int
	id   any // a text, a number, or nil where there is none
	spec []byte
	row  row
	want bool
}

// caseReader reads cases, one JSON object a line.
type caseReader struct {
	file  string
	bytes *byteFields // nil for none
	scan  scanner
}

// read returns the case, nil for a line of blanks.
func (r *caseReader) read(record []byte, line int) (*testCase, error) {
	s := &r.scan
	text := withoutEnd(record)
	s.reset(text)
	if s.atEnd() {
		return nil, nil
	}
	tc := &testCase{file: r.file, line: line}
	if err := tc.scan(s); err != nil {
		return nil, at(r.file, line, text, err)
	}
	if r.bytes != nil {
		r.bytes.decode(tc.row)
	}
	return tc, nil
}

func (tc *testCase) scan(s *scanner) error {
	if s.peek() != '{' {
		return s.fail("a case is a JSON object, in braces")
	}
	var hasWant bool
	err := s.members(func(key []byte) (err error) {
		switch string(key) {
		case "id":
			tc.id, err = s.scalar()
		case "spec":
			tc.spec, err = s.skip()
		case "row":
			tc.row, err = s.nested()
		case "want":
			hasWant = true
			tc.want, err = s.truth()
		default:
			_, err = s.value(false)
		}
		return err
	})
	switch {
	case err != nil:
		return err
	case tc.spec == nil:
		return errors.New(`a case without "spec"`)
	case tc.row == nil:
		return errors.New(`a case without "row"`)
	case !hasWant:
		return errors.New(`a case without "want"`)
	}
	return s.end()
}

// scalar reads the id.
func (s *scanner) scalar() (any, error) {
	start := s.pos
	v, err := s.value(true)
	switch v.(type) {
	case nil, string, int64, json.Number:
		return v, err
	}
	s.pos = start
	return nil, s.fail("an id is a number or a text")
}

func (s *scanner) nested() (row, error) {
	if s.peek() != '{' {
		return nil, s.fail("a row is a JSON object, in braces")
	}
	v, err := s.value(true)
	r, _ := v.(row)
	return r, err
}

func (s *scanner) truth() (bool, error) {
	if c := s.peek(); c != 't' && c != 'f' {
		return false, s.fail("what a case wants is true or false")
	}
	v, err := s.value(true)
	b, _ := v.(bool)
	return b, err
}

// verdict evaluates the case. A specification that is refused shows nothing.
func (tc *testCase) verdict(schema *spec.Schema) (why spec.Explanation, refused error) {
	s, err := tc.specification()
	if err != nil {
		return why, err
	}
	var opts []spec.Option
	if schema != nil {
		opts = append(opts, spec.WithSchema(schema))
	}
	m, err := spec.Compile[row](s, opts...)
	if err != nil {
		return why, err
	}
	if m.Match(&tc.row) == tc.want { // most cases pass, and need no reasons
		return spec.Explanation{Truth: truthOf(tc.want)}, nil
	}
	return m.Explain(&tc.row), nil
}

func truthOf(b bool) spec.Truth {
	if b {
		return spec.True
	}
	return spec.False
}

// specification reads the JSON form, or the text form out of a JSON text.
func (tc *testCase) specification() (s spec.Specification, err error) {
	if tc.spec[0] != '"' {
		err = s.UnmarshalJSON(tc.spec)
		return s, err
	}
	scan := scanner{data: tc.spec}
	text, err := scan.text()
	if err != nil {
		return s, err
	}
	return spec.Parse(string(text))
}

// name returns the id as people read it.
func (tc *testCase) name() string {
	switch id := tc.id.(type) {
	case nil:
		return "without an id"
	case string:
		return readable(id)
	}
	return fmt.Sprint(tc.id)
}

func (tc *testCase) place() string { return fmt.Sprintf("%s:%d", tc.file, tc.line) }

// miss is a case that failed, for programs.
type miss struct {
	File    string    `json:"file"`
	Line    int       `json:"line"`
	ID      any       `json:"id"`
	Have    bool      `json:"have"`
	Want    bool      `json:"want"`
	Truth   string    `json:"truth,omitempty"`
	Leaves  []partWhy `json:"leaves,omitempty"`
	Refused string    `json:"refused,omitempty"`
}

// appendRefusal appends what is told of a case whose specification is refused.
func (tc *testCase) appendRefusal(out []byte, refused error, asJSON bool) []byte {
	text := fmt.Sprintf("case %s (%s): refused: %s", tc.name(), tc.place(), oneLine(refused))
	if !asJSON {
		return append(append(append(out, "rolespec: "...), text...), '\n')
	}
	line, err := jsonLine(failure{Error: text, Kind: "refused", File: tc.file, Line: tc.line})
	if err != nil {
		return out // texts and numbers can always be written
	}
	return append(out, line...)
}

func (tc *testCase) appendMiss(out []byte, why spec.Explanation, refused error) []byte {
	m := miss{File: tc.file, Line: tc.line, ID: tc.id, Have: why.Visible(), Want: tc.want}
	if refused != nil {
		m.Refused = oneLine(refused)
	} else {
		m.Truth, m.Leaves = why.Truth.String(), leavesOf(why)
	}
	line, err := jsonLine(m)
	if err != nil {
		return out // texts and numbers can always be written
	}
	return append(out, line...)
}
