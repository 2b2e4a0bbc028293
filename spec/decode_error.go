package spec

import (
	"errors"
	"fmt"
	"strconv"
)

// What can be wrong with JSON, beside [ErrField] and its like for a specification
// that can be read and not built. Test with errors.Is.
var (
	// ErrDecode is wrapped by every *DecodeError.
	ErrDecode = errors.New("spec: JSON is no specification")
	// ErrTooLarge: a specification is beyond MaxJSON, MaxJSONNodes or
	// MaxJSONElements.
	ErrTooLarge = errors.New("spec: specification too large for JSON")
)

// DecodeError says what is wrong with the JSON of a specification, and where. Its
// text never shows a value.
type DecodeError struct {
	Path   string // such as $.specs[2].value; for an unknown key that of its object
	Offset int    // in bytes, in the JSON of the specification itself
	Reason string
	err    error
}

// Error returns a sentence for a log.
func (e *DecodeError) Error() string {
	return fmt.Sprintf("spec: JSON at %s (byte %d): %s", e.Path, e.Offset, e.Reason)
}

// Unwrap returns [ErrDecode] and, where there is one, what it wraps: a
// [*FieldError], a [*RelationError], [ErrValue], [ErrTooDeep] or [ErrTooLarge].
func (e *DecodeError) Unwrap() []error {
	if e.err == nil {
		return []error{ErrDecode}
	}
	return []error{ErrDecode, e.err}
}

// within puts a step before the path of an error that the reader returned.
func within(step string, err error) error {
	if e, ok := err.(*DecodeError); ok {
		e.Path = step + e.Path
	}
	return err
}

func withinKey(k jsonKey, err error) error { return within("."+jsonKeyNames[k], err) }

func withinElement(i int, err error) error { return within("["+strconv.Itoa(i)+"]", err) }

// quoted shows a name from the text in an error, but no more than its beginning.
func quoted[T string | []byte](name T) string {
	const most = 40
	if len(name) > most {
		return strconv.Quote(string(name[:most])) + "..."
	}
	return strconv.Quote(string(name))
}
