package rolespec_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// task is a row as a program has it.
type task struct {
	ID        int64
	Name      string
	AccountID string
	CreatedBy *string
	Region    *string
	Done      bool
	Tags      []string
}

var tasks = []task{
	{ID: 1, Name: "write", AccountID: "a1", CreatedBy: ptr("ann"), Region: ptr("eu"), Tags: []string{"text", "urgent"}},
	{ID: 2, Name: "read", AccountID: "a1", CreatedBy: ptr("bob"), Region: ptr("us"), Done: true},
	{ID: 3, Name: "sum 100%", AccountID: "a2", CreatedBy: ptr("cas"), Region: ptr("eu"), Tags: []string{}},
	{ID: 4, Name: "x' OR '1'='1", AccountID: "a1", Tags: []string{"urgent"}},
	{ID: 5, Name: "", AccountID: "", CreatedBy: ptr("")},
}

var taskTable = sqlspec.MustTable[task]("tasks", sqlspec.Strict())

func ptr[V any](v V) *V { return &v }

func ids(tasks []task) (ids []int64) {
	for _, task := range tasks {
		ids = append(ids, task.ID)
	}
	return ids
}

// acceptance is what one specification shows, in memory and as SQL. Engines are
// asked for the same rows in a module of their own.
var acceptance = []struct {
	name     string
	s        spec.Specification
	ids      []int64
	sqlite   string
	postgres string
	args     []any
}{
	{"equality", spec.Eq("account_id", "a1"), []int64{1, 2, 4},
		`("tasks"."account_id" = ?)`, `("tasks"."account_id" = ?::text)`, []any{"a1"}},
	{"null is not unequal", spec.Ne("created_by", "ann"), []int64{2, 3, 5},
		`("tasks"."created_by" <> ?)`, `("tasks"."created_by" <> ?::text)`, []any{"ann"}},
	{"null is not outside", spec.Not(spec.Eq("region", "eu")), []int64{2},
		`("tasks"."region" <> ?)`, `("tasks"."region" <> ?::text)`, []any{"eu"}},
	{"null", spec.IsNull("created_by"), []int64{4},
		`("tasks"."created_by" IS NULL)`, `("tasks"."created_by" IS NULL)`, nil},
	{"hostile text", spec.Eq("name", "x' OR '1'='1"), []int64{4},
		`("tasks"."name" = ?)`, `("tasks"."name" = ?::text)`, []any{"x' OR '1'='1"}},
	{"both", spec.Eq("account_id", "a1").And(spec.Eq("created_by", "ann")), []int64{1},
		`(("tasks"."account_id" = ?) AND ("tasks"."created_by" = ?))`,
		`(("tasks"."account_id" = ?::text) AND ("tasks"."created_by" = ?::text))`, []any{"a1", "ann"}},
	{"either", spec.Or(spec.Gt("id", 3), spec.IsNull("region")), []int64{4, 5},
		`(("tasks"."id" > ?) OR ("tasks"."region" IS NULL))`,
		`(("tasks"."id" > ?::int8) OR ("tasks"."region" IS NULL))`, []any{int64(3)}},
	{"every row", spec.All(), []int64{1, 2, 3, 4, 5}, `(1 = 1)`, `(1 = 1)`, nil},
	{"no row", spec.None(), nil, `(1 = 0)`, `(1 = 0)`, nil},
	{"zero", spec.Specification{}, nil, `(1 = 0)`, `(1 = 0)`, nil},
	{"or of nothing", spec.Or(), nil, `(1 = 0)`, `(1 = 0)`, nil},
	{"in nothing", spec.In[string]("region"), nil, `(1 = 0)`, `(1 = 0)`, nil},
	{"null as a value", spec.Eq("region", spec.Null), nil, `(1 = NULL)`, `(1 = NULL)`, nil},
}

// In memory, in a SELECT, an UPDATE and a DELETE: one specification, the same
// condition.
func TestOneSpecificationEverywhere(t *testing.T) {
	for _, test := range acceptance {
		t.Run(test.name, func(t *testing.T) {
			visible, err := spec.Filter(test.s, tasks)
			if diff := cmp.Diff(test.ids, ids(visible)); diff != "" || err != nil {
				t.Errorf("in memory (%v):\n%s", err, diff)
			}
			for _, row := range tasks {
				shown, err := spec.Match(test.s, &row)
				if want := slices.Contains(test.ids, row.ID); shown != want || err != nil {
					t.Errorf("task %d: visible %v (%v), want %v", row.ID, shown, err, want)
				}
			}
			for dialect, condition := range map[sqlspec.Dialect]string{sqlspec.SQLite: test.sqlite, sqlspec.Postgres: test.postgres} {
				where := taskTable.Where(test.s, dialect)
				set := append([]any{true}, test.args...)
				checkSQL(t, sq.Select("id").From("tasks").Where(where), `SELECT id FROM tasks WHERE `+condition, test.args)
				checkSQL(t, sq.Update("tasks").Set("done", true).Where(where), `UPDATE tasks SET done = ? WHERE `+condition, set)
				checkSQL(t, sq.Delete("tasks").Where(where), `DELETE FROM tasks WHERE `+condition, test.args)
			}
		})
	}
}

func checkSQL(t *testing.T, statement sq.Sqlizer, want string, wantArgs []any) {
	t.Helper()
	text, args, err := statement.ToSql()
	if text != want || err != nil || len(args)+len(wantArgs) > 0 && !cmp.Equal(args, wantArgs) {
		t.Errorf("have %s %v (%v)\nwant %s %v", text, args, err, want, wantArgs)
	}
}

// A specification beside the program's own conditions stays in one piece.
func TestWhereBesideOtherConditions(t *testing.T) {
	either := spec.Or(spec.Eq("account_id", "a1"), spec.IsNull("region"))
	checkSQL(t, sq.Select("id").From("tasks").Where("done = ?", false).Where(taskTable.Where(either, sqlspec.Postgres)).Where("id > ?", 7).PlaceholderFormat(sq.Dollar),
		`SELECT id FROM tasks WHERE done = $1 AND (("tasks"."account_id" = $2::text) OR ("tasks"."region" IS NULL)) AND id > $3`, []any{false, "a1", 7})
	checkSQL(t, sq.Select("id").From("tasks").Where(sq.Or{sq.Eq{"done": true}, taskTable.Where(spec.None(), sqlspec.SQLite)}),
		`SELECT id FROM tasks WHERE (done = ? OR (1 = 0))`, []any{true})
}

// badSpecifications are specifications that cannot be used for tasks, each made
// so that being taken for anything else than an error could show rows.
var badSpecifications = []struct {
	name string
	s    spec.Specification
	err  error
}{
	{"unknown field", spec.Ne("acount_id", "a9"), spec.ErrUnknownField},
	{"unknown field that is null", spec.IsNull("deleted_at"), spec.ErrUnknownField},
	{"unknown field by case", spec.NotNull("ID"), spec.ErrUnknownField},
	{"field as SQL", spec.Ne("id = id OR name", "x"), spec.ErrUnknownField},
	{"text for a number", spec.Ne("id", "seven"), spec.ErrType},
	{"number for a text", spec.Ne("name", 7), spec.ErrType},
	{"number for a bool", spec.Ne("done", 2), spec.ErrType},
	{"fraction for an integer", spec.NotIn("id", 1.5), spec.ErrType},
	{"substring of a number", spec.Not(spec.Contains("id", "9")), spec.ErrType},
	{"number in a list of texts", spec.Not(spec.Contains("tags", 9)), spec.ErrType},
	{"order of lists", spec.Lt("tags", spec.Of("x")), spec.ErrType},
	{"not a number", spec.Ne("id", math.NaN()), spec.ErrValue},
	{"text with NUL", spec.Ne("name", "a\x00"), spec.ErrValue},
	{"text that is not UTF-8", spec.Ne("name", "\xff"), spec.ErrValue},
	{"pattern", spec.Matches("name", ".*("), spec.ErrPattern},
	{"no field", spec.NotNull(""), spec.ErrField},
	{"unbound variable", spec.Ne("account_id", spec.Var("account")), spec.ErrUnbound},
	{"unbound variable in a list", spec.NotIn("account_id", spec.Var("accounts")), spec.ErrUnbound},
	{"too deep", tooDeep(), spec.ErrTooDeep},
}

func tooDeep() spec.Specification {
	s := spec.NotNull("id")
	for range spec.MaxDepth {
		s = s.And(spec.NotNull("id")).Not()
	}
	return s
}

// Whoever looks at the error gets one of a known type; whoever ignores it gets no
// row, also where all rows are joined to it or it is negated.
func TestBadSpecifications(t *testing.T) {
	for _, test := range badSpecifications {
		t.Run(test.name, func(t *testing.T) {
			for _, s := range []spec.Specification{test.s, test.s.Not(), test.s.And(spec.NotNull("id")), spec.Or(spec.NotNull("id"), test.s)} {
				if !errors.Is(checkShowsNothing(t, s), test.err) {
					t.Errorf("%v: have error %v, want %v", s, checkShowsNothing(t, s), test.err)
				}
			}
		})
	}
}

// checkShowsNothing uses s in every way and ignores the errors. Nothing may show.
// It returns the error of the filter, which the others must have too.
func checkShowsNothing(t *testing.T, s spec.Specification) error {
	t.Helper()
	visible, err := spec.Filter(s, tasks)
	if len(visible) > 0 {
		t.Errorf("%v shows %v", s, ids(visible))
	}
	m, compileErr := spec.Compile[task](s)
	for _, row := range tasks {
		if shown, _ := spec.Match(s, &row); shown || m.Match(&row) {
			t.Errorf("%v shows task %d", s, row.ID)
		}
	}
	if (compileErr == nil) != (err == nil) {
		t.Errorf("%v: Filter says %v, Compile %v", s, err, compileErr)
	}
	for _, dialect := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, 0} {
		where := taskTable.Where(s, dialect)
		text, args, whereErr := where.ToSql()
		if !isNever(text) || len(args) > 0 || (whereErr == nil) != (err == nil && dialect != 0) {
			t.Errorf("%v: condition %s %v (%v)", s, text, args, whereErr)
		}
		text, args, whereErr = taskTable.SQL(s, dialect)
		if !isNever(text) || len(args) > 0 || (whereErr == nil) != (err == nil && dialect != 0) {
			t.Errorf("%v: condition %s %v (%v)", s, text, args, whereErr)
		}
		for _, statement := range []sq.Sqlizer{
			sq.Select("id").From("tasks").Where(where),
			sq.Update("tasks").Set("done", true).Where(where),
			sq.Delete("tasks").Where(where),
			sq.Delete("tasks").Where(sq.Or{sq.Eq{"done": true}, where}),
		} {
			text, _, statementErr := statement.ToSql()
			if statementErr == nil && !strings.Contains(text, never) && !strings.Contains(text, neverKnown) {
				t.Errorf("%v: statement %s", s, text)
			}
			if (statementErr == nil) != (err == nil && dialect != 0) {
				t.Errorf("%v: the statement has the error %v, the filter %v", s, statementErr, err)
			}
		}
	}
	return err
}

// Conditions that no row meets, as sqlspec writes them: false, and unknown.
const never, neverKnown = "(1 = 0)", "(1 = NULL)"

func isNever(condition string) bool { return condition == never || condition == neverKnown }

// What matches no row by its meaning, without an error. squirrel drops a nil
// condition, so there must not be one.
func TestNothingShowsNothing(t *testing.T) {
	var none spec.Specification
	for name, s := range map[string]spec.Specification{
		"zero": none, "None": spec.None(), "Or()": spec.Or(), "In of nothing": spec.In[int]("id"),
		"equal to null": spec.Eq("region", spec.Null), "unequal to null": spec.Ne("region", spec.Null), "not All": spec.All().Not(),
		"And with zero": spec.And(spec.All(), none), "Or of zeros": spec.Or(none, none), "and null": spec.Eq("region", spec.Null).And(none),
	} {
		t.Run(name, func(t *testing.T) {
			if err := checkShowsNothing(t, s); err != nil {
				t.Error(err)
			}
		})
	}
	var noTable *sqlspec.Table
	for _, s := range []spec.Specification{spec.All(), spec.None(), spec.Eq("id", 1)} {
		text, args, err := noTable.Where(s, sqlspec.SQLite).ToSql()
		if text != "(1 = NULL)" || len(args) > 0 || !errors.Is(err, sqlspec.ErrTable) {
			t.Errorf("no table: %s %v (%v)", text, args, err)
		}
	}
}
