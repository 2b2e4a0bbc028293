package roles_test

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// stranger is a payload type whose rules do not fit a service of users.
type stranger struct{ user }

// role is a role called user with these grants.
func role(grants ...roles.Grant) []roles.Part { return []roles.Part{roles.New("user", grants...)} }

// startupTests are policies that cannot be.
var startupTests = []struct {
	name   string
	parts  []roles.Part
	says   string // words apart by spaces, all of them in the error
	places int    // how many lines of this file the error names
	cause  error  // that it wraps beside ErrPolicy
	reason string
}{
	{"nil rule", role(roles.Allow[user]("tasks", roles.Get, nil)),
		`"user" GET "tasks" rule`, 1, nil, "nobody can call it"},
	{"nil rule for everything", role(roles.AllowAll[user](nil)),
		`"user" everything rule`, 1, nil, "nobody can call it"},
	{"wrong payload type", role(roles.Allow("tasks", roles.Get, func(stranger) spec.Specification { return spec.All() })),
		`"user" GET "tasks" roles_test.stranger roles_test.user`, 1, nil, "the rule cannot be given the payload"},
	{"pointer to the payload", role(roles.AllowAll(func(*user) spec.Specification { return spec.All() })),
		`"user" everything *roles_test.user`, 1, nil, "a pointer is another type"},
	{"interface that the payload lacks", role(roles.Allow("tasks", roles.Get, func(fmt.Stringer) spec.Specification { return spec.All() })),
		`"user" GET "tasks" fmt.Stringer`, 1, nil, "the rule cannot be given the payload"},
	{"unknown claim", role(roles.AllowWhere("tasks", roles.Get, spec.Eq("account_id", spec.Var("acount")))),
		`"user" GET "tasks" "acount"`, 1, spec.ErrUnknownField, "a typo is found before anybody asks"},
	{"unknown claim for everything", role(roles.AllowAllWhere(spec.Eq("account_id", spec.Var("Account")))),
		`"user" everything "Account"`, 1, spec.ErrUnknownField, "a claim is named as in JSON"},
	{"unknown claim in a list, negated", role(roles.AllowWhere("tasks", "*", spec.NotIn("region", spec.Of(spec.Var("regions")), spec.Of(spec.Var("region"))))),
		`"user" * "tasks" "region"`, 1, spec.ErrUnknownField, "wherever it stands"},
	{"list claim in Eq", role(roles.AllowWhere("tasks", roles.Get, spec.Eq("region", spec.Var("regions")))),
		`"user" GET "tasks" "regions" list Eq`, 1, nil, "one value is wanted"},
	{"list claim in Contains, negated", role(roles.AllowAllWhere(spec.Not(spec.Contains("region", spec.Var("regions"))))),
		`"user" everything "regions" list Contains`, 1, nil, "one value is wanted"},
	{"template with an error", role(roles.AllowWhere("tasks", roles.Get, spec.Eq("score", math.NaN()))),
		`"user" GET "tasks" "score"`, 1, spec.ErrValue, "it can never match"},
	{"template with an error beside all", role(roles.AllowAllWhere(spec.Or(spec.All(), spec.Matches("name", "(")))),
		`"user" everything "name"`, 1, spec.ErrPattern, "it can never match"},
	{"variable without a name", role(roles.AllowWhere("tasks", roles.Get, spec.Eq("score", spec.Var("")))),
		`"user" GET "tasks"`, 1, spec.ErrValue, "nothing can be bound to it"},
	{"empty endpoint", role(roles.Allow("", roles.Get, ownRows)),
		`"user" GET "" name`, 1, nil, "nobody can ask for it"},
	{"empty method", role(roles.AllowWhere("tasks", "", spec.All())),
		`"user" "tasks" name`, 1, nil, "nobody can ask for it"},
	{"except without a method", role(roles.AllowAll(ownRows), roles.Except("tasks", "")),
		`"user" "tasks" name`, 1, nil, "AnyMethod is how to say every method"},
	{"except without an endpoint", role(roles.AllowAll(ownRows), roles.Except("", "*")),
		`"user" * name`, 1, nil, "it would except nothing"},
	{"role without a name", []roles.Part{roles.New("", roles.AllowAll(ownRows))},
		`role no name`, 1, nil, "nobody can hold it"},
	{"zero role", []roles.Part{roles.Role{}},
		`role no name`, 0, nil, "nobody can hold it"},
	{"zero grant", role(roles.Grant{}),
		`"user" rule`, 0, nil, "it grants nothing"},
	{"role twice", append(role(roles.Allow("tasks", roles.Get, ownRows)),
		roles.New("user", roles.Allow("notes", roles.Get, ownRows))),
		`"user" twice`, 2, nil, "one of them would be forgotten"},
	{"grant twice", role(roles.Allow("tasks", roles.Get, ownRows),
		roles.Allow("tasks", "get", roles.Everything)),
		`"user" GET "tasks" once`, 2, nil, "one of them would be forgotten"},
	{"grant and except", role(roles.Except("tasks", roles.AnyMethod),
		roles.AllowWhere("tasks", "*", spec.All())),
		`"user" * "tasks" once`, 2, nil, "they contradict each other"},
	{"everything twice", role(roles.AllowAll(ownRows),
		roles.AllowAllWhere(spec.All())),
		`"user" everything once`, 2, nil, "one of them would be forgotten"},
	{"nil part", append(role(), nil),
		`part nil`, 0, nil, "something was left out"},
	{"pointer to a role", []roles.Part{ptr(roles.New("user", roles.AllowAll(ownRows)))},
		`part`, 0, nil, "a role left out in silence lets a later, wider one decide"},
	{"nil pointer to a role", []roles.Part{(*roles.Role)(nil)},
		`part`, 0, nil, "something was left out"},
	{"role inside a struct", []roles.Part{struct{ roles.Role }{roles.New("user", roles.AllowAll(ownRows))}},
		`part`, 0, nil, "a role left out in silence lets a later, wider one decide"},
}

var place = regexp.MustCompile(`startup_test\.go:\d+`)

func places(err error) []string {
	found := place.FindAllString(err.Error(), -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestPoliciesThatCannotBe(t *testing.T) {
	for _, test := range startupTests {
		t.Run(test.name, func(t *testing.T) {
			wider := roles.New("admin", roles.AllowAll(roles.Everything))
			s, err := roles.NewService[user](append(slices.Clone(test.parts), wider)...)
			if err == nil || !errors.Is(err, roles.ErrPolicy) {
				t.Fatalf("have error %v, want the policy refused: %s", err, test.reason)
			}
			checkDenied(t, s, holding("user", "admin"), "tasks", "GET")
			for word := range strings.FieldsSeq(test.says) {
				if !strings.Contains(err.Error(), word) {
					t.Errorf("the error does not say %s: %v", word, err)
				}
			}
			if have := places(err); len(have) != test.places {
				t.Errorf("the error names the places %v, want %d: %v", have, test.places, err)
			}
			if test.cause != nil && !errors.Is(err, test.cause) {
				t.Errorf("%v does not wrap %v", err, test.cause)
			}
		})
	}
}

// here is the place that calls it, as errors write it.
func here(down int) string {
	_, _, line, _ := runtime.Caller(1)
	return fmt.Sprintf("startup_test.go:%d", line+down)
}

func TestErrorsNameTheLine(t *testing.T) {
	first := here(1)
	tasks := roles.Allow("tasks", roles.Get, ownRows)
	again := here(1)
	tasksAgain := roles.Allow("tasks", roles.Get, roles.Everything)
	firstRole := here(1)
	user1 := roles.New("user", tasks, tasksAgain)
	secondRole := here(1)
	user2 := roles.New("user")
	excepted := here(1)
	except := roles.Except("", "")
	template := here(1)
	where := roles.AllowAllWhere(spec.Eq("a", spec.Var("b")))
	all := here(1)
	nilRule := roles.AllowAll[user](nil)
	for _, test := range []struct {
		name  string
		parts []roles.Part
		want  []string
	}{
		{"grants", []roles.Part{user1}, []string{first, again}},
		{"roles", []roles.Part{user1, user2}, []string{first, again, firstRole, secondRole}},
		{"several problems", []roles.Part{user1, roles.New("admin", except, where), roles.New("root", nilRule)},
			[]string{first, again, excepted, template, all}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := roles.NewService[user](test.parts...)
			if err == nil {
				t.Fatal("no error")
			}
			slices.Sort(test.want)
			if have := places(err); !slices.Equal(have, test.want) {
				t.Errorf("the error names %v, want %v:\n%v", have, test.want, err)
			}
		})
	}
}

// All that is wrong is reported together, and no service comes with it.
func TestErrorsAreJoined(t *testing.T) {
	s, err := roles.NewService[user](
		roles.New("user", roles.Allow[user]("tasks", roles.Get, nil), roles.AllowWhere("notes", roles.Get, spec.Eq("a", spec.Var("nowhere")))),
		roles.New("user", roles.AllowAllWhere(spec.Eq("score", math.NaN()))),
		nil,
		roles.New("", roles.AllowAll(roles.Everything)),
		roles.New("admin", roles.AllowAll(roles.Everything)))
	if s != nil || err == nil {
		t.Fatalf("have service %v and error %v", s, err)
	}
	for _, want := range []string{"no rule", "nowhere", "twice", "score", "nil", "no name"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not mention %q: %v", want, err)
		}
	}
	for _, want := range []error{roles.ErrPolicy, spec.ErrUnknownField, spec.ErrValue} {
		if !errors.Is(err, want) {
			t.Errorf("the error does not wrap %v", want)
		}
	}
}

func TestMustServicePanics(t *testing.T) {
	defer func() {
		err, ok := recover().(error)
		if !ok || !errors.Is(err, roles.ErrPolicy) {
			t.Errorf("panicked with %v, want an ErrPolicy", err)
		}
	}()
	roles.MustService[user](roles.New("user", roles.AllowAll[user](nil)))
	t.Error("no panic")
}

// Payload types that no template can read. A function can.
func TestTemplatesNeedFields(t *testing.T) {
	where := roles.AllowWhere("tasks", roles.Get, spec.Eq("account_id", spec.Var("account")))
	if _, err := roles.NewService[name](roles.New("user", where)); !errors.Is(err, roles.ErrPolicy) {
		t.Errorf("a text as payload: have error %v", err)
	}
	if _, err := roles.NewService[roles.Payload](roles.New("user", where)); !errors.Is(err, roles.ErrPolicy) {
		t.Errorf("an interface as payload: have error %v", err)
	}
	constant := roles.AllowWhere("tasks", roles.Get, spec.Eq("public", true))
	checkAllowed(t, mustService[name](t, roles.New("user", constant)), name("user"), "tasks", "GET", spec.Eq("public", true), "user")
	checkDenied(t, mustService[name](t, roles.New("user", constant)), name("admin"), "tasks", "GET")
}
