package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/examples/internal/openapi/openapitest"
	"github.com/rolespec/rolespec/examples/internal/testservice"
)

func TestMain(m *testing.M) { engines.Main(m) }

// cheap is the cost of hashes in tests, of which there are many.
var cheap = argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// generous is a limit that tests do not reach.
var generous = limits{rate{1 << 20, time.Millisecond}, rate{1 << 20, time.Millisecond}}

const password = "correct horse battery"

// world is a service that runs, and what its tests know of it.
type world struct {
	*testservice.Server
	roles map[string]string // ids by names
	super caller
}

// caller is somebody who has logged in.
type caller struct {
	w     *world
	user  User
	token string
}

// environment is what the service is told in tests; each pair overrides it.
func environment(pairs ...string) func(string) string {
	env := map[string]string{
		"SECRET_KEY":                     "hj3Kq9vT2bXw7Lr5Zp8Nd4Fm6Gs1Yc0Q",
		"FIRST_SUPER_ADMIN_EMAIL":        "root@example.com",
		"FIRST_SUPER_ADMIN_PASSWORD":     password,
		"FIRST_SUPER_ADMIN_ACCOUNT_NAME": "Head office",
		"USERS_OPEN_REGISTRATION":        "true",
	}
	for i := 0; i < len(pairs); i += 2 {
		env[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return env[name] }
}

// each runs a test on a new service on each database.
func each(t *testing.T, test func(t *testing.T, w *world), env ...string) {
	t.Helper()
	t.Parallel()
	testservice.Each(t, func(t *testing.T, dsn string) { test(t, start(t, dsn, generous, env...)) })
}

// start starts a service.
func start(t *testing.T, dsn string, most limits, env ...string) *world {
	t.Helper()
	w := &world{testservice.Start(t, program(environment(env...), cheap, most), dsn, "-log", "ERROR"), map[string]string{}, caller{}}
	t.Cleanup(http.DefaultClient.CloseIdleConnections)
	var roles []Role
	w.send(t, "", "GET", "/roles", nil).is(t, 200).into(t, &roles)
	for _, r := range roles {
		w.roles[r.Name] = r.ID.String()
	}
	w.super = w.logIn(t, "root@example.com")
	return w
}

// document is openapi.yaml, which every request and every answer is held against.
func document(t *testing.T) *openapitest.Document {
	readOnce.Do(func() { read = openapitest.Read(t, openAPI) })
	return read
}

var (
	readOnce sync.Once
	read     *openapitest.Document
)

// reply is an answer.
type reply struct {
	method, path string
	status       int
	header       http.Header
	body         string
}

// is fails the test for another status, and for an error that is no problem+json.
func (r reply) is(t *testing.T, status int) reply {
	t.Helper()
	if r.status != status {
		t.Fatalf("%s %s: %d, want %d: %s", r.method, r.path, r.status, status, r.body)
	}
	if status >= 400 && r.header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%s %s: %d as %q", r.method, r.path, status, r.header.Get("Content-Type"))
	}
	return r
}

// says fails the test where a text is not in the body.
func (r reply) says(t *testing.T, text string) reply {
	t.Helper()
	if !strings.Contains(r.body, text) {
		t.Errorf("%s %s: %s does not say %q", r.method, r.path, r.body, text)
	}
	return r
}

func (r reply) into(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(r.body), v); err != nil {
		t.Fatalf("%s %s: %v: %s", r.method, r.path, err, r.body)
	}
}

// body is a JSON object.
type body map[string]any

// send asks with a token, or with none. A body is JSON, text as it is, or a form.
func (w *world) send(t *testing.T, token, method, path string, b any) reply {
	t.Helper()
	text, mediaType := "", ""
	switch b := b.(type) {
	case nil:
	case url.Values:
		text, mediaType = b.Encode(), "application/x-www-form-urlencoded"
	case string:
		text, mediaType = b, "application/json"
	default:
		encoded, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		text, mediaType = string(encoded), "application/json"
	}
	if !strings.HasPrefix(path, "/health") {
		path = prefix + path
	}
	r, err := http.NewRequest(method, w.URL+path, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if mediaType != "" {
		r.Header.Set("Content-Type", mediaType)
	}
	client := &http.Client{Transport: document(t).Transport(t, nil)}
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{method, path, answer.StatusCode, answer.Header, string(read)}
}

// credentials is the form of a login.
func credentials(email, password string) url.Values {
	return url.Values{"grant_type": {"password"}, "username": {email}, "password": {password}}
}

// tokens logs in.
func (w *world) tokens(t *testing.T, email string) (got tokenAnswer) {
	t.Helper()
	w.send(t, "", "POST", "/auth/access-token", credentials(email, password)).is(t, 200).into(t, &got)
	return got
}

func (w *world) logIn(t *testing.T, email string) caller {
	t.Helper()
	c := caller{w: w, token: w.tokens(t, email).Access}
	c.ask(t, "GET", "/users/me", nil).is(t, 200).into(t, &c.user)
	return c
}

func (c caller) ask(t *testing.T, method, path string, b any) reply {
	t.Helper()
	return c.w.send(t, c.token, method, path, b)
}

func (c caller) id() string { return c.user.ID.String() }

// account makes an account.
func (w *world) account(t *testing.T, name string) (a Account) {
	t.Helper()
	w.super.ask(t, "POST", "/accounts", body{"name": name}).is(t, 200).into(t, &a)
	return a
}

// user makes a user and logs in. No role is the empty one, no account is nil.
func (w *world) user(t *testing.T, name, role string, account *uuid.UUID) caller {
	t.Helper()
	var u User
	w.super.ask(t, "POST", "/users", body{"email": name + "@example.com", "password": password,
		"full_name": name, "account_id": account}).is(t, 200).into(t, &u)
	if role != "" {
		w.super.ask(t, "POST", "/user-roles", body{"user_id": u.ID, "role_id": w.roles[role]}).is(t, 200)
	}
	return w.logIn(t, u.Email)
}

// ids walks a list of users or accounts, in pages of 7.
func (c caller) ids(t *testing.T, path string) []string {
	t.Helper()
	all := []string{}
	for {
		var page []struct{ ID string }
		query := url.Values{"limit": {"7"}, "skip": {strconv.Itoa(len(all))}}
		c.ask(t, "GET", path+"?"+query.Encode(), nil).is(t, 200).into(t, &page)
		for _, row := range page {
			all = append(all, row.ID)
		}
		if len(page) < 7 {
			slices.Sort(all)
			return slices.Compact(all)
		}
	}
}

// sorted are the ids of callers.
func sorted(callers ...caller) []string {
	all := []string{}
	for _, c := range callers {
		all = append(all, c.id())
	}
	slices.Sort(all)
	return all
}

func same(t *testing.T, what string, have, want []string) {
	t.Helper()
	if !slices.Equal(have, want) {
		t.Errorf("%s: %d rows %v, want %d rows %v", what, len(have), have, len(want), want)
	}
}
