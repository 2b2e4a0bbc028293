package main

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/rolespec/rolespec/spec"
)

// appendJSON appends the row as an object: numbers, truth values, lists and nulls
// as JSON has them, all else as the text of the cell.
func (r *csvReader) appendJSON(out []byte) []byte {
	out = append(out, '{')
	for i, c := range r.columns {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(appendText(out, c.field.Name), ':')
		out = appendCell(out, c.field, r.values[i], r.cells[i])
	}
	return append(out, "}\n"...)
}

func appendCell(out []byte, f spec.Field, value any, cell []byte) []byte {
	if value == nil {
		return append(out, "null"...)
	}
	if f.List {
		var list bytes.Buffer
		if json.Compact(&list, cell) == nil {
			return append(out, list.Bytes()...)
		}
	}
	switch v := value.(type) {
	case int64:
		return strconv.AppendInt(out, v, 10)
	case uint64:
		return strconv.AppendUint(out, v, 10)
	case float64: // a float is read as a number, which is one of JSON
		return append(out, cell...)
	case bool:
		return strconv.AppendBool(out, v)
	}
	return appendText(out, string(cell))
}

// appendText appends a text in quotes. It is valid UTF-8.
func appendText(out []byte, text string) []byte {
	line, err := jsonLine(text)
	if err != nil {
		return append(out, "null"...) // a text can always be written
	}
	return append(out, line[:len(line)-1]...)
}
