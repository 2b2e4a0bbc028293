package rolespec_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	sq "github.com/Masterminds/squirrel"
	"github.com/golang-jwt/jwt/v5"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// claims is what the tokens of these services say.
type claims struct {
	payload.Registered
	Account string `json:"account"`
}

func caller(account, sub string, roles ...string) claims {
	return claims{Registered: payload.Registered{Subject: sub, Roles: roles}, Account: account}
}

func ownAccount(c claims) spec.Specification { return spec.Eq("account_id", c.Account) }

func ownRows(c claims) spec.Specification {
	return spec.Eq("account_id", c.Account).And(spec.Eq("created_by", c.Subject))
}

// entry is a row of the examples.
type entry struct {
	ID        int
	AccountID string
	CreatedBy string
}

var entries = []entry{{1, "acct1", "by1"}, {2, "acct1", "by2"}, {3, "acct2", "by3"}}

var entryTable = sqlspec.MustTable[entry]("tasks", sqlspec.Strict())

// show prints what a caller sees: in memory, and as a SELECT.
func show(policy *roles.Service[claims], c claims, endpoint, method string) {
	visible, err := policy.Verify(c, endpoint, method)
	if err != nil {
		fmt.Println(err)
		return
	}
	rows, err := spec.Filter(visible, entries)
	if err != nil {
		fmt.Println(err)
		return
	}
	text, args, err := sq.Select("id").From("tasks").Where(entryTable.Where(visible, sqlspec.SQLite)).ToSql()
	fmt.Println(rows)
	fmt.Println(text, args, err)
}

// The plainest policy: guests may look at everything, and do nothing else.
func Example_basic() {
	policy := roles.MustService[claims](
		roles.New("guest", roles.Allow("tasks", roles.Get, roles.Everything)),
	)
	show(policy, caller("", "", "guest"), "tasks", "get")
	show(policy, caller("", "", "guest"), "tasks", "post")
	show(policy, caller("", "", "stranger"), "tasks", "get")
	// Output:
	// [{1 acct1 by1} {2 acct1 by2} {3 acct2 by3}]
	// SELECT id FROM tasks WHERE (1 = 1) [] <nil>
	// roles: forbidden: post "tasks": no role of the caller permits it
	// roles: forbidden: get "tasks": no role of the caller permits it
}

// Everybody sees the rows of their own account. The rule is a template: its
// variable is a claim of the token.
func Example_account() {
	policy := roles.MustService[claims](
		roles.New("user", roles.AllowWhere("tasks", roles.Get, spec.Eq("account_id", spec.Var("account")))),
	)
	show(policy, caller("acct1", "by1", "user"), "tasks", "GET")
	show(policy, caller("acct2", "by3", "user"), "tasks", "GET")
	show(policy, caller("", "by3", "user"), "tasks", "GET") // a token without an account
	show(policy, caller("acct1", "by1", "user"), "tasks", "POST")
	// Output:
	// [{1 acct1 by1} {2 acct1 by2}]
	// SELECT id FROM tasks WHERE ("tasks"."account_id" = ?) [acct1] <nil>
	// [{3 acct2 by3}]
	// SELECT id FROM tasks WHERE ("tasks"."account_id" = ?) [acct2] <nil>
	// roles: forbidden: GET "tasks": the rule of role "user" failed: claim account is missing, empty or not bound
	// roles: forbidden: POST "tasks": no role of the caller permits it
}

// Everybody sees the rows of their own account that they made themselves. The
// rule is a function of the claims.
func Example_accountAndUser() {
	policy := roles.MustService[claims](
		roles.New("user", roles.Allow("tasks", roles.Get, ownRows)),
	)
	show(policy, caller("acct1", "by1", "user"), "tasks", "GET")
	show(policy, caller("acct2", "by1", "user"), "tasks", "GET")
	// Output:
	// [{1 acct1 by1}]
	// SELECT id FROM tasks WHERE (("tasks"."account_id" = ?) AND ("tasks"."created_by" = ?)) [acct1 by1] <nil>
	// []
	// SELECT id FROM tasks WHERE (("tasks"."account_id" = ?) AND ("tasks"."created_by" = ?)) [acct2 by1] <nil>
}

// Admins see their account, users their own rows. The service asks its roles in
// its own order: who is both sees what an admin sees.
func Example_adminAndUser() {
	policy := roles.MustService[claims](
		roles.New("admin", roles.AllowAll(ownAccount)),
		roles.New("user", roles.Allow("tasks", roles.Get, ownRows)),
	)
	show(policy, caller("acct1", "by1", "admin"), "tasks", "GET")
	show(policy, caller("acct1", "by1", "user"), "tasks", "GET")
	show(policy, caller("acct1", "by1", "user", "admin"), "tasks", "GET")
	fmt.Println(policy.Decide(caller("acct1", "by1", "user", "admin"), "tasks", "GET").Roles)
	show(policy, caller("acct1", "by1", "user"), "tasks", "DELETE")
	// Output:
	// [{1 acct1 by1} {2 acct1 by2}]
	// SELECT id FROM tasks WHERE ("tasks"."account_id" = ?) [acct1] <nil>
	// [{1 acct1 by1}]
	// SELECT id FROM tasks WHERE (("tasks"."account_id" = ?) AND ("tasks"."created_by" = ?)) [acct1 by1] <nil>
	// [{1 acct1 by1} {2 acct1 by2}]
	// SELECT id FROM tasks WHERE ("tasks"."account_id" = ?) [acct1] <nil>
	// [admin]
	// roles: forbidden: DELETE "tasks": no role of the caller permits it
}

// wallet is what students pay with.
type wallet struct {
	ID        int
	AccountID string
	CreatedBy string
	Balance   int
}

// An action that is no HTTP: students order pizza, and it is their own wallet
// that pays.
func Example_pizza() {
	wallets := []wallet{{1, "67890", "12345", 100}, {2, "67890", "11111", 1000}, {3, "00000", "12345", 10000}}
	table := sqlspec.MustTable[wallet]("wallets", sqlspec.Strict())
	policy := roles.MustService[claims](
		roles.New("student", roles.Allow("order_pizza", roles.Execute, ownRows)),
	)
	student := caller("67890", "12345", "student")

	own, err := policy.Verify(student, "order_pizza", roles.Execute)
	if err != nil {
		fmt.Println(err)
		return
	}
	paying, err := spec.Compile[wallet](own)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range wallets {
		if paying.Match(&wallets[i]) {
			wallets[i].Balance -= 12
		}
	}
	fmt.Println(wallets)
	fmt.Println(sq.Update("wallets").Set("balance", sq.Expr("balance - ?", 12)).
		Where(table.Where(own, sqlspec.Postgres)).PlaceholderFormat(sq.Dollar).ToSql())

	_, err = policy.Verify(student, "order_champagne", roles.Execute)
	fmt.Println(err)
	// Output:
	// [{1 67890 12345 88} {2 67890 11111 1000} {3 00000 12345 10000}]
	// UPDATE wallets SET balance = balance - $1 WHERE (("wallets"."account_id" = $2::text) AND ("wallets"."created_by" = $3::text)) [12 67890 12345] <nil>
	// roles: forbidden: EXECUTE "order_champagne": no role of the caller permits it
}

// Who holds several roles sees what any of them shows, if the service says so.
func Example_union() {
	policy := roles.MustService[claims](
		roles.Union(),
		roles.New("author", roles.Allow("tasks", roles.Get, func(c claims) spec.Specification { return spec.Eq("created_by", c.Subject) })),
		roles.New("auditor", roles.Allow("tasks", roles.Get, ownAccount)),
	)
	show(policy, caller("acct1", "by3", "author", "auditor"), "tasks", "GET")
	// Output:
	// [{1 acct1 by1} {2 acct1 by2} {3 acct2 by3}]
	// SELECT id FROM tasks WHERE (("tasks"."created_by" = ?) OR ("tasks"."account_id" = ?)) [by3 acct1] <nil>
}

// generous is a policy under which the good caller sees every task, so that any
// door left open shows.
var generous = roles.MustService[claims](
	roles.New("broken",
		roles.Allow("panics", roles.Get, func(c claims) spec.Specification { panic(c.Account) }),
		roles.Allow("unbound", roles.Get, func(claims) spec.Specification { return spec.Ne("account_id", spec.Var("account")) }),
		roles.Allow("invalid", roles.Get, func(claims) spec.Specification { return spec.Or(spec.All(), spec.Matches("name", "(")) }),
		roles.Allow("zero", roles.Get, func(claims) (s spec.Specification) { return s }),
		roles.AllowWhere("template", roles.Get, spec.Ne("account_id", spec.Var("account")))),
	roles.New("admin",
		roles.Allow("tasks", roles.Get, roles.Everything),
		roles.Allow("unknown_field", roles.Get, func(claims) spec.Specification { return spec.Ne("acount_id", "a9") }),
		roles.Allow("wrong_type", roles.Get, func(claims) spec.Specification { return spec.Ne("id", "nine") })),
	roles.New("root", roles.AllowAll(roles.Everything)))

// badInput is what a caller or a programmer gets wrong. Each is asked of a policy
// that shows every task to whoever asks properly.
var badInput = []struct {
	name     string
	payload  claims
	endpoint string
	method   string
	err      error // where Verify refuses; nil where the filter does, or no row is the answer
}{
	{"unknown field", caller("a1", "ann", "admin"), "unknown_field", "GET", nil},
	{"value of the wrong type", caller("a1", "ann", "admin"), "wrong_type", "GET", nil},
	{"panicking rule", caller("a1", "ann", "broken", "root"), "panics", "GET", roles.ErrForbidden},
	{"unknown endpoint", caller("a1", "ann", "admin"), "taskz", "GET", roles.ErrForbidden},
	{"unknown method", caller("a1", "ann", "admin"), "tasks", "BREW", roles.ErrForbidden},
	{"unknown role", caller("a1", "ann", "superadmin"), "tasks", "GET", roles.ErrForbidden},
	{"no role", caller("a1", "ann"), "tasks", "GET", roles.ErrForbidden},
	{"no endpoint", caller("a1", "ann", "root"), "", "GET", roles.ErrForbidden},
	{"no method", caller("a1", "ann", "root"), "tasks", "", roles.ErrForbidden},
	{"unbound variable", caller("a1", "ann", "broken", "root"), "unbound", "GET", spec.ErrUnbound},
	{"invalid specification", caller("a1", "ann", "broken", "root"), "invalid", "GET", spec.ErrPattern},
	{"missing claim", caller("", "ann", "broken", "root"), "template", "GET", spec.ErrUnbound},
	{"zero specification", caller("a1", "ann", "broken"), "zero", "GET", nil},
	{"zero payload", claims{}, "tasks", "GET", roles.ErrForbidden},
}

func TestBadInput(t *testing.T) {
	visible, err := generous.Verify(caller("a1", "ann", "admin"), "tasks", "get")
	if rows, filterErr := spec.Filter(visible, tasks); len(rows) != len(tasks) || err != nil || filterErr != nil {
		t.Fatalf("the good caller sees %v (%v, %v)", ids(rows), err, filterErr)
	}
	for _, test := range badInput {
		t.Run(test.name, func(t *testing.T) {
			visible, err := generous.Verify(test.payload, test.endpoint, test.method)
			var forbidden *roles.ForbiddenError
			if !errors.Is(err, test.err) || (err != nil) != errors.As(err, &forbidden) {
				t.Errorf("have error %v, want %v", err, test.err)
			}
			filterErr := checkShowsNothing(t, visible)
			var field *spec.FieldError
			if wants := test.endpoint == "unknown_field" || test.endpoint == "wrong_type"; wants != errors.As(filterErr, &field) {
				t.Errorf("the filter says %v", filterErr)
			}
		})
	}
}

// The rule that is nil cannot be asked at all: there is no service to ask, and
// what is there instead forbids.
func TestNilRule(t *testing.T) {
	policy, err := roles.NewService[claims](
		roles.New("admin", roles.Allow[claims]("tasks", roles.Get, nil)),
		roles.New("root", roles.AllowAll(roles.Everything)))
	if !errors.Is(err, roles.ErrPolicy) {
		t.Errorf("have error %v, want %v", err, roles.ErrPolicy)
	}
	visible, err := policy.Verify(caller("a1", "ann", "admin", "root"), "tasks", "GET")
	if !errors.Is(err, roles.ErrForbidden) {
		t.Errorf("have error %v, want %v", err, roles.ErrForbidden)
	}
	checkShowsNothing(t, visible)
}

func TestNilPayload(t *testing.T) {
	policy := roles.MustService[*claims](roles.New("admin", roles.AllowAll(roles.Everything)))
	good := caller("a1", "ann", "admin")
	if visible, err := policy.Verify(&good, "tasks", "GET"); err != nil || !visible.IsAll() {
		t.Fatalf("the good caller sees %v (%v)", visible, err)
	}
	visible, err := policy.Verify(nil, "tasks", "GET")
	if !errors.Is(err, roles.ErrForbidden) {
		t.Errorf("have error %v, want %v", err, roles.ErrForbidden)
	}
	checkShowsNothing(t, visible)
}

// Roles given as one text, in a token with a good signature and in plain JSON.
// Read as a list of one, or searched for a substring, each would be an admin.
func TestRolesThatAreNoList(t *testing.T) {
	secret := []byte("0123456789abcdef0123456789abcdef")
	key, err := payload.HMACKey(payload.HS256, secret)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := payload.NewVerifier[claims](payload.Keys{key}, payload.WithIssuer("login"), payload.WithAudience("tasks"), payload.AnyType())
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		roles any
		good  bool
	}{
		{[]string{"admin"}, true}, {"admin", false}, {"superadmin", false}, {"user,admin", false},
		{map[string]any{"admin": true}, false}, {[]any{"admin", 7}, false}, {[]any{[]string{"admin"}}, false}, {nil, false}, {[]string{}, false},
	} {
		t.Run(fmt.Sprint(test.roles), func(t *testing.T) {
			token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
				"iss": "login", "aud": "tasks", "sub": "ann", "account": "a1", "roles": test.roles, "exp": time.Now().Add(time.Hour).Unix(),
			}).SignedString(secret)
			if err != nil {
				t.Fatal(err)
			}
			fromToken, tokenErr := verifier.Verify(context.Background(), token)
			var fromJSON claims
			body, _ := json.Marshal(map[string]any{"roles": test.roles})
			jsonErr := json.Unmarshal(body, &fromJSON)
			_, isText := test.roles.(string)
			if jsonErr != nil && !isText {
				fromJSON = claims{} // encoding/json leaves what it has read so far; a text leaves nothing
			}
			for name, c := range map[string]claims{"token": fromToken, "JSON": fromJSON} { // whatever the errors said
				visible, err := generous.Verify(c, "tasks", "GET")
				if test.good != (err == nil) || test.good != visible.IsAll() {
					t.Errorf("%s: sees %v (%v; %v, %v)", name, visible, err, tokenErr, jsonErr)
				}
				if !test.good {
					checkShowsNothing(t, visible)
				}
			}
			if test.good && tokenErr != nil {
				t.Errorf("the good token: %v", tokenErr)
			}
			if isText && (!errors.Is(tokenErr, payload.ErrInvalid) || jsonErr == nil) {
				t.Errorf("roles as a text: have the errors %v and %v", tokenErr, jsonErr)
			}
		})
	}
}

// The whole way of a request, and nobody looks at an error: no row, neither in
// memory nor in a statement.
func TestEveryErrorIgnored(t *testing.T) {
	verifier, _ := payload.NewVerifier[claims](payload.Keys{})
	caller, _ := verifier.Verify(context.Background(), "forged.token.here")
	policy, _ := roles.NewService[claims](roles.New("", roles.AllowAll(roles.Everything)))
	for _, p := range []*roles.Service[claims]{policy, generous} {
		visible, _ := p.Verify(caller, "tasks", "GET")
		checkShowsNothing(t, visible)
		rows, _ := spec.Filter(visible, tasks)
		text, args, _ := sq.Delete("tasks").Where(taskTable.Where(visible, sqlspec.SQLite)).ToSql()
		if len(rows) > 0 || len(args) > 0 || text != "" && !strings.HasSuffix(text, "WHERE "+never) {
			t.Errorf("shows %v, and deletes by %s %v", ids(rows), text, args)
		}
	}
}
