package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/examples/internal/testservice"
)

func TestCreateGroup(t *testing.T) {
	each(t, func(w world) {
		made := testservice.JSON[Group](t, w.do("POST", "/group", `{"name":"a","description":"first"}`), 200)
		if made.Name != "a" || made.Description == nil || *made.Description != "first" || made.ID < 1 {
			t.Errorf("%+v", made)
		}
		shown := w.do("GET", fmt.Sprintf("/group/%d", made.ID), nil).Want(t, 200)
		if want := fmt.Sprintf("{\"id\":%d,\"name\":\"a\",\"description\":\"first\"}\n", made.ID); shown.Body != want {
			t.Errorf("%s, want %s", shown.Body, want)
		}
		if null := testservice.JSON[Group](t, w.do("POST", "/group/", `{"name":"b"}`), 200); null.Description != nil {
			t.Errorf("%+v", null)
		}
		w.group("c")
		w.lists("/group", list[Group](w, "/group"), "1", "2", "3")
		w.lists("/group", list[Group](w, "/group?limit=2"), "1", "2", "3")
	})
}

// What does not fit is a 400 (413, 415) of one form, and nothing of it is stored.
func TestBadBodies(t *testing.T) {
	each(t, func(w world) {
		id := w.group("a")
		resource := w.resource("r")
		users, shares := fmt.Sprintf("/group/%d/user", id), fmt.Sprintf("/group/%d/authorize", id)
		long := strings.Repeat("x", 25)
		for _, test := range []struct{ path, body string }{
			{"/group", ``}, {"/group", `{`}, {"/group", `{"name":"x"} {}`}, {"/group", `[]`}, {"/group", `null`},
			{"/group", `{}`}, {"/group", `{"name":null}`}, {"/group", `{"name":""}`}, {"/group", `{"name":1}`},
			{"/group", `{"name":"a"}`}, // it is taken
			{"/group", `{"name":"x","other":1}`}, {"/group", `{"name":"x","name":"y"}`}, {"/group", "{\"name\":\"x\\u0000\"}"},
			{"/group", `{"name":"` + strings.Repeat("x", 201) + `"}`},
			{"/group", `{"name":"x","description":"` + strings.Repeat("x", 2001) + `"}`},
			{"/resource", ``}, {"/resource", `{}`}, {"/resource", `{"name":null}`}, {"/resource", `{"name":"r"}`},
			{"/resource", `{"name":"x","groups":"all"}`}, {"/resource", `{"name":"x","groups":{}}`},
			{"/resource", `{"name":"x","groups":[null]}`}, {"/resource", `{"name":"x","groups":[[1]]}`},
			{users, ``}, {users, `null`}, {users, `{"userId":"u"}`}, {users, `["u"]`}, {users, `[{}]`}, {users, `[{"userId":"u"},{}]`},
			{users, `[{"userId":null}]`}, {users, `[{"userId":1}]`}, {users, `[{"userId":""}]`}, {users, `[{"userId":"u"},{"userId":"` + long + `"}]`},
			{users, "[" + strings.Repeat(`{"userId":"u"},`, 1000) + `{"userId":"u"}]`},
			{shares, `{"resourceId":1}`}, {shares, `[1]`}, {shares, `[{}]`}, {shares, `[{"resourceId":null}]`},
			{shares, fmt.Sprintf(`[{"resourceId":%d},{"resourceId":"x"}]`, resource)}, {shares, `[{"resourceId":1.5}]`},
			{shares, `[{"resourceId":0}]`}, {shares, `[{"resourceId":99999999999}]`}, {shares, `[{"resourceId":"[]"}]`},
		} {
			w.do("POST", test.path, test.body).IsProblem(t, 400)
		}
		w.do("POST", "/group", `{"name":"`+strings.Repeat("x", 300<<10)+`"}`).IsProblem(t, 413)
		w.Do(t, "POST", "/group", `{"name":"x"}`, "Content-Type", "text/plain").IsProblem(t, 415)
		w.lists("/group", list[Group](w, "/group"), "1")
		w.lists("/resource", list[Resource](w, "/resource"), "1")
		w.lists("/user", list[User](w, "/user"))
		w.want("u", "r", false)
	})
}

// Nothing in a path is read as anything but a number or the id of a user. JSON in it once
// listed all users.
func TestBadPaths(t *testing.T) {
	each(t, func(w world) {
		w.attach(w.group("a"), "u").Want(t, 204)
		for _, id := range []string{"[]", "[1]", "x", "0", "-1", "+1", "01", "1.0", "1e0", "2147483648", "99999999999999999999", "%5B%5D", "1'--", "null", "%00"} {
			for _, path := range []string{"/group/%s", "/group/%s/user", "/group/%s/resource", "/resource/%s", "/resource/%s/user"} {
				w.do("GET", fmt.Sprintf(path, id), nil).IsProblem(t, 400)
			}
			w.do("POST", "/group/"+id+"/user", `[{"userId":"v"}]`).IsProblem(t, 400)
			w.do("POST", "/group/"+id+"/authorize", `[]`).IsProblem(t, 400)
			w.do("DELETE", "/group/"+id, nil).IsProblem(t, 400)
			w.do("DELETE", "/group/1/resource/"+id, nil).IsProblem(t, 400)
		}
		w.do("GET", "/user/"+strings.Repeat("x", 25)+"/resource", nil).IsProblem(t, 400)
		w.do("DELETE", "/user/%FF", nil).IsProblem(t, 400)
		for _, query := range []string{"?limit=0", "?limit=1001", "?limit=x", "?after=x", "?other=1", "?limit=1&limit=2"} {
			w.do("GET", "/group"+query, nil).IsProblem(t, 400)
		}
		w.lists("/group/1/user", list[User](w, "/group/1/user"), "u")
	})
}

func TestUnknownPathsAndMethods(t *testing.T) {
	each(t, func(w world) {
		w.do("GET", "/nothing", nil).IsProblem(t, 404)
		w.do("GET", "/group/9", nil).IsProblem(t, 404)
		w.do("GET", "/resource/9", nil).IsProblem(t, 404)
		w.do("GET", "/group/9/resource", nil).IsProblem(t, 404)
		w.do("GET", "/resource/9/user", nil).IsProblem(t, 404)
		w.lists("/group/9/user", list[User](w, "/group/9/user")) // as it always was
		w.lists("/user/nobody/resource", list[Resource](w, "/user/nobody/resource"))
		for _, path := range []string{"/group/9", "/resource/9", "/user/nobody", "/group/9/user/u", "/group/9/resource/1"} {
			w.do("DELETE", path, nil).IsProblem(t, 404)
		}
		w.do("DELETE", fmt.Sprintf("/group/%d/resource/9", w.group("a")), nil).IsProblem(t, 404)
		if r := w.do("PUT", "/group", `{}`).IsProblem(t, 405); r.Header.Get("Allow") == "" {
			t.Error("no Allow")
		}
		w.do("GET", "/openapi.yaml", nil).Want(t, 200)
		w.do("GET", "/group/", nil).Want(t, 200)
		w.do("GET", "/authorized/?userId=u&resourceName=r", nil).Want(t, 403)
	})
}

// A group that is made later does not find users in it who were put there before.
func TestAttachToUnknownGroup(t *testing.T) {
	each(t, func(w world) {
		r := w.resource("r")
		w.attach(1, "u").IsProblem(t, 404)
		w.share(1, r).IsProblem(t, 404)
		w.lists("/user", list[User](w, "/user"))
		if id := w.group("a"); id != 1 {
			t.Fatalf("the first group has the id %d", id)
		}
		w.share(1, r).Want(t, 204)
		w.want("u", "r", false)
		w.lists("/group/1/user", list[User](w, "/group/1/user"))

		// Nor does one find those of a group that is gone.
		w.attach(1, "u").Want(t, 204)
		w.do("DELETE", "/group/1", nil).Want(t, 204)
		if id := w.group("b"); id == 1 {
			t.Error("the id of a deleted group is given again")
		}
	})
}

func TestAttachIsIdempotent(t *testing.T) {
	each(t, func(w world) {
		a, b := w.group("a"), w.group("b")
		w.attach(a).Want(t, 204)
		w.attach(a, "u", "v", "u").Want(t, 204)
		w.attach(a, "u").Want(t, 204)
		w.attach(b, "u").Want(t, 204)
		path := fmt.Sprintf("/group/%d/user", a)
		if got := w.do("GET", path, nil).Want(t, 200); got.Body != "{\"count\":2,\"items\":[{\"userId\":\"u\"},{\"userId\":\"v\"}]}\n" {
			t.Error(got.Body)
		}
		w.lists(path, list[User](w, path+"?limit=1"), "u", "v")
		w.lists("/user", list[User](w, "/user?limit=1"), "u", "v")
	})
}

// A batch with a resource that there is not stores nothing.
func TestShareIsWholeOrNot(t *testing.T) {
	each(t, func(w world) {
		a := w.group("a")
		r, s := w.resource("r"), w.resource("s")
		path := fmt.Sprintf("/group/%d/resource", a)
		problem := w.share(a, r, 99, s).IsProblem(t, 404)
		if !strings.Contains(problem.Body, "Resource Not Found, resourceId: 99") {
			t.Error(problem.Body)
		}
		w.lists(path, list[Resource](w, path))
		w.share(a, r).Want(t, 204)
		w.do("POST", fmt.Sprintf("/group/%d/authorize", a), fmt.Sprintf(`[{"resourceId":"%d"}]`, s)).Want(t, 204) // a text of a number
		w.share(a, r, r).Want(t, 204)
		w.share(a).Want(t, 204)
		w.lists(path, list[Resource](w, path), "1", "2") // merged
		if got := w.do("GET", path, nil); got.Body != "{\"count\":2,\"items\":[{\"id\":1,\"name\":\"r\"},{\"id\":2,\"name\":\"s\"}]}\n" {
			t.Error(got.Body)
		}
	})
}

func TestAuthorized(t *testing.T) {
	each(t, func(w world) {
		a, b := w.group("a"), w.group("b")
		r, s := w.resource("r"), w.resource("s")
		w.attach(a, "ann").Want(t, 204)
		w.attach(b, "bob").Want(t, 204)
		w.share(a, r).Want(t, 204)
		w.share(b, r, s).Want(t, 204)
		w.want("ann", "r", true)
		w.want("ann", "s", false)
		w.want("bob", "r", true)
		w.want("bob", "s", true)
		w.lists("ann", list[Resource](w, "/user/ann/resource"), "1")
		w.lists("bob", list[Resource](w, "/user/bob/resource?limit=1"), "1", "2")
		w.lists("r", list[User](w, "/resource/1/user"), "ann", "bob")
		w.lists("s", list[User](w, "/resource/2/user"), "bob")

		// What is unknown cannot be told from what is not permitted.
		no := w.do("GET", ask("ann", "s"), nil).Want(t, 403)
		for _, q := range []string{ask("ann", "nothing"), ask("nobody", "s"), ask("nobody", "nothing"), ask("Ann", "r"), ask("ann", "R"), ask("ann", "r ")} {
			if got := w.do("GET", q, nil).Want(t, 403); got.Body != no.Body {
				t.Errorf("%s: %s", q, got.Body)
			}
		}
		for _, query := range []string{"", "?userId=ann", "?resourceName=r", "?userId=&resourceName=r", "?userId=ann&resourceName=r&x=1",
			"?userId=ann&userId=bob&resourceName=s", "?userId=%FF&resourceName=r", "?userId=" + strings.Repeat("x", 25) + "&resourceName=r"} {
			w.do("GET", "/authorized"+query, nil).IsProblem(t, 400)
		}
	})
}

// A user without groups and a resource without groups have none in common.
func TestNoGroups(t *testing.T) {
	each(t, func(w world) {
		a := w.group("a")
		r := w.resource("r")
		w.attach(a, "u").Want(t, 204)
		w.do("DELETE", fmt.Sprintf("/group/%d/user/u", a), nil).Want(t, 204)
		w.want("u", "r", false)
		w.lists("/user", list[User](w, "/user"), "u")
		w.lists("u", list[Resource](w, "/user/u/resource"))
		w.share(a, r).Want(t, 204)
		w.want("u", "r", false)
		w.lists("r", list[User](w, "/resource/1/user"))
	})
}

// Each way to take something away takes it away, from the answers too that were kept.
func TestRevoke(t *testing.T) {
	each(t, func(w world) {
		for i, take := range []func(group, resource int64) string{
			func(g, _ int64) string { return fmt.Sprintf("/group/%d/user/u", g) },
			func(g, r int64) string { return fmt.Sprintf("/group/%d/resource/%d", g, r) },
			func(g, _ int64) string { return fmt.Sprintf("/group/%d", g) },
			func(_, r int64) string { return fmt.Sprintf("/resource/%d", r) },
			func(_, _ int64) string { return "/user/u" },
		} {
			name := fmt.Sprintf("r%d", i)
			w.want("u", name, false) // and kept
			g, r := w.group(name), w.resource(name)
			w.want("u", name, false)
			w.attach(g, "u").Want(t, 204)
			w.want("u", name, false)
			w.share(g, r).Want(t, 204)
			w.want("u", name, true)
			w.want("u", name, true)
			path := take(g, r)
			w.do("DELETE", path, nil).Want(t, 204)
			w.want("u", name, false)
			if strings.Count(path, "/") == 4 { // a link that is gone is gone
				w.do("DELETE", path, nil).Want(t, 204)
			} else {
				w.do("DELETE", path, nil).IsProblem(t, 404)
			}
		}
	})
}

// Groups at creation are groups that there are, or there is no resource.
func TestCreateResourceWithGroups(t *testing.T) {
	each(t, func(w world) {
		a := w.group("a")
		w.attach(a, "u").Want(t, 204)
		w.do("POST", "/resource", `{"name":"r","groups":[1,99]}`).IsProblem(t, 404)
		w.lists("/resource", list[Resource](w, "/resource"))
		w.group("b") // the groups of later are not meant
		w.want("u", "r", false)
		w.do("POST", "/resource", `{"name":"r","groups":[1,"1"]}`).Want(t, 200)
		w.do("POST", "/resource", `{"name":"s","groups":null}`).Want(t, 200)
		w.want("u", "r", true)
		w.want("u", "s", false)
	})
}
