package sqlspectest

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

func only(ok bool, problem string) error {
	if ok {
		return nil
	}
	return errors.New("it gives " + problem)
}

// textual is a text as drivers give it.
func textual(value any) (string, bool) {
	switch x := value.(type) {
	case string:
		return x, true
	case []byte:
		return string(x), true
	}
	return "", false
}

// clock is how instants are read: UTC, to the microsecond.
const clock = "2006-01-02T15:04:05.999999"

// decodeText makes a value of the text that a column gives: bytes and octets as
// hexadecimal digits, instants as the clock of UTC.
func decodeText(s sqlspec.Stored, text string) (v any, err error) {
	if s.Field.List {
		return decodeJSON(s.Field, text)
	}
	switch kind := s.Field.Kind; kind {
	case spec.KindBool:
		v = text == "true" || text == "1"
		err = only(text == "true" || text == "false" || text == "0" || text == "1", "the text "+strconv.Quote(text))
	case spec.KindInt:
		v, err = strconv.ParseInt(text, 10, 64)
	case spec.KindUint:
		v, err = strconv.ParseUint(text, 10, 64)
	case spec.KindFloat:
		v, err = strconv.ParseFloat(text, 64)
	case spec.KindDecimal:
		return decodeDecimal(s, text)
	case spec.KindBytes:
		v, err = hex.DecodeString(text)
	case spec.KindTime:
		v, err = time.Parse(clock, text)
	case spec.KindDate:
		v, err = spec.ParseDate(text)
	case spec.KindUUID:
		digits := strings.ToLower(strings.ReplaceAll(text, "-", ""))
		v = writeUUID(sqlspec.Stored{}, digits)
		err = only(len(digits) == 32, "the text "+strconv.Quote(text))
	default:
		return text, nil
	}
	if err != nil {
		err = fmt.Errorf("it gives %q, which is no %s", text, s.Field.Kind)
	}
	return v, err
}

func decodeDecimal(s sqlspec.Stored, text string) (any, error) {
	if s.Storage == sqlspec.StoredScaled {
		units, err := strconv.ParseInt(text, 10, 64)
		return spec.DecimalOf(units, s.Digits), err
	}
	return spec.ParseDecimal(text)
}

// decodeJSON makes a list of JSON.
func decodeJSON(f spec.Field, text string) (any, error) {
	var list []any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&list); err != nil {
		return nil, fmt.Errorf("it gives %q, which is no list in JSON", text)
	}
	for i, e := range list {
		var err error
		switch x := e.(type) {
		case nil, bool:
		case json.Number:
			list[i], err = decodeText(sqlspec.Stored{Field: spec.Field{Kind: f.Kind}}, x.String())
		case string:
			list[i], err = decodeElement(f.Kind, x)
		default:
			err = fmt.Errorf("it gives %q, which holds something else than values", text)
		}
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

func decodeElement(kind spec.Kind, text string) (any, error) {
	switch kind {
	case spec.KindTime:
		return time.Parse(time.RFC3339Nano, text)
	case spec.KindBytes:
		return hex.DecodeString(strings.TrimPrefix(text, `\x`))
	case spec.KindInt, spec.KindUint, spec.KindBool:
		return nil, fmt.Errorf("it gives a list with the text %q", text)
	}
	return decodeText(sqlspec.Stored{Field: spec.Field{Kind: kind}}, text)
}
