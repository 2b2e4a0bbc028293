package rolespec

import (
	"database/sql"
	"os"
	"strings"
	"testing"
	"time"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// The first example of the README, letter for letter.
// readme:begin

type Claims struct {
	payload.Registered        // sub, exp, roles ...
	Account            string `json:"account"`
}

type Task struct {
	ID        int64
	Account   string
	CreatedBy string
	Title     string
	DeletedAt *time.Time
}

var policy = roles.MustService[Claims](
	roles.New("admin",
		roles.AllowAllWhere(spec.Eq("account", spec.Var("account")))),
	roles.New("user",
		roles.Allow("tasks", roles.Get, func(c Claims) spec.Specification {
			return spec.Eq("account", c.Account).And(spec.IsNull("deleted_at"))
		}),
		roles.AllowWhere("tasks", roles.Put, spec.Eq("created_by", spec.Var("sub")))),
)

var tasks = sqlspec.MustTable[Task]("tasks", sqlspec.As("t"))

func visible(db *sql.DB, claims Claims, inMemory []Task) ([]Task, *sql.Rows, error) {
	mine, err := policy.Verify(claims, "tasks", "GET")
	if err != nil {
		return nil, nil, err // errors.Is(err, roles.ErrForbidden): 403
	}
	filtered, err := spec.Filter(mine, inMemory)
	if err != nil {
		return nil, nil, err
	}
	rows, err := sq.Select("t.id", "t.title").From("tasks t").
		Where(tasks.Where(mine, sqlspec.SQLite)).
		RunWith(db).Query()
	return filtered, rows, err
}

// readme:end

func TestReadmeExample(t *testing.T) {
	source, err := os.ReadFile("readme_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut(string(source), "// readme:begin\n\n")
	code, _, _ = strings.Cut(code, "\n// readme:end")
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if code == "" || !strings.Contains(string(readme), "```go\n"+code+"```") {
		t.Error("the first example of README.md is not the one that is compiled here")
	}
	_ = visible
}

func TestReadmePolicy(t *testing.T) {
	rows := []Task{{ID: 1, Account: "a"}, {ID: 2, Account: "b"}, {ID: 3, Account: "a", DeletedAt: new(time.Time)}}
	for role, want := range map[string]int{"user": 1, "admin": 2, "guest": 0} {
		claims := Claims{Account: "a", Registered: payload.Registered{Roles: []string{role}}}
		mine, err := policy.Verify(claims, "tasks", "get")
		if (err == nil) != (want > 0) {
			t.Errorf("%s: %v", role, err)
		}
		if have, err := spec.Filter(mine, rows); err != nil || len(have) != want {
			t.Errorf("%s: %d rows, want %d, %v", role, len(have), want, err)
		}
	}
}
