package roles_test

import (
	"strings"
	"testing"

	"github.com/rolespec/rolespec/roles"
)

// The policy of the resolution tests. Each grant shows rows by its own name.
var graded = []roles.Part{
	roles.New("admin",
		roles.AllowAll(shows("admin all")),
		roles.Allow("tasks", roles.AnyMethod, shows("admin tasks")),
		roles.Allow("tasks", roles.Get, shows("admin get tasks")),
		roles.Except("tasks", roles.Delete),
		roles.Except("secrets", roles.AnyMethod),
		roles.Allow("secrets", roles.Get, shows("admin get secrets"))),
	roles.New("user",
		roles.Allow("tasks", roles.AnyMethod, shows("user tasks")),
		roles.Allow("notes", roles.Get, shows("user get notes")),
		roles.Allow("secrets", roles.Post, shows("user post secrets"))),
	roles.New("idle"),
	roles.New("nobody", roles.Except("tasks", roles.Get)),
}

var resolveTests = []struct {
	name     string
	held     string
	endpoint string
	method   string
	decides  string // "" for forbidden
	shows    string // by first permitting role
	union    string // shown by a Union, names apart by |
	reason   string
}{
	{"endpoint and method", "admin", "tasks", "GET", "admin", "admin get tasks", "admin get tasks", "the most specific grant speaks"},
	{"any method", "admin", "tasks", "PUT", "admin", "admin tasks", "admin tasks", "every method of the endpoint comes next"},
	{"everything", "admin", "notes", "GET", "admin", "admin all", "admin all", "what no grant names is left to AllowAll"},
	{"a method nobody wrote", "admin", "notes", "PROPFIND", "admin", "admin all", "admin all", "any word is a method"},
	{"except one method", "admin", "tasks", "DELETE", "", "", "", "an Except takes it out of AnyMethod and AllowAll"},
	{"except an endpoint", "admin", "secrets", "PUT", "", "", "", "an Except of AnyMethod takes it out of AllowAll"},
	{"inside an except", "admin", "secrets", "GET", "admin", "admin get secrets", "admin get secrets", "a more specific grant stands against a wider Except"},
	{"except, next role permits", "admin user", "tasks", "DELETE", "user", "user tasks", "user tasks", "an Except concerns its role alone"},
	{"except of an endpoint, next role permits", "user admin", "secrets", "POST", "user", "user post secrets", "user post secrets", "an Except concerns its role alone"},
	{"no grant", "user", "notes", "POST", "", "", "", "nothing is allowed unless it is written"},
	{"unknown endpoint", "user", "taskz", "GET", "", "", "", "nothing is allowed unless it is written"},
	{"order of the service", "user admin", "tasks", "GET", "admin", "admin get tasks", "admin get tasks|user tasks", "the caller's order means nothing"},
	{"order with the first silent", "admin user", "notes", "GET", "admin", "admin all", "admin all|user get notes", "AllowAll of an earlier role comes before a specific grant of a later one"},
	{"a role twice", "user user", "tasks", "GET", "user", "user tasks", "user tasks", "holding it twice is holding it"},
	{"all roles, twice", "user admin user admin idle", "tasks", "PUT", "admin", "admin tasks", "admin tasks|user tasks", "each permitting role once, in the order of the service"},
	{"unknown role beside a known one", "root user", "tasks", "GET", "user", "user tasks", "user tasks", "roles that the service does not have are passed over"},
	{"a role without grants", "idle", "tasks", "GET", "", "", "", "it permits nothing"},
	{"a role of excepts", "nobody", "tasks", "GET", "", "", "", "an Except grants nothing"},
	{"except of a role beside another's grant", "nobody user", "tasks", "GET", "user", "user tasks", "user tasks", "an Except is no veto"},
	{"except leaves other methods ungranted", "nobody", "tasks", "POST", "", "", "", "an Except grants nothing"},
	{"unknown role", "root", "tasks", "GET", "", "", "", "nothing is allowed unless it is written"},
	{"no role", "", "tasks", "GET", "", "", "", "nothing is allowed unless it is written"},
}

func TestWhichGrantApplies(t *testing.T) {
	first := mustService[user](t, graded...)
	union := mustService[user](t, append([]roles.Part{roles.Union()}, graded...)...)
	for _, test := range resolveTests {
		t.Run(test.name, func(t *testing.T) {
			payload := holding(strings.Fields(test.held)...)
			if test.decides == "" {
				checkDenied(t, first, payload, test.endpoint, test.method)
				checkDenied(t, union, payload, test.endpoint, test.method)
				return
			}
			checkAllowed(t, first, payload, test.endpoint, test.method, shownBy(test.shows), test.decides)
			visible := strings.Split(test.union, "|")
			deciding := make([]string, len(visible))
			for i, name := range visible {
				deciding[i], _, _ = strings.Cut(name, " ")
			}
			checkAllowed(t, union, payload, test.endpoint, test.method, shownBy(visible...), deciding...)
		})
	}
}

// Where Union stands among the parts does not matter, nor does saying it twice.
func TestUnionAnywhere(t *testing.T) {
	parts := append(append([]roles.Part{}, graded...), roles.Union(), roles.Union())
	checkAllowed(t, mustService[user](t, parts...), holding("user", "admin"), "tasks", "GET",
		shownBy("admin get tasks", "user tasks"), "admin", "user")
}

// Names that are nearly those of the policy. Case, spaces and lookalikes count.
func TestNamesAreExact(t *testing.T) {
	s := mustService[user](t, roles.New("admin", roles.Allow("tasks", roles.Get, shows("admin"))),
		roles.New("café", roles.Allow("café", roles.Get, shows("café"))))
	checkAllowed(t, s, holding("admin"), "tasks", "GET", shownBy("admin"), "admin")
	checkAllowed(t, s, holding("café"), "café", "GET", shownBy("café"), "café")
	for _, role := range []string{"Admin", "ADMIN", "admin ", " admin", "admin\x00", "admi", "superadmin", "admin,user", "аdmin", "", "*", "%"} {
		checkDenied(t, s, holding(role), "tasks", "GET")
	}
	for _, endpoint := range []string{"Tasks", "TASKS", "tasks ", " tasks", "/tasks", "tasks/", "task", "tаsks", "", "*", "tasks\x00", "cafe\u0301"} {
		checkDenied(t, s, holding("admin", "café"), endpoint, "GET")
	}
}

// One role, one endpoint, and methods that are nearly the granted one.
func TestMethodsIgnoreASCIICase(t *testing.T) {
	s := mustService[user](t, roles.New("user",
		roles.Allow("tasks", "link", shows("link")),
		roles.Allow("tasks", "Straße", shows("street")),
		roles.Allow("notes", roles.Get, shows("get")),
		roles.Allow("orders", "get", shows("lower")),
		roles.Allow("invoices", "gEt", shows("mixed"))))
	for method, name := range map[string]string{
		"link": "link", "LINK": "link", "Link": "link", "lInK": "link", "Straße": "street", "STRAße": "street",
	} {
		checkAllowed(t, s, holding("user"), "tasks", method, shownBy(name), "user")
	}
	for endpoint, name := range map[string]string{"notes": "get", "orders": "lower", "invoices": "mixed"} {
		for _, method := range []string{"GET", "get", "Get", "geT"} {
			checkAllowed(t, s, holding("user"), endpoint, method, shownBy(name), "user")
		}
	}
	for _, method := range []string{
		"LIN\u212a", "lin\u212a", // the Kelvin sign, which Unicode folds to k
		"STRASSE", "straẞe", "ſtraße", "LINK ", " LINK", "LINK\x00", "LIN", "LINKS", "", "*",
	} {
		checkDenied(t, s, holding("user"), "tasks", method)
	}
	kelvin := mustService[user](t, roles.New("user", roles.Allow("tasks", "lin\u212a", shows("kelvin"))))
	checkAllowed(t, kelvin, holding("user"), "tasks", "LIN\u212a", shownBy("kelvin"), "user")
	checkDenied(t, kelvin, holding("user"), "tasks", "LINK")
}

// HEAD and OPTIONS come with nothing but themselves, AnyMethod and AllowAll.
func TestMethodsAreNotImplied(t *testing.T) {
	s := mustService[user](t, roles.New("user", roles.Allow("tasks", roles.Get, shows("get"))))
	for _, method := range []string{roles.Head, roles.Options, roles.Post, roles.Put, roles.Patch, roles.Delete, roles.Execute} {
		checkDenied(t, s, holding("user"), "tasks", method)
	}
	wide := mustService[user](t, roles.New("user", roles.Allow("tasks", roles.AnyMethod, shows("any"))),
		roles.New("admin", roles.AllowAll(shows("all"))))
	for _, method := range []string{roles.Head, roles.Options, roles.Execute} {
		checkAllowed(t, wide, holding("user"), "tasks", method, shownBy("any"), "user")
		checkAllowed(t, wide, holding("admin"), "tasks", method, shownBy("all"), "admin")
	}
}

// AnyMethod is a name for grants, and nothing at all is the name of nothing:
// whoever asks for them gets nothing, whatever is granted.
func TestNamesOfNothing(t *testing.T) {
	s := mustService[user](t, roles.New("user",
		roles.AllowAll(shows("all")),
		roles.Allow("tasks", roles.AnyMethod, shows("any")),
		roles.Allow("tasks", roles.Get, shows("get"))))
	for _, test := range []struct{ endpoint, method string }{
		{"tasks", "*"}, {"tasks", ""}, {"notes", "*"}, {"notes", ""}, {"", "GET"}, {"", ""}, {"", "*"},
	} {
		t.Run(test.method+" of "+test.endpoint, func(t *testing.T) {
			checkDenied(t, s, holding("user"), test.endpoint, test.method)
		})
	}
}

// The grants that New was given may change afterwards; the role does not.
func TestRolesKeepTheirGrants(t *testing.T) {
	grants := []roles.Grant{roles.Allow("tasks", roles.Get, shows("first"))}
	r := roles.New("user", grants...)
	grants[0] = roles.AllowAll(roles.Everything)
	s := mustService[user](t, r)
	checkAllowed(t, s, holding("user"), "tasks", "GET", shownBy("first"), "user")
	checkDenied(t, s, holding("user"), "notes", "GET")
	if r.Name() != "user" {
		t.Errorf("the role is called %q", r.Name())
	}
}
