package main

import (
	"encoding/json"
	"math"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/spec"
)

// The bounds of what is sent, which openapi.yaml has as well.
const (
	maxID          = math.MaxInt32
	maxName        = 200 // characters
	maxDescription = 2000
	maxUserID      = 24
	maxBatch       = 1000
	maxPage        = 1000
)

func bad(format string, args ...any) error {
	return web.Problemf(http.StatusBadRequest, format, args...)
}

// idOf reads an id in the path. It is a number and nothing else: what looks like JSON is
// a 400 and never reaches a statement.
func idOf(r *http.Request, name string) (int64, error) { return web.PathInt(r, name, 1, maxID) }

func userOf(r *http.Request) (string, error) { return web.PathText(r, "userId", maxUserID) }

// text is the problem of a text that is missing, empty or too long.
func text(field string, value *string, most int) error {
	if value == nil {
		return bad("Missing key in body: %s", field)
	}
	if n := utf8.RuneCountInString(*value); n == 0 || n > most {
		return bad("%s has to be a text of 1 to %d characters", field, most)
	}
	return nil
}

// batch reads a list of items, and returns what key makes of each: sorted, so that all
// who write the same rows lock them in the same order, and each once.
func batch[T any, K string | int64](w http.ResponseWriter, r *http.Request, key func(T) (K, error)) ([]K, error) {
	items, err := web.Decode[[]T](w, r)
	if err != nil {
		return nil, err
	}
	if items == nil {
		return nil, bad("the body has to be a list")
	}
	if len(items) > maxBatch {
		return nil, bad("the list has more than %d items", maxBatch)
	}
	keys := make([]K, 0, len(items))
	for _, item := range items {
		k, err := key(item)
		if err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return slices.Compact(keys), nil
}

// userItem names a user: {"userId": "ann"}.
type userItem struct {
	UserID *string `json:"userId"`
}

func (u userItem) key() (string, error) {
	if err := text("userId", u.UserID, maxUserID); err != nil {
		return "", err
	}
	return *u.UserID, nil
}

// resourceItem names a resource: {"resourceId": 1}, or "1".
type resourceItem struct {
	ResourceID *identifier `json:"resourceId"`
}

func (i resourceItem) key() (int64, error) {
	if i.ResourceID == nil {
		return 0, bad("Missing key in body: resourceId")
	}
	return int64(*i.ResourceID), nil
}

// identifier is an id in a body: a number, or a text of one.
type identifier int64

// UnmarshalJSON implements json.Unmarshaler.
func (i *identifier) UnmarshalJSON(data []byte) error {
	digits := string(data)
	if digits[0] == '"' {
		if err := json.Unmarshal(data, &digits); err != nil {
			return err
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 1 || n > maxID || digits != strconv.FormatInt(n, 10) {
		return bad("an id has to be a number from 1 to %d", maxID)
	}
	*i = identifier(n)
	return nil
}

// numbered reads the page of a list whose ids are numbers.
func numbered(r *http.Request) (page, error) {
	query := web.Query(r)
	p := page{limit: int(query.Int("limit", maxPage, 1, maxPage)), after: spec.All()}
	if after := query.Int("after", 0, 0, maxID); after > 0 {
		p.after = spec.Gt("id", after)
	}
	return p, query.Done()
}

// named reads the page of a list whose ids are texts.
func named(r *http.Request) (page, error) {
	query := web.Query(r)
	p := page{limit: int(query.Int("limit", maxPage, 1, maxPage)), after: spec.All()}
	if after, ok := query.Optional("after", maxUserID); ok {
		p.after = spec.Gt("id", after)
	}
	return p, query.Done()
}
