package main

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/rolespec/rolespec/examples/internal/web"
)

// listing is the answer to a list: how many rows it has, and the rows. Next is where the
// ones behind them are; without it there are none.
type listing[T any] struct {
	Count int    `json:"count"`
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// answerList answers with a page of rows.
func answerList[T interface{ id() string }](w http.ResponseWriter, r *http.Request, rows []T, more bool, err error) error {
	if err != nil {
		return err
	}
	l := listing[T]{Count: len(rows), Items: rows}
	if more {
		query := r.URL.Query()
		query.Set("after", rows[len(rows)-1].id())
		l.Next = (&url.URL{Path: r.URL.Path, RawQuery: query.Encode()}).String()
	}
	return web.WriteJSON(w, http.StatusOK, l)
}

func (g Group) id() string    { return strconv.FormatInt(g.ID, 10) }
func (r Resource) id() string { return strconv.FormatInt(r.ID, 10) }
func (u User) id() string     { return u.ID }
