package web

import (
	"net/http"
	"unicode/utf8"
)

// PathInt reads a number in the path, such as an id. The error is a *[ParameterError].
// A service to which what is no id is a row that is not there returns [ErrNotFound]
// instead.
func PathInt(r *http.Request, name string, min, max int64) (int64, error) {
	n, err := parseInt(r.PathValue(name), min, max)
	if err != nil {
		return 0, &ParameterError{"path", name, err.Error()}
	}
	return n, nil
}

// PathText reads a text of 1 to max characters in the path.
func PathText(r *http.Request, name string, max int) (string, error) {
	text := r.PathValue(name)
	if n := utf8.RuneCountInString(text); n == 0 || n > max || !storable(text) {
		return "", &ParameterError{"path", name, "has to be a shorter text, of UTF-8 and without NUL"}
	}
	return text, nil
}

// PathUUID reads a UUID in the path, in lower case and with hyphens, as it is printed.
func PathUUID(r *http.Request, name string) (string, error) {
	text := r.PathValue(name)
	if !isUUID(text) {
		return "", &ParameterError{"path", name, "has to be a UUID in lower case"}
	}
	return text, nil
}

// isUUID reports whether a text is a UUID as it is printed: one text for each, so that
// comparing them is comparing texts.
func isUUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i := range len(text) {
		switch c := text[i]; i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
				return false
			}
		}
	}
	return true
}
