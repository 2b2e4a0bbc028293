package adapters_test

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestMain(m *testing.M) { engines.Main(m) }

type Task struct {
	ID        int64
	AccountID int64
	Owner     *string
	Title     string
	Done      bool
	Priority  int64
	Weight    float64
	Key       []byte
	CreatedAt time.Time
	DeletedAt *time.Time
	ParentID  *int64
}

var (
	tasks   = sqlspec.MustTable[Task]("tasks", sqlspec.As("t"))
	unnamed = sqlspec.MustTable[Task]("tasks") // without an alias
)

const hostile = `why? $1 ?? :name ::text @p \? 'it''s' "x" -- /* {a,b} %_`

var (
	noon   = time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC)
	owners = []string{"ann", "O'Hara", `"b",c}`, "?", "$1", ""}
	titles = []string{hostile, "plain", "?", "$1 off", "it's", `a\?b`, "a?b'"}
	rows   = func() (rows []Task) {
		for i := range 42 {
			r := Task{
				ID: int64(i + 1), AccountID: int64(i % 5), Title: titles[i%7], Done: i%4 == 0, Priority: int64(i%6) - 1,
				Weight: float64(i%9) - 4.5, Key: []byte{byte(i % 3), '?', 200}, CreatedAt: noon.Add(time.Duration(i) * time.Hour),
			}
			if i%4 != 1 {
				r.Owner = &owners[i%6]
			}
			if i%9 == 2 {
				r.DeletedAt = &noon
			}
			if i > 2 {
				r.ParentID = &rows[i/3].ID
			}
			rows = append(rows, r)
		}
		return rows
	}()
)

// own is the condition that the program has beside the specification: in SQL,
// done OR priority >= 3.
var own = spec.Or(spec.Eq("done", true), spec.Gte("priority", 3))

var cases = []struct {
	name    string
	visible spec.Specification
	err     error
}{
	{"every row", spec.All(), nil},
	{"no row", spec.None(), nil},
	{"zero specification", spec.Specification{}, nil},
	{"number", spec.Eq("account_id", 3), nil},
	{"negative number", spec.Gt("priority", -1), nil},
	{"negative float", spec.Gt("weight", -0.5), nil},
	{"truth", spec.Ne("done", true), nil},
	{"instant alone", spec.Gte("created_at", noon.Add(9*time.Hour)), nil},
	{"list of numbers", spec.In("account_id", 1, 2, 99), nil},
	{"list of texts", spec.In("owner", owners...), nil},
	{"not in a list of texts", spec.NotIn("owner", "ann", `"b",c}`, "?"), nil},
	{"list with a null", spec.NotIn("owner", spec.Of("ann"), spec.Null), nil},
	{"empty list", spec.NotIn[string]("owner"), nil},
	{"bytes", spec.Eq("key", []byte{1, '?', 200}), nil},
	{"list of bytes", spec.In("key", []byte{1, '?', 200}, []byte{2, '?', 200}), nil},
	{"not in a list of bytes", spec.NotIn("key", []byte{1, '?', 200}, []byte{2, '?', 200}), nil},
	{"hostile text", spec.Eq("title", hostile), nil},
	{"not the hostile text", spec.Ne("title", hostile), nil},
	{"contains a placeholder", spec.Contains("title", "?"), nil},
	{"prefix is a placeholder", spec.HasPrefix("title", "$1"), nil},
	{"suffix is a quote", spec.Not(spec.HasSuffix("title", "'")), nil},
	{"negation passes over null", spec.Not(spec.Eq("owner", "ann")), nil},
	{"null", spec.IsNull("owner"), nil},
	{"distinct", spec.Distinct("owner", "O'Hara"), nil},
	{"equal to null", spec.Eq("owner", spec.Null), nil},
	{"or", spec.Or(spec.Eq("account_id", 1), spec.And(spec.IsNull("owner"), spec.Not(spec.In("title", "plain", "?")))), nil},
	{"negated or", spec.Not(spec.Or(spec.Eq("account_id", 1), spec.Eq("title", "?"), spec.Lt("weight", -2))), nil},
	{"unknown field", spec.Eq("acount_id", 3), spec.ErrUnknownField},
	{"unknown field under Not", spec.Not(spec.Eq("x); DROP TABLE tasks; --", 3)), spec.ErrUnknownField},
	{"unbound variable", spec.Or(spec.Gte("id", 0), spec.Eq("owner", spec.Var("sub"))), spec.ErrUnbound},
	{"wrong type", spec.Ne("account_id", "3"), spec.ErrType},
}

// engine is a database with the rows in it.
type engine struct {
	sqlspec.Dialect
	db   *sql.DB
	url  string // PostgreSQL
	noon string // SQL
}

// onEach runs a test on every engine.
func onEach(t *testing.T, test func(t *testing.T, e *engine)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		e := &engine{Dialect: sqlspec.SQLite, db: engines.SQLite(t), noon: strconv.FormatInt(noon.UnixMicro(), 10)}
		e.create(t, "INTEGER", "BLOB")
		test(t, e)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, openPostgres(t))
	})
}

func openPostgres(t *testing.T) *engine {
	e := &engine{Dialect: sqlspec.Postgres, url: engines.PostgresURL(t), noon: noon.Format("'2006-01-02T15:04:05Z'")}
	db, err := sql.Open("pgx", e.url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	e.db = db
	e.create(t, "timestamptz", "bytea")
	return e
}

func (e *engine) create(t *testing.T, instant, bytes string) {
	t.Helper()
	e.exec(t, fmt.Sprintf(`CREATE TABLE tasks (id bigint PRIMARY KEY, account_id bigint, owner text, title text, done boolean, priority bigint,
		weight double precision, key %[2]s, created_at %[1]s, deleted_at %[1]s, parent_id bigint, note text NOT NULL DEFAULT '')`, instant, bytes))
	e.refill(t)
}

// refill undoes what a statement has changed.
func (e *engine) refill(t *testing.T) {
	t.Helper()
	var text strings.Builder
	var args []any
	text.WriteString("INSERT INTO tasks (id, account_id, owner, title, done, priority, weight, key, created_at, deleted_at, parent_id) VALUES ")
	for i, r := range rows {
		if i > 0 {
			text.WriteString(", ")
		}
		values := []any{r.ID, r.AccountID, r.Owner, r.Title, r.Done, r.Priority, r.Weight, r.Key, e.instant(&r.CreatedAt), e.instant(r.DeletedAt), r.ParentID}
		for j, v := range values {
			args = append(args, v)
			text.WriteString(map[bool]string{true: "(", false: ", "}[j == 0])
			text.WriteString(e.placeholder(len(args)))
		}
		text.WriteString(")")
	}
	e.exec(t, "DELETE FROM tasks")
	e.exec(t, text.String(), args...)
}

// instant is a time as the engine stores it.
func (e *engine) instant(at *time.Time) any {
	if at == nil || e.Dialect == sqlspec.Postgres {
		return at
	}
	return at.UnixMicro()
}

func (e *engine) placeholder(n int) string {
	if e.Dialect == sqlspec.Postgres {
		return fmt.Sprintf("$%d", n)
	}
	return "?"
}

func (e *engine) exec(t *testing.T, text string, args ...any) {
	t.Helper()
	if _, err := e.db.ExecContext(t.Context(), text, args...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

func (e *engine) ids(t *testing.T, where string) []int64 {
	t.Helper()
	found, err := e.db.QueryContext(t.Context(), "SELECT id FROM tasks WHERE "+where)
	if err != nil {
		t.Fatal(err)
	}
	defer found.Close()
	var ids []int64
	for found.Next() {
		var id int64
		if err := found.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return ids
}

// inMemory returns the ids of the rows that a specification shows.
func inMemory(t *testing.T, s spec.Specification) []int64 {
	t.Helper()
	visible, err := spec.Filter(s, rows)
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]int64, len(visible))
	for i, r := range visible {
		ids[i] = r.ID
	}
	return ids
}

// uses are the ways in which a library uses a specification. Those that are nil
// are not tested.
type uses struct {
	find   func(visible spec.Specification) ([]int64, error) // alone
	beside func(visible spec.Specification) ([]int64, error) // and own
	mark   func(visible spec.Specification) error            // and own: sets the note to "seen?"
	remove func(visible spec.Specification) error            // and own
	soft   bool                                              // the library hides, and only marks, deleted rows
}

// check holds every use against evaluation in memory.
func check(t *testing.T, e *engine, u uses) {
	t.Helper()
	always := spec.All()
	if u.soft {
		always = spec.IsNull("deleted_at")
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var alone, both []int64
			if c.err == nil {
				alone = inMemory(t, spec.And(c.visible, always))
				both = inMemory(t, spec.And(c.visible, always, own))
			}
			read := func(use string, find func(spec.Specification) ([]int64, error), want []int64) {
				t.Helper()
				if find == nil {
					return
				}
				ids, err := find(c.visible)
				if !errors.Is(err, c.err) {
					t.Errorf("%s: error %v, want %v", use, err, c.err)
				}
				same(t, use, ids, want)
			}
			read("find", u.find, alone)
			read("beside", u.beside, both)

			write := func(use string, change func(spec.Specification) error, changed string, want []int64) {
				t.Helper()
				if change == nil {
					return
				}
				if err := change(c.visible); !errors.Is(err, c.err) {
					t.Errorf("%s: error %v, want %v", use, err, c.err)
				}
				same(t, use, e.ids(t, changed), want)
				if len(both) > 0 || t.Failed() {
					e.refill(t)
				}
			}
			write("mark", u.mark, "note = 'seen?'", both)
			if u.soft {
				write("remove", u.remove, "deleted_at <> "+e.noon, both)
				return
			}
			rest := slices.DeleteFunc(inMemory(t, spec.All()), func(id int64) bool { return slices.Contains(both, id) })
			write("remove", u.remove, "1 = 1", rest)
		})
	}
}

func same(t *testing.T, use string, have, want []int64) {
	t.Helper()
	slices.Sort(have)
	if !slices.Equal(have, want) {
		t.Errorf("%s: rows\nhave %v\nwant %v", use, have, want)
	}
}

// Whoever ignores an error of SQL gets no row.
func TestIgnoredError(t *testing.T) {
	onEach(t, func(t *testing.T, e *engine) {
		for _, c := range cases {
			if c.err == nil {
				continue
			}
			text, args, _ := unnamed.SQL(c.visible, e.Dialect)
			if len(args) > 0 || len(e.ids(t, text)) > 0 {
				t.Errorf("%s: %s %v shows rows", c.name, text, args)
			}
		}
	})
}
