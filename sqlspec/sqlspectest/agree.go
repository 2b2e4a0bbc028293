package sqlspectest

import (
	"context"
	"database/sql"
	"testing"

	"github.com/rolespec/rolespec/sqlspec"
)

// Agree proves that the rows which a policy shows in a live table are those that
// it shows in memory: for every caller of the policy, and for what their
// specifications deny as well.
//
//	sqlspectest.Agree(t, db, sqlspec.Postgres, tasks,
//		sqlspectest.Callers(policy, "tasks", "GET", ann, bob, admin))
//
// It writes rows into the table and into those that its relations lead to, full of
// what engines get wrong and of what the policy asks for, nearly asks for and does
// not; then it reads all rows of the tables and asks for every caller. All that
// happens in one transaction, which is rolled back. So it is for the tables of a
// test database, made as those of production are, with no more than some ten
// thousand rows. What the columns of the tables accept is found by trying: a row
// that breaks a constraint is replaced by another.
//
// The test fails where engine and memory differ, with the smallest part of the
// specification for which they do and why the row is or is not visible in memory;
// where a column gives back something else than was stored; where a caller is
// denied; and where a caller is shown no row or all rows, since such a sample
// proves nothing, unless the specification is spec.All.
func Agree(t testing.TB, db *sql.DB, d sqlspec.Dialect, table *sqlspec.Table, policy Policy, opts ...Option) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	proof, err := Prove(ctx, db, d, table, policy, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v: %v", table.In(d).Name(), proof)
	for _, problem := range proof.Problems {
		t.Error(problem)
	}
}

// Option changes what [Agree] does.
type Option func(*options)

type options struct {
	rows     int
	seed     uint64
	existing bool
	key      string
	values   map[string][]any
	fill     map[string]func(n int) any
	compile  Compiler
}

// Rows is how many rows are written; 200 without it.
func Rows(n int) Option { return func(o *options) { o.rows = n } }

// Seed is the seed of what is random; 1 without it.
func Seed(seed uint64) Option { return func(o *options) { o.seed = seed } }

// Existing asks about the rows that are there, and writes none.
func Existing() Option { return func(o *options) { o.existing = true } }

// Key names the field that tells the rows of the table apart; "id" without it.
func Key(field string) Option { return func(o *options) { o.key = field } }

// Values are those that the rows may have in a field: where a column accepts no
// others, as the key of a table that is no relation. A dot leads to the field
// through relations: "comments.author_id". A nil is null.
func Values(field string, values ...any) Option {
	return func(o *options) { o.values[field] = values }
}

// Fill is what rows have in a column that holds no field and has no default, for
// the row written as number n. A dot leads to the column through relations.
func Fill(column string, value func(n int) any) Option {
	return func(o *options) { o.fill[column] = value }
}

// Compiled asks another for the conditions than Table.SQL, as [Engine] does.
func Compiled(compile Compiler) Option { return func(o *options) { o.compile = compile } }

// Proof is what came of holding a live table against memory.
type Proof struct {
	Callers  int
	Rows     int // of the table
	Verdicts int // rows judged: one for each caller, or what the caller is denied, and row
	Shown    int // those that were true
	Problems []string
}

// Prove is [Agree] for programs that are not tests. The error is for what could
// not be asked.
func Prove(ctx context.Context, db *sql.DB, d sqlspec.Dialect, table *sqlspec.Table, policy Policy, opts ...Option) (Proof, error) {
	o := options{rows: 200, seed: 1, key: "id", values: map[string][]any{}, fill: map[string]func(int) any{}}
	for _, opt := range opts {
		opt(&o)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return Proof{}, err
	}
	defer tx.Rollback()
	return prove(ctx, tx, d, table, policy, o)
}
