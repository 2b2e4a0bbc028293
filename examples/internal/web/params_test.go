package web_test

import (
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/examples/internal/web"
)

// read asks for every kind of parameter.
func read(p *web.Params) string {
	name, there := p.Optional("name", 5)
	return fmt.Sprintf("%s %s %v %d %v", p.Required("user", 5), name, there, p.Int("n", 7, -1, 9), p.Page(20, 100))
}

func TestParams(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ query, want, err string }{
		{"user=u", "u  false 7 {20 0}", ""},
		{"user=u&name=&n=-1&limit=100&skip=1000000", "u  true -1 {100 1000000}", ""},
		{"user=%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4&name=a+b", "äääää a b true 7 {20 0}", ""},
		{"", "", "user in the query is missing"},
		{"user=", "", "user in the query is missing"},
		{"user=abcdef", "", "user in the query has more than 5 characters"},
		{"user=u&name=abcdef", "", "name in the query has more than 5"},
		{"user=u&user=v", "", "user in the query stands twice"},
		{"user=u&n=10", "", "n in the query has to be a number from -1 to 9"},
		{"user=u&n=-2", "", "n in the query"},
		{"user=u&n=", "", "n in the query"},
		{"user=u&n=+1", "", "n in the query"},
		{"user=u&n=%2B1", "", "n in the query"},
		{"user=u&n=01", "", "n in the query"},
		{"user=u&n=1e0", "", "n in the query"},
		{"user=u&n=99999999999999999999999", "", "n in the query"},
		{"user=u&limit=0", "", "limit in the query has to be a number from 1 to 100"},
		{"user=u&limit=101", "", "limit in the query"},
		{"user=u&skip=-1", "", "skip in the query"},
		{"user=u&skip=1000001", "", "skip in the query"},
		{"user=u&admin=1", "", `"admin" in the query is not known`},
		{"user=u;name=b", "", "the query cannot be read"},
		{"user=%zz", "", "the query cannot be read"},
		{"user=%FF", "", "not UTF-8"},
		{"user=a%00b", "", "a NUL"},
		{"user=u&a%00b=1", "", "a NUL"},
	} {
		get := httptest.NewRequest("GET", "/?"+c.query, nil)
		w, post := request("application/x-www-form-urlencoded", c.query)
		post.URL.RawQuery = "user=other&n=x" // is no part of the form
		for in, p := range map[string]*web.Params{"query": web.Query(get), "form": web.Form(w, post)} {
			got, err := read(p), p.Done()
			if want := strings.ReplaceAll(c.err, "query", in); c.err != "" {
				var parameter *web.ParameterError
				if !errors.As(err, &parameter) || !strings.Contains(err.Error(), want) {
					t.Errorf("%s %s: %v, want %s", in, c.query, err, want)
				}
			} else if err != nil || got != c.want {
				t.Errorf("%s %s: %s %v, want %s", in, c.query, got, err, c.want)
			}
		}
	}
}

func TestOwnChecks(t *testing.T) {
	t.Parallel()
	p := web.Query(httptest.NewRequest("GET", "/?limit=5", nil))
	p.Page(20, 100)
	p.Fail("name", "has to be a color")
	if err := p.Done(); err == nil || err.Error() != "name in the query has to be a color" {
		t.Error(err)
	}
}
