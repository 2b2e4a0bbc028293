package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/examples/internal/audit"
	"github.com/rolespec/rolespec/examples/internal/openapi/openapitest"
	"github.com/rolespec/rolespec/examples/internal/testservice"
	"github.com/rolespec/rolespec/payload"
)

const issuer = "https://login.example"

// newIssuer returns a signer of tokens, and the file with its public key.
func newIssuer(t *testing.T) (*payload.Signer[Claims], string) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signing, err := payload.Ed25519PrivateKey(private, payload.KeyID("one"))
	if err != nil {
		t.Fatal(err)
	}
	signer, err := payload.NewSigner[Claims](signing, issuer, "groups")
	if err != nil {
		t.Fatal(err)
	}
	key, err := payload.Ed25519Key(public, payload.KeyID("one"))
	if err != nil {
		t.Fatal(err)
	}
	set, err := payload.PublicJWKS(key)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "keys.json")
	if err := os.WriteFile(path, set, 0o600); err != nil {
		t.Fatal(err)
	}
	return signer, path
}

func token(t *testing.T, signer *payload.Signer[Claims], role string, groups ...int64) string {
	t.Helper()
	text, err := signer.Access(Claims{Registered: payload.Registered{Subject: role, Roles: []string{role}}, Groups: groups})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// With keys, what writes needs a token: an admin's for everything, a manager's for the
// groups that it names. What reads does not.
func TestWriters(t *testing.T) {
	t.Parallel()
	testservice.Each(t, func(t *testing.T, dsn string) {
		signer, keys := newIssuer(t)
		stranger, _ := newIssuer(t)
		s := testservice.Start(t, program(), dsn, "-keys", keys, "-issuer", issuer)
		against := openapitest.Read(t, document)
		as := func(text string) world { return world{t, s.Client(text).Against(against), s} }
		admin, nobody := as(token(t, signer, "admin")), as("")
		a, b := admin.group("a"), admin.group("b")
		manager, idle := as(token(t, signer, "manager", a)), as(token(t, signer, "manager"))
		r := admin.resource("r")

		writes := [][3]string{
			{"POST", "/group", `{"name":"x"}`}, {"POST", "/resource", `{"name":"x"}`},
			{"POST", "/group/1/user", `[{"userId":"u"}]`}, {"POST", "/group/1/authorize", `[{"resourceId":1}]`},
			{"DELETE", "/group/1/user/u", ""}, {"DELETE", "/group/1/resource/1", ""},
			{"DELETE", "/group/1", ""}, {"DELETE", "/resource/1", ""}, {"DELETE", "/user/u", ""},
		}
		for _, write := range writes {
			for who, status := range map[string]int{"": 401, "x": 401, token(t, stranger, "admin"): 401, token(t, signer, "guest"): 403} {
				as(who).do(write[0], write[1], body(write[2])).IsProblem(t, status)
			}
		}
		for _, write := range [][3]string{writes[0], writes[1], writes[6], writes[7], writes[8]} {
			manager.do(write[0], write[1], body(write[2])).IsProblem(t, 403)
		}
		// A group of others is not there.
		for _, w := range []world{manager, idle} {
			w.attach(b, "u").IsProblem(t, 404)
			w.share(b, r).IsProblem(t, 404)
			w.do("DELETE", fmt.Sprintf("/group/%d/user/u", b), nil).IsProblem(t, 404)
			w.do("DELETE", fmt.Sprintf("/group/%d/resource/%d", b, r), nil).IsProblem(t, 404)
		}
		idle.attach(a, "u").IsProblem(t, 404)
		nobody.want("u", "r", false)
		manager.attach(a, "u").Want(t, 204)
		manager.share(a, r).Want(t, 204)
		nobody.want("u", "r", true)
		manager.do("DELETE", fmt.Sprintf("/group/%d/user/u", a), nil).Want(t, 204)
		nobody.want("u", "r", false)
		admin.do("POST", "/resource", `{"name":"s","groups":[2]}`).Want(t, 200)
		nobody.lists("/group", list[Group](nobody, "/group"), "1", "2")
	})
}

func body(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// What is served is what is documented.
func TestRoutesAreTheDocument(t *testing.T) {
	t.Parallel()
	a := &api{guarded: true, decisions: (*audit.Audit)(nil)}
	a.declareRoutes()
	if differences := openapitest.Read(t, document).Routes(&a.routes); len(differences) > 0 {
		t.Error(strings.Join(differences, "\n"))
	}
}

// Decisions and writes are in the log, in a form that is read by machines, and no token is.
func TestLog(t *testing.T) {
	t.Parallel()
	signer, keys := newIssuer(t)
	s := testservice.Start(t, program(), filepath.Join(t.TempDir(), "groups.db"), "-keys", keys, "-issuer", issuer)
	text := token(t, signer, "admin")
	admin := world{t, s.Client(text), s}
	admin.group("a")
	admin.want("ann", "ledger", false)
	log := s.Log.String()
	for _, part := range []string{`"outcome":"refused","subject":"ann","action":"use","object":"ledger"`, `"endpoint":"groups"`, `"subject":"admin"`} {
		if !strings.Contains(log, part) {
			t.Errorf("no %s in the log:\n%s", part, log)
		}
	}
	if strings.Contains(log, text) {
		t.Error("the token is in the log")
	}
}

func TestBeside(t *testing.T) {
	t.Parallel()
	w := start(t, "", "-seed")
	w.want("ann", "ledger", true)
	plain := w.server.Client("")
	for path, status := range map[string]int{"/healthz": 204, "/readyz": 204, "/metrics": 200} {
		got := plain.Do(t, "GET", path, nil).Want(t, status)
		if path == "/metrics" && !strings.Contains(got.Body, `row_decisions_total{action="use",outcome="allowed"} 1`) {
			t.Error("the decision is not counted")
		}
	}
}

// The one rule reads the same from both ends.
func TestRule(t *testing.T) {
	t.Parallel()
	mine, err := usable("ann")
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := usersOf(7)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{mine.String(), theirs.String()}
	if want := []string{`any groups (any members (user_id == "ann"))`, `any groups (any resources (resource_id == 7))`}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if _, err := usable(""); err == nil {
		t.Error("a user without a name may use something")
	}
}
