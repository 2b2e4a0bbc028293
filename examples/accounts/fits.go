package main

import (
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/web"
)

// fits collects what does not fit in a body.
type fits struct{ problems []web.Field }

func (f *fits) fail(name, format string, args ...any) {
	f.problems = append(f.problems, web.Field{Pointer: "/" + name, Detail: fmt.Sprintf(format, args...)})
}

// done is the problem of all that does not fit.
func (f *fits) done() error {
	if len(f.problems) == 0 {
		return nil
	}
	return web.Invalid(f.problems...)
}

// needed sets what has to have a value, from a body that names it.
func needed[T any](f *fits, name string, to *T, in field[T]) {
	switch {
	case !in.given:
	case in.value == nil:
		f.fail(name, "cannot be null")
	default:
		*to = *in.value
	}
}

// optional sets what may be null.
func optional[T any](to **T, in field[T]) {
	if in.given {
		*to = in.value
	}
}

func (f *fits) text(name, text string, min, max int) {
	if n := utf8.RuneCountInString(text); n < min || n > max || !printable(text) {
		f.fail(name, "has to be a text of %d to %d characters without control characters", min, max)
	}
}

func (f *fits) optionalText(name string, text *string, max int) {
	if text != nil {
		f.text(name, *text, 0, max)
	}
}

func (f *fits) email(email string) {
	if !isEmail(email) {
		f.fail("email", "has to be an e-mail address of at most %d characters", maxEmail)
	}
}

func (f *fits) password(name, password string) {
	if len(password) < minPassword || len(password) > maxPassword {
		f.fail(name, "has to have %d to %d bytes", minPassword, maxPassword)
	}
}

// instant bounds a time to what both databases store, and cuts it to microseconds.
func (f *fits) instant(name string, at *time.Time) *time.Time {
	if at == nil {
		return nil
	}
	cut := at.UTC().Truncate(time.Microsecond)
	if cut.Year() < 1970 || cut.Year() > 9999 {
		f.fail(name, "has to be a time from 1970 to 9999")
	}
	return &cut
}

func (f *fits) id(name string, id uuid.UUID) {
	if id == (uuid.UUID{}) {
		f.fail(name, "is missing")
	}
}
