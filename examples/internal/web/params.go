package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ParameterError is a parameter that does not fit. Its text is for the caller.
type ParameterError struct {
	In   string // "query", "form" or "path"
	Name string // empty where it is all of them
	Want string // what it has to be: "a number from 1 to 100"
}

func (e *ParameterError) Error() string {
	if e.Name == "" {
		return fmt.Sprintf("the %s %s", e.In, e.Want)
	}
	return fmt.Sprintf("%s in the %s %s", e.Name, e.In, e.Want)
}

// Params are the parameters of a query or a form. The first that does not fit is kept
// and reported by Done; until then methods return the default or nothing. A parameter
// stands at most once. It is used by one goroutine.
type Params struct {
	in     string
	values url.Values
	known  map[string]bool
	err    error
}

// Query returns the parameters behind the question mark.
func Query(r *http.Request) *Params {
	values, err := url.ParseQuery(r.URL.RawQuery) // r.URL.Query would leave out what it cannot read
	return newParams("query", values, err)
}

// Form returns the fields of a form in the body, application/x-www-form-urlencoded.
// Those in the query are not among them.
func Form(w http.ResponseWriter, r *http.Request) *Params {
	if err := mediaType(r, "application/x-www-form-urlencoded"); err != nil {
		return &Params{in: "form", known: map[string]bool{}, err: err}
	}
	body, err := readBody(w, r)
	if err != nil {
		return &Params{in: "form", known: map[string]bool{}, err: err}
	}
	values, err := url.ParseQuery(string(body))
	return newParams("form", values, err)
}

func newParams(in string, values url.Values, err error) *Params {
	p := &Params{in: in, values: values, known: map[string]bool{}}
	if err != nil {
		p.fail("", "cannot be read")
	}
	for name, texts := range values {
		for _, text := range append(texts, name) {
			if !storable(text) {
				p.fail("", "has text that is not UTF-8, or a NUL")
			}
		}
	}
	return p
}

// storable reports whether every database stores the text as it is.
func storable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsRune(text, 0)
}

func (p *Params) fail(name, want string) {
	if p.err == nil {
		p.err = &ParameterError{p.in, name, want}
	}
}

// Fail keeps an error of the caller's own check of a parameter: "has to be a color".
func (p *Params) Fail(name, want string) { p.fail(name, want) }

// Optional returns a text of at most max characters, and whether it is there.
func (p *Params) Optional(name string, max int) (string, bool) {
	p.known[name] = true
	texts, ok := p.values[name]
	switch {
	case !ok:
		return "", false
	case len(texts) > 1:
		p.fail(name, "stands twice")
		return "", false
	case utf8.RuneCountInString(texts[0]) > max:
		p.fail(name, fmt.Sprintf("has more than %d characters", max))
		return "", false
	}
	return texts[0], true
}

// Required returns a text that is there and not empty.
func (p *Params) Required(name string, max int) string {
	text, _ := p.Optional(name, max)
	if text == "" {
		p.fail(name, "is missing")
	}
	return text
}

// Int returns a number, or otherwise where there is none.
func (p *Params) Int(name string, otherwise, min, max int64) int64 {
	text, ok := p.Optional(name, 20)
	if !ok {
		return otherwise
	}
	n, err := parseInt(text, min, max)
	if err != nil {
		p.fail(name, err.Error())
		return otherwise
	}
	return n
}

// Done is the error of the first parameter that does not fit, a *[ParameterError], or of
// one that nobody has asked for; of a form that cannot be read it is a *[Problem].
func (p *Params) Done() error {
	if p.err != nil {
		return p.err
	}
	var unknown []string
	for name := range p.values {
		if !p.known[name] {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) > 0 {
		return &ParameterError{p.in, strconv.Quote(slices.Min(unknown)), "is not known"}
	}
	return nil
}

// parseInt reads a number as strconv prints it: not "+1", "01" or "1e3".
func parseInt(text string, min, max int64) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < min || n > max || text != strconv.FormatInt(n, 10) {
		return 0, fmt.Errorf("has to be a number from %d to %d", min, max)
	}
	return n, nil
}
