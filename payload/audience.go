package payload

import (
	"encoding/json"
	"errors"
	"slices"
)

var errAudience = errors.New("payload: an audience is a string or a list of strings")

// Audience is the aud claim: whom a token is for. In JSON it is a string or a list of
// strings; one audience is written as a string. The nil Audience names nobody.
type Audience []string

// Has reports whether the audience is named, letter for letter.
func (a Audience) Has(name string) bool { return slices.Contains(a, name) }

// MarshalJSON writes one audience as a string, any other number as a list.
func (a Audience) MarshalJSON() ([]byte, error) {
	if len(a) == 1 {
		return json.Marshal(a[0])
	}
	return json.Marshal(append([]string{}, a...))
}

// UnmarshalJSON reads a string or a list of strings. Anything else is an error, also
// null and a list that holds something else than strings.
func (a *Audience) UnmarshalJSON(data []byte) error {
	if !json.Valid(data) {
		return errAudience
	}
	read, ok := readAudience(data)
	if !ok {
		return errAudience
	}
	*a = read
	return nil
}

func readAudience(value []byte) (Audience, bool) {
	if one, ok := text(value); ok {
		return Audience{one}, true
	}
	return texts(value)
}
