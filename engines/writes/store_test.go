// Package writes_test writes rows in real databases, in the forms that package
// sqlspec gives for it, and holds them against the checks in memory.
package writes_test

import (
	"database/sql"
	"testing"

	sq "github.com/Masterminds/squirrel"
	_ "github.com/go-sql-driver/mysql"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestMain(m *testing.M) { engines.Main(m) }

// task is a row. What is nullable there makes a check unknown.
type task struct {
	ID        int64
	AccountID *int64
	State     string
	Approved  *bool
	Members   []member
}

type member struct {
	TaskID int64
	Name   string
}

// store is a database with tasks in it.
type store struct {
	db      *sql.DB
	sql     sq.StatementBuilderType
	dialect sqlspec.Dialect
	tasks   *sqlspec.Table
	locked  string // behind a SELECT whose rows are to be written
	waiting string // counts the statements that wait for a lock
}

// onEach runs a test on every engine.
func onEach(t *testing.T, test func(t *testing.T, s store)) {
	for name, e := range map[string]struct {
		open    func(testing.TB) *sql.DB
		format  sq.PlaceholderFormat
		dialect sqlspec.Dialect
		locked  string
		waiting string
	}{
		// a transaction of SQLite that begins IMMEDIATE is the only one that writes
		"sqlite": {engines.SQLite, sq.Question, sqlspec.SQLite, "", ""},
		"postgres": {engines.Postgres, sq.Dollar, sqlspec.Postgres, "FOR UPDATE",
			"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"},
		"mariadb": {openMariaDB, sq.Question, sqlspec.MariaDB, "FOR UPDATE",
			"SELECT CAST(variable_value AS integer) FROM information_schema.global_status WHERE variable_name = 'INNODB_ROW_LOCK_CURRENT_WAITS'"},
	} {
		t.Run(name, func(t *testing.T) {
			members := sqlspec.MustTable[member]("members")
			tasks := sqlspec.MustTable[task]("tasks", sqlspec.ToMany("members", members, sqlspec.On("id", "task_id")))
			s := store{e.open(t), sq.StatementBuilder.PlaceholderFormat(e.format), e.dialect, tasks.In(e.dialect), e.locked, e.waiting}
			for _, q := range []string{
				"CREATE TABLE tasks (id bigint PRIMARY KEY, account_id bigint, state varchar(40) NOT NULL DEFAULT 'new', approved boolean)",
				"CREATE TABLE members (task_id bigint, name varchar(40))",
			} {
				s.exec(t, q)
			}
			test(t, s)
		})
	}
}

// openMariaDB counts the rows that an UPDATE finds, and not only those that it
// makes different, as the other engines do.
func openMariaDB(t testing.TB) *sql.DB {
	db, err := sql.Open("mysql", engines.MariaDBDSN(t)+"&clientFoundRows=true")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func (s store) exec(t *testing.T, query string) {
	t.Helper()
	if _, err := s.db.Exec(query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// fill makes the rows those of the table.
func (s store) fill(t *testing.T, rows ...task) {
	t.Helper()
	s.exec(t, "DELETE FROM tasks")
	s.exec(t, "DELETE FROM members")
	for _, r := range rows {
		if _, err := s.sql.Insert("tasks").Columns("id", "account_id", "state", "approved").Values(r.ID, r.AccountID, r.State, r.Approved).RunWith(s.db).Exec(); err != nil {
			t.Fatal(err)
		}
		for _, m := range r.Members {
			if _, err := s.sql.Insert("members").Columns("task_id", "name").Values(r.ID, m.Name).RunWith(s.db).Exec(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// rows returns what is in the table, without the members.
func (s store) rows(t *testing.T) []task {
	t.Helper()
	found, err := s.db.Query("SELECT id, account_id, state, approved FROM tasks ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	rows := []task{}
	for found.Next() {
		var r task
		if err := found.Scan(&r.ID, &r.AccountID, &r.State, &r.Approved); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

func ptr[T any](v T) *T { return &v }

var mine = spec.Eq("account_id", 1)
