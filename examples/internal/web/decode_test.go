package web_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/examples/internal/web"
)

type body struct {
	ID    *int64 `json:"id"`
	Name  string `json:"name"`
	Inner *body  `json:"inner"`
	List  []body `json:"list"`
	Any   any    `json:"any"`
	Even  even   `json:"even"`
}

// even reads itself, and says what is wrong or does not.
type even int

func (e *even) UnmarshalJSON(text []byte) error {
	var n int
	switch err := json.Unmarshal(text, &n); {
	case err != nil:
		return errors.New("internals")
	case n%2 != 0:
		return web.Invalid(web.Field{Pointer: "/even", Detail: "is odd"})
	}
	*e = even(n)
	return nil
}

func request(contentType, text string) (*httptest.ResponseRecorder, *http.Request) {
	r := httptest.NewRequest("POST", "/", strings.NewReader(text))
	r.Header.Set("Content-Type", contentType)
	return httptest.NewRecorder(), r
}

func TestDecode(t *testing.T) {
	t.Parallel()
	long := `{"name":"` + strings.Repeat("a", web.MaxBody) + `"}`
	deep := func(n int) string { return `{"any":` + strings.Repeat("[", n-1) + strings.Repeat("]", n-1) + `}` }
	for _, c := range []struct {
		name, text string
		status     int
		detail     string
	}{
		{"an object", `{"id":1,"name":"a"}`, 0, ""},
		{"white space", " {\"id\" : 1}\r\n\t", 0, ""},
		{"the greatest number", `{"id":9223372036854775807}`, 0, ""},
		{"as deep as it may be", deep(web.MaxDepth), 0, ""},
		{"the same key at another place", `{"name":"a","inner":{"name":"b"},"list":[{"name":"c"},{"name":"d"}]}`, 0, ""},
		{"nothing", ``, 400, "not JSON"},
		{"half", `{"id":1`, 400, "not JSON"},
		{"no JSON", `{id:1}`, 400, "not JSON"},
		{"a comma too many", `{"id":1,}`, 400, "not JSON"},
		{"closed by another", `{"list":[}]`, 400, "not JSON"},
		{"two values", `{"id":1}{"id":2}`, 400, "more than one"},
		{"something behind it", `{"id":1} x`, 400, "more than one"},
		{"too deep", deep(web.MaxDepth + 1), 400, "deeper"},
		{"a key twice", `{"id":1,"id":2}`, 400, `"id" stands twice`},
		{"a key twice, escaped", `{"id":1,"\u0069d":2}`, 400, `stands twice`},
		{"a key twice, in another case", `{"id":1,"ID":2}`, 400, `"ID" stands twice`},
		{"a key twice, with a long s", `{"list":[],"li` + "\u017f" + `t":[]}`, 400, `stands twice`},
		{"a key twice, further in", `{"list":[{"id":1,"id":2}]}`, 400, `stands twice`},
		{"not UTF-8", "{\"name\":\"\xff\"}", 400, "UTF-8"},
		{"too long", long, 413, "longer than"},
		{"an unknown field", `{"id":1,"admin":true}`, 422, `there is no field "admin"`},
		{"an unknown field, further in", `{"inner":{"admin":true}}`, 422, `there is no field "admin"`},
		{"another type", `{"id":"1"}`, 422, "/id: a JSON string does not fit"},
		{"another type, further in", `{"inner":{"id":"1"}}`, 422, "/inner/id: a JSON string"},
		{"a fraction", `{"id":1.5}`, 422, "/id"},
		{"a number beyond", `{"id":9223372036854775808}`, 422, "/id"},
		{"a list", `[{"id":1}]`, 422, "a JSON array"},
		{"a NUL", `{"name":"a\u0000b"}`, 422, "NUL"},
		{"a NUL in a key", `{"a\u0000b":1}`, 422, "NUL"},
		{"what its type refuses", `{"even":3}`, 422, "/even: is odd"},
		{"what its type cannot read", `{"even":"x"}`, 422, "does not fit"},
	} {
		w, r := request("application/json; charset=utf-8", c.text)
		got, err := web.Decode[body](w, r)
		if c.status == 0 {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		var p *web.Problem
		if !errors.As(err, &p) || p.Status != c.status || !strings.Contains(err.Error(), c.detail) {
			t.Errorf("%s: %v, want %d %s", c.name, err, c.status, c.detail)
			continue
		}
		if got.ID != nil || got.Name != "" || got.List != nil {
			t.Errorf("%s: %+v with an error", c.name, got)
		}
		p.Write(w)
		if strings.Contains(w.Body.String(), "internals") {
			t.Errorf("%s: the caller is told %s", c.name, w.Body)
		}
	}
	for _, contentType := range []string{"", "text/plain", "application/x-www-form-urlencoded", "application/json;;"} {
		w, r := request(contentType, `{"id":1}`)
		var p *web.Problem
		if _, err := web.Decode[body](w, r); !errors.As(err, &p) || p.Status != http.StatusUnsupportedMediaType {
			t.Errorf("%q: %v", contentType, err)
		}
	}
}

// Whatever is sent is a value or a problem of the caller, and what is a value is the one
// that its own text stands for.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`{"id":1}`, `[]`, `{"any":{"a":[1,{"A":2}]}}`, `{"a":1,"A":2}`, "\xff", `"\ud800"`, `{"even":1}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		w, r := request("application/json", text)
		v, err := web.Decode[body](w, r)
		if err != nil {
			var p *web.Problem
			if !errors.As(err, &p) || p.Status < 400 || p.Status > 499 {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		printed, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		w, r = request("application/json", string(printed))
		again, err := web.Decode[body](w, r)
		if err != nil && len(printed) <= web.MaxBody {
			t.Fatalf("%q is read, and %s is not: %v", text, printed, err)
		}
		if second, _ := json.Marshal(again); err == nil && string(second) != string(printed) {
			t.Fatalf("%q: %s and %s", text, printed, second)
		}
	})
}

func TestProblem(t *testing.T) {
	t.Parallel()
	var none *web.Problem
	for _, c := range []struct {
		p      *web.Problem
		status int
		body   string
	}{
		{web.Problemf(409, "%s is taken", "a"), 409, `{"type":"about:blank","title":"Conflict","status":409,"detail":"a is taken"}`},
		{web.Invalid(web.Field{Pointer: "/a", Detail: "b"}), 422, `{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"the body does not fit","errors":[{"pointer":"/a","detail":"b"}]}`},
		{&web.Problem{Status: 400, Err: errors.New("secret")}, 400, `{"type":"about:blank","title":"Bad Request","status":400}`},
		{&web.Problem{}, 500, `{"type":"about:blank","title":"Internal Server Error","status":500}`},
		{&web.Problem{Status: 200}, 500, `{"type":"about:blank","title":"Internal Server Error","status":500}`},
		{none, 500, `{"type":"about:blank","title":"Internal Server Error","status":500}`},
	} {
		w := httptest.NewRecorder()
		c.p.Write(w)
		if w.Code != c.status || strings.TrimSpace(w.Body.String()) != c.body ||
			w.Header().Get("Content-Type") != "application/problem+json" || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%v: %d %v %s", c.p, w.Code, w.Header(), w.Body)
		}
	}
	cause := errors.New("cause")
	if err := fmt.Errorf("wrapped: %w", &web.Problem{Status: 400, Err: cause}); !errors.Is(err, cause) {
		t.Error("the cause is lost")
	}
}
