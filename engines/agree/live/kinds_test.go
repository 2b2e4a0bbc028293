package live_test

import (
	"slices"
	"testing"
	"time"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/sqlspectest"
)

// everything has a field of every kind, in every way to store one. Its rows are
// told apart by a text.
type everything struct {
	Code    string
	Flag    *bool
	Whole   *int64
	Count   *uint64
	Real    *float64
	Amount  *spec.Decimal
	Cents   *spec.Decimal
	Name    *string
	Sealed  *string
	Mood    *string `spec:"mood,enum=calm|cross"`
	Raw     []byte
	At      *time.Time
	Local   *time.Time
	Day     *spec.Date
	Key     *[16]byte
	Token   *[16]byte
	Names   []string
	Labels  []string
	Tags    []string
	Flags   []bool
	Wholes  []int64
	Reals   []float64
	Amounts []spec.Decimal
	Days    []spec.Date
	Keys    [][16]byte
}

var kinds = map[sqlspec.Dialect]string{
	sqlspec.SQLite: `CREATE TABLE everything (code TEXT PRIMARY KEY, flag INTEGER, whole INTEGER, count INTEGER, real REAL, amount TEXT, cents INTEGER, name TEXT, sealed BLOB, mood TEXT,
		raw BLOB, at INTEGER, local INTEGER, day TEXT, "key" TEXT, token BLOB, names TEXT, labels TEXT, tags TEXT, flags TEXT, wholes TEXT, reals TEXT, amounts TEXT, days TEXT, keys TEXT)`,
	sqlspec.Postgres: `CREATE TABLE everything (code text PRIMARY KEY, flag bool, whole int4, count int8, real float8, amount numeric, cents int8, name varchar(60), sealed bytea, mood text,
		raw bytea, at timestamptz, local timestamp, day date, "key" uuid, token uuid, names text[], labels jsonb, tags varchar[], flags bool[], wholes int8[], reals float8[], amounts numeric[], days date[], keys uuid[])`,
	sqlspec.MariaDB: "CREATE TABLE everything (code varchar(60) PRIMARY KEY, flag boolean, whole int, count bigint unsigned, `real` double, amount decimal(65,30), cents bigint, name varchar(60), sealed varbinary(200), mood enum('calm', 'cross'), " +
		"raw varbinary(200), at datetime(6), local datetime(6), day date, `key` uuid, token binary(16), names longtext, labels json, tags longtext, flags longtext, wholes longtext, reals longtext, amounts longtext, days longtext, `keys` longtext)",
}

// seal stands for a deterministic cipher.
func seal(v spec.Value) (spec.Value, error) {
	code := []byte("sealed " + v.Text())
	slices.Reverse(code)
	return spec.Of(code), nil
}

func everythingTable(d sqlspec.Dialect) *sqlspec.Table {
	opts := []sqlspec.Option{sqlspec.Column("cents", sqlspec.Scaled(2)), sqlspec.Column("sealed", sqlspec.Encoded(spec.KindBytes, seal))}
	if d == sqlspec.Postgres {
		opts = append(opts, sqlspec.Column("local", sqlspec.Timestamp()), sqlspec.Column("labels", sqlspec.JSONB()), sqlspec.Column("tags", sqlspec.PostgresType("varchar")))
	} else {
		opts = append(opts, sqlspec.Column("token", sqlspec.Blob()))
	}
	return sqlspec.MustTable[everything]("everything", opts...)
}

// TestKinds: rows of every kind are written, read and asked for.
func TestKinds(t *testing.T) {
	for d, ddl := range kinds {
		t.Run(d.String(), func(t *testing.T) {
			db := openDesk(t, d)
			run(t, db, ddl)
			table := everythingTable(d)
			var rules []sqlspectest.Policy
			for f := range table.Schema().Fields() {
				s := spec.Eq(f.Name, spec.Var("x"))
				if f.List {
					s = spec.Contains(f.Name, spec.Var("x"))
				}
				rules = append(rules, sqlspectest.Rule(f.Name, s))
			}
			sqlspectest.Agree(t, db, d, table, sqlspectest.Policies(rules...), sqlspectest.Key("code"), sqlspectest.Rows(150))
			if n := count(t, db, "everything"); n != 0 {
				t.Errorf("%d rows are left", n)
			}
		})
	}
}

// What codes stand for is not known of rows that others wrote.
func TestSealedRows(t *testing.T) {
	db := openDesk(t, sqlspec.SQLite)
	run(t, db, kinds[sqlspec.SQLite])
	run(t, db, "INSERT INTO everything (code, name, sealed) VALUES ('a', 'x', x'01'), ('b', 'y', NULL)")
	table := everythingTable(sqlspec.SQLite)
	key := sqlspectest.Key("code")
	if _, err := sqlspectest.Prove(t.Context(), db, sqlspec.SQLite, table, sqlspectest.Rule("sealed", spec.Eq("sealed", "x")), key, sqlspectest.Existing()); err == nil {
		t.Error("codes were understood")
	}
	sqlspectest.Agree(t, db, sqlspec.SQLite, table, sqlspectest.Rule("name", spec.Eq("name", spec.Var("x"))), key, sqlspectest.Existing())
}

// What a column holds may be for the caller to say.
func TestValuesOfColumns(t *testing.T) {
	type order struct {
		ID       int64
		Customer int64
		State    string
	}
	db := engines.SQLite(t)
	run(t, db, "CREATE TABLE customers (id INTEGER PRIMARY KEY)")
	run(t, db, "INSERT INTO customers VALUES (70001), (70002)")
	run(t, db, "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER NOT NULL REFERENCES customers (id), state TEXT NOT NULL CHECK (state IN ('new', 'paid')), note TEXT NOT NULL)")
	table := sqlspec.MustTable[order]("orders")
	policy := sqlspectest.Rule("mine", spec.Eq("customer", spec.Var("me")).And(spec.Ne("state", "new")))
	note := sqlspectest.Fill("note", func(n int) any { return "generated" })
	if _, err := sqlspectest.Prove(t.Context(), db, sqlspec.SQLite, table, policy, note); err == nil {
		t.Error("rows without a customer were written")
	}
	sqlspectest.Agree(t, db, sqlspec.SQLite, table, policy, note,
		sqlspectest.Values("customer", int64(70001), int64(70002)), sqlspectest.Values("state", "new", "paid"))
}
