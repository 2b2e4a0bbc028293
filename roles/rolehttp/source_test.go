package rolehttp_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

func TestSources(t *testing.T) {
	custom := rolehttp.FromFunc("X-Token", func(r *http.Request) (string, bool) {
		return r.Header.Get("X-Token"), len(r.Header.Values("X-Token")) < 2
	})
	g, err := rolehttp.New(fake(asUser), service, rolehttp.WithTokenFrom(rolehttp.FromHeader(), rolehttp.FromCookie("session"), custom))
	if err != nil {
		t.Fatal(err)
	}
	send := serve(t, g.Endpoint("tasks")(shown))
	for _, c := range []struct {
		why    string
		header []string
		status int
		shows  string
	}{
		{"the header", with("a1"), 200, `account == "a1"`},
		{"the cookie", []string{"Cookie", "session=a2"}, 200, `account == "a2"`},
		{"the cookie among others", []string{"Cookie", "a=b; session=a2; c=d"}, 200, `account == "a2"`},
		{"the function", []string{"X-Token", "a3"}, 200, `account == "a3"`},
		{"nothing", nil, 401, ""},
		{"another cookie", []string{"Cookie", "Session=a2"}, 401, ""},
		{"header and cookie", append(with("a1"), "Cookie", "session=a2"), 400, ""},
		{"header and cookie, alike", append(with("a1"), "Cookie", "session=a1"), 400, ""},
		{"header and function", append(with("a1"), "X-Token", "a1"), 400, ""},
		{"two cookies", []string{"Cookie", "session=a1; session=a2"}, 400, ""},
		{"two lines of cookies", []string{"Cookie", "session=a1", "Cookie", "session=a1"}, 400, ""},
		{"an empty cookie", []string{"Cookie", "session="}, 400, ""},
		{"a cookie that is no token", []string{"Cookie", "session=a:b"}, 400, ""},
		{"a function that says no", []string{"X-Token", "a", "X-Token", "b"}, 400, ""},
		{"a broken header beside a cookie", []string{"Authorization", "Bearer", "Cookie", "session=a2"}, 400, ""},
		{"another scheme beside a cookie", []string{"Authorization", "Basic YTpi", "Cookie", "session=a2"}, 200, `account == "a2"`},
	} {
		t.Run(c.why, func(t *testing.T) {
			resp := send("GET", "/", c.header...)
			if have := body(t, resp); resp.StatusCode != c.status || c.status == 200 && have != c.shows {
				t.Errorf("have %d %q, want %d %q", resp.StatusCode, have, c.status, c.shows)
			}
			if have := resp.Header.Values("Vary"); len(have) != 3 || have[0] != "Authorization" || have[1] != "Cookie" || have[2] != "X-Token" {
				t.Errorf("have Vary %q, want all of the headers", have)
			}
		})
	}
}

// The grammar of RFC 6750 2.1 and RFC 7235, written in another way.
var (
	bearer = regexp.MustCompile(`^(?i:bearer) +([A-Za-z0-9._~+/-]+=*)$`)
	scheme = regexp.MustCompile("^([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?s: .*)?$")
)

// FuzzAuthorization: what reaches the verifier is the token of the grammar, and what
// is not of it reaches nobody.
func FuzzAuthorization(f *testing.F) {
	for _, c := range requests {
		for i := 0; i+1 < len(c.header); i += 2 {
			f.Add(c.header[i+1])
		}
	}
	for _, seed := range []string{"Bearer a", "BEARER  a==", "Bearer a b", " Bearer a", "Bearer a ", "bearer", "", " ", "Bearer ä", "Bearer a\x00", "Bäsic x", "Basic", "ſearer a", "Bearer a=b", "0 \n"} {
		f.Add(seed)
	}
	var seen string
	g, err := rolehttp.New(fake(func(_ context.Context, token string) (claims, error) {
		seen = token
		return claims{}, payload.ErrInvalid
	}), service)
	if err != nil {
		f.Fatal(err)
	}
	h := g.Endpoint("tasks")(unreached(f))
	f.Fuzz(func(t *testing.T, header string) {
		want, status := "", 400
		if m := bearer.FindStringSubmatch(header); m != nil {
			want, status = m[1], 401
		} else if m := scheme.FindStringSubmatch(header); m != nil && !strings.EqualFold(m[1], "bearer") {
			status = 401
		}
		seen = ""
		r := request("GET", "/")
		r.Header["Authorization"] = []string{header}
		if w := answer(h, r); seen != want || w.Code != status {
			t.Errorf("%q: have the token %q and %d, want %q and %d", header, seen, w.Code, want, status)
		}
	})
}
