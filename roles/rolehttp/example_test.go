package rolehttp_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/spec"
)

// Task is a row of the examples.
type Task struct {
	ID      int    `json:"id"`
	Account string `json:"account"`
}

var tasks = []Task{{1, "a1"}, {2, "a2"}, {3, "a1"}}

// access says that users see the tasks of their account.
var access = roles.MustService[claims](
	roles.New("admin", roles.AllowAll(roles.Everything)),
	roles.New("user", roles.AllowWhere("tasks", roles.Get, spec.Eq("account", spec.Var("account")))),
)

// tokens stands for a payload.Verifier: "ann" is a user of account a1.
type tokens struct{}

func (tokens) Verify(_ context.Context, token string) (claims, error) {
	if token != "ann" {
		return claims{}, payload.ErrInvalid
	}
	return claims{payload.Registered{Subject: "ann", Roles: []string{"user"}}, "a1"}, nil
}

func listTasks(w http.ResponseWriter, r *http.Request) {
	visible, err := spec.Filter(rolehttp.Specification(r.Context()), tasks)
	if err != nil {
		http.Error(w, "the tasks cannot be filtered", http.StatusInternalServerError)
		return
	}
	_, _ = fmt.Fprintln(w, visible)
}

// get prints what a handler answers.
func get(h http.Handler, path, token string) {
	r := httptest.NewRequest("GET", path, nil)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	fmt.Print(w.Code, " ", w.Header().Get("WWW-Authenticate"), " ", w.Body)
}

func Example() {
	guard, err := rolehttp.New(tokens{}, access, rolehttp.WithRealm("tasks"))
	if err != nil {
		fmt.Println(err)
		return
	}
	var routes rolehttp.Routes
	routes.HandleFunc("GET /tasks", "tasks", listTasks)
	handler, err := routes.Handler(guard)
	if err != nil {
		fmt.Println(err)
		return
	}
	get(handler, "/tasks", "ann")
	get(handler, "/tasks", "")
	get(handler, "/tasks", "bob")
	// Output:
	// 200  [{1 a1} {3 a1}]
	// 401 Bearer realm="tasks" {"type":"about:blank","title":"Unauthorized","status":401}
	// 401 Bearer realm="tasks", error="invalid_token", error_description="The access token is not valid" {"type":"about:blank","title":"Unauthorized","status":401}
}

// A guard is middleware for any router of the usual convention.
func ExampleGuard_Endpoint() {
	guard, err := rolehttp.New(tokens{}, access)
	if err != nil {
		fmt.Println(err)
		return
	}
	mux := http.NewServeMux()
	mux.Handle("GET /tasks", guard.Endpoint("tasks")(http.HandlerFunc(listTasks)))
	get(mux, "/tasks", "ann")
	// Output:
	// 200  [{1 a1} {3 a1}]
}

// The endpoint can come from the pattern that the mux matched.
func ExampleGuard_EndpointFunc() {
	guard, err := rolehttp.New(tokens{}, access)
	if err != nil {
		fmt.Println(err)
		return
	}
	guarded := guard.EndpointFunc(rolehttp.PatternNames(map[string]string{"GET /v1/tasks": "tasks"}))
	mux := http.NewServeMux()
	mux.Handle("GET /v1/tasks", guarded(http.HandlerFunc(listTasks)))
	mux.Handle("GET /v1/notes", guarded(http.HandlerFunc(listTasks)))
	get(mux, "/v1/tasks", "ann")
	get(mux, "/v1/notes", "ann")
	// Output:
	// 200  [{1 a1} {3 a1}]
	// 403 Bearer realm="api", error="insufficient_scope", error_description="The request is not permitted" {"type":"about:blank","title":"Forbidden","status":403}
}

// Admit is for whatever is not HTTP: a message with a token, for instance.
func ExampleGuard_Admit() {
	guard, err := rolehttp.New(tokens{}, access)
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, err := guard.Admit(context.Background(), "ann", "tasks", roles.Get)
	fmt.Println(rolehttp.Specification(ctx), err)
	ctx, err = guard.Admit(context.Background(), "ann", "tasks", roles.Delete)
	fmt.Println(rolehttp.Specification(ctx), err)
	var denied *rolehttp.DeniedError
	if errors.As(err, &denied) {
		fmt.Println("for the log:", denied.Reason())
	}
	// Output:
	// account == "a1" <nil>
	// !# rolehttp: denied: forbidden
	// for the log: no role of the caller permits it
}

// A route that no role may call stops the program at its start.
func ExampleRoutes_Handler() {
	guard, err := rolehttp.New(tokens{}, access)
	if err != nil {
		fmt.Println(err)
		return
	}
	var routes rolehttp.Routes
	routes.HandleFunc("GET /tasks", "tasks", listTasks)
	routes.HandleFunc("GET /healthz", "", rolehttp.NotFound)
	_, err = routes.Handler(guard)
	fmt.Println(errors.Is(err, rolehttp.ErrConfig))
	// Output:
	// true
}

// Who may call what, for reviews.
func ExampleRoutes_Table() {
	guard, err := rolehttp.New(tokens{}, access)
	if err != nil {
		fmt.Println(err)
		return
	}
	var routes rolehttp.Routes
	routes.HandleFunc("GET /tasks", "tasks", listTasks)
	routes.HandleFunc("DELETE /tasks/{id}", "tasks", rolehttp.NotFound)
	routes.OpenFunc("GET /healthz", rolehttp.NotFound, "the load balancer has no token")
	table, err := routes.Table(guard)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(table)
	// Output:
	// GET     /tasks       tasks  admin, user
	// HEAD    /tasks       tasks  admin
	// DELETE  /tasks/{id}  tasks  admin
	// GET     /healthz     open   the load balancer has no token
}

// A row that the caller may not see is not there.
func ExampleNotFound() {
	guard, err := rolehttp.New(tokens{}, access)
	if err != nil {
		fmt.Println(err)
		return
	}
	show := func(w http.ResponseWriter, r *http.Request) {
		bobs := tasks[1]
		if visible, err := spec.Match(rolehttp.Specification(r.Context()), &bobs); err != nil || !visible {
			rolehttp.NotFound(w, r)
			return
		}
		_, _ = fmt.Fprintln(w, bobs)
	}
	get(guard.Endpoint("tasks")(http.HandlerFunc(show)), "/tasks/2", "ann")
	// Output:
	// 404  {"type":"about:blank","title":"Not Found","status":404}
}

// A row is written only if it satisfies the check, and with the fields of the grant.
func ExamplePermission() {
	writers := roles.MustService[claims](roles.New("user",
		roles.AllowWhere("tasks", roles.Post, spec.Eq("account", spec.Var("account")), roles.Columns("id"))))
	guard, err := rolehttp.New(tokens{}, writers)
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, err := guard.Admit(context.Background(), "ann", "tasks", roles.Post)
	may := rolehttp.Permission(ctx)
	fmt.Println(may.Check, may.Columns.Names(), err)
	// Output:
	// account == "a1" [id] <nil>
}

func ExampleClaims() {
	guard, err := rolehttp.New(tokens{}, access)
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, err := guard.Admit(context.Background(), "ann", "tasks", roles.Get)
	c, ok := rolehttp.Claims[claims](ctx)
	fmt.Println(c.Subject, ok, err)
	// Output:
	// ann true <nil>
}

// Tokens in a cookie. Before such a guard belongs what keeps other sites out, such as
// http.CrossOriginProtection.
func ExampleFromCookie() {
	guard, err := rolehttp.New(tokens{}, access, rolehttp.WithTokenFrom(rolehttp.FromHeader(), rolehttp.FromCookie("__Host-session")))
	if err != nil {
		fmt.Println(err)
		return
	}
	h := guard.Endpoint("tasks")(http.HandlerFunc(listTasks))
	r := httptest.NewRequest("GET", "/tasks", nil)
	r.AddCookie(&http.Cookie{Name: "__Host-session", Value: "ann"})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	fmt.Print(w.Code, " ", w.Body)
	// Output:
	// 200 [{1 a1} {3 a1}]
}

func ExampleLogAudit() {
	logger := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == "latency" {
			return slog.Attr{}
		}
		return a
	}}))
	guard, err := rolehttp.New(tokens{}, access, rolehttp.WithAudit(rolehttp.LogAudit(logger)))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, _ = guard.Admit(context.Background(), "ann", "tasks", roles.Get)
	_, _ = guard.Admit(context.Background(), "ann", "tasks", roles.Delete)
	// Output:
	// level=INFO msg=access access.outcome=allowed access.endpoint=tasks access.method=GET access.subject=ann access.roles=[user]
	// level=WARN msg=access access.outcome=forbidden access.endpoint=tasks access.method=DELETE access.subject=ann access.reason="no role of the caller permits it"
}

func ExampleCounters() {
	counters := rolehttp.NewCounters("tasks")
	guard, err := rolehttp.New(tokens{}, access, rolehttp.WithAudit(counters.Audit))
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 3 {
		_, _ = guard.Admit(context.Background(), "ann", "tasks", roles.Get)
	}
	_, _ = guard.Admit(context.Background(), "ann", "notes", roles.Get)
	for _, c := range counters.Snapshot() {
		fmt.Println(c.Endpoint, c.Method, c.Outcome, c.Count)
	}
	// Output:
	// tasks GET allowed 3
	// other GET forbidden 1
}
