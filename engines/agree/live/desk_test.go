package live_test

import (
	"database/sql"
	"testing"
	"time"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/sqlspectest"
)

// The tables of a program, with what tables have: keys, references, columns that
// cannot be null, types that hold less than a kind.
type ticket struct {
	ID        int64
	Account   string
	Title     string
	Status    string `spec:"status,enum=open|done|late"`
	Priority  int
	Price     spec.Decimal
	CreatedBy *string
	Public    bool
	Due       *spec.Date
	At        time.Time
	DeletedAt *time.Time
	Key       [16]byte
	Tags      []string
	Weight    *float64
	Owner     *person
	Comments  []comment
	Groups    []group
	Parent    *ticket
}

type person struct {
	ID   int64
	Name string
	Team *string
}

type comment struct {
	ID     int64
	Text   string
	Hidden bool
	Author *person
}

type group struct {
	ID   int64
	Name string
}

type agent struct {
	Name    string   `json:"name"`
	Account string   `json:"account"`
	Teams   []string `json:"teams"`
	Roles   []string `json:"roles"`
}

func (a agent) RoleNames() []string { return a.Roles }

var desk = roles.MustService[agent](
	roles.New("admin", roles.AllowAllWhere(spec.Eq("account", spec.Var("account")))),
	roles.New("agent",
		roles.Allow("tickets", roles.Get, func(a agent) spec.Specification {
			return spec.Eq("account", a.Account).And(spec.IsNull("deleted_at"),
				spec.Or(spec.Eq("public", true), spec.Eq("created_by", a.Name), spec.In("owner.team", a.Teams...), spec.Any("groups", spec.HasPrefix("name", "support"))))
		}),
		roles.AllowWhere("tickets", roles.Put, spec.And(
			spec.Eq("owner.name", spec.Var("name")), spec.Ne("status", "done"), spec.Every("comments", spec.Eq("hidden", false)))),
		roles.AllowWhere("tickets", roles.Delete, spec.Or(
			spec.Gt("price", spec.MustDecimal("100.50")).And(spec.Lt("priority", 3)), spec.Contains("tags", "spam"), spec.Eq("parent.created_by", spec.Var("name")))),
	),
)

var agents = []agent{
	{"ann", "acme", []string{"north", "south"}, []string{"agent"}},
	{"Ann", "acme", []string{"North"}, []string{"agent"}},
	{"bob", "Acme", []string{"west"}, []string{"agent"}},
}

var desks = map[sqlspec.Dialect][]string{
	sqlspec.SQLite: {
		`CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, team TEXT) STRICT`,
		`CREATE TABLE tickets (id INTEGER PRIMARY KEY, account TEXT NOT NULL CHECK (length(account) < 12), title TEXT NOT NULL, status TEXT NOT NULL CHECK (status IN ('open', 'done', 'late')),
			priority INTEGER NOT NULL, price TEXT NOT NULL, created_by TEXT, public INTEGER NOT NULL, due TEXT, at INTEGER NOT NULL, deleted_at INTEGER, "key" TEXT NOT NULL UNIQUE,
			tags TEXT, weight REAL, owner_id INTEGER REFERENCES people (id), parent_id INTEGER REFERENCES tickets (id), batch TEXT NOT NULL) STRICT`,
		`CREATE TABLE comments (id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL REFERENCES tickets (id), text TEXT NOT NULL, hidden INTEGER NOT NULL, author_id INTEGER REFERENCES people (id)) STRICT`,
		`CREATE TABLE groups (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT`,
		`CREATE TABLE ticket_groups (ticket_id INTEGER NOT NULL REFERENCES tickets (id), group_id INTEGER NOT NULL REFERENCES groups (id), PRIMARY KEY (ticket_id, group_id)) STRICT`,
	},
	sqlspec.Postgres: {
		`CREATE TYPE ticket_status AS ENUM ('open', 'done', 'late')`,
		`CREATE TABLE people (id bigint PRIMARY KEY, name varchar(60) NOT NULL, team text)`,
		`CREATE TABLE tickets (id bigserial PRIMARY KEY, account varchar(12) NOT NULL, title text NOT NULL, status ticket_status NOT NULL,
			priority smallint NOT NULL, price numeric(12,2) NOT NULL, created_by text, public boolean NOT NULL, due date, at timestamptz NOT NULL, deleted_at timestamptz, "key" uuid NOT NULL UNIQUE,
			tags text[], weight float8, owner_id bigint REFERENCES people (id), parent_id bigint REFERENCES tickets (id), batch text NOT NULL)`,
		`CREATE TABLE comments (id int PRIMARY KEY, ticket_id bigint NOT NULL REFERENCES tickets (id), text text NOT NULL, hidden boolean NOT NULL, author_id bigint REFERENCES people (id))`,
		`CREATE TABLE groups (id int PRIMARY KEY, name text NOT NULL)`,
		`CREATE TABLE ticket_groups (ticket_id bigint NOT NULL REFERENCES tickets (id), group_id int NOT NULL REFERENCES groups (id), PRIMARY KEY (ticket_id, group_id))`,
	},
	sqlspec.MariaDB: {
		"CREATE TABLE people (id bigint PRIMARY KEY, name varchar(60) NOT NULL, team varchar(60))",
		"CREATE TABLE tickets (id bigint PRIMARY KEY AUTO_INCREMENT, account varchar(12) NOT NULL, title varchar(200) NOT NULL, status enum('open', 'done', 'late') NOT NULL, " +
			"priority smallint NOT NULL, price decimal(12,2) NOT NULL, created_by varchar(60), public boolean NOT NULL, due date, at datetime(6) NOT NULL, deleted_at datetime(6), `key` uuid NOT NULL UNIQUE, " +
			"tags json, weight double, owner_id bigint, parent_id bigint, batch varchar(20) NOT NULL, FOREIGN KEY (owner_id) REFERENCES people (id), FOREIGN KEY (parent_id) REFERENCES tickets (id))",
		"CREATE TABLE comments (id int PRIMARY KEY, ticket_id bigint NOT NULL REFERENCES tickets (id), text varchar(200) NOT NULL, hidden boolean NOT NULL, author_id bigint REFERENCES people (id))",
		"CREATE TABLE `groups` (id int PRIMARY KEY, name varchar(60) NOT NULL)",
		"CREATE TABLE ticket_groups (ticket_id bigint NOT NULL, group_id int NOT NULL, PRIMARY KEY (ticket_id, group_id))",
	},
}

func tickets(d sqlspec.Dialect, opts ...sqlspec.Option) *sqlspec.Table {
	usual := map[sqlspec.Dialect][]sqlspec.Option{
		sqlspec.Postgres: {sqlspec.Column("status", sqlspec.PostgresType("ticket_status"))},
		sqlspec.SQLite:   {sqlspec.Strict()},
	}[d]
	opts = append(usual, opts...)
	people := sqlspec.MustTable[person]("people")
	comments := sqlspec.MustTable[comment]("comments", sqlspec.ToOne("author", people, sqlspec.On("author_id", "id")))
	groups := sqlspec.MustTable[group]("groups")
	return sqlspec.MustTable[ticket]("tickets", append([]sqlspec.Option{
		sqlspec.As("t"),
		sqlspec.ToOne("owner", people, sqlspec.On("owner_id", "id")),
		sqlspec.ToOne("parent", nil, sqlspec.On("parent_id", "id")),
		sqlspec.ToMany("comments", comments, sqlspec.On("id", "ticket_id")),
		sqlspec.ManyToMany("groups", groups, "ticket_groups", sqlspec.On("id", "ticket_id"), sqlspec.On("group_id", "id")),
	}, opts...)...)
}

func openDesk(t *testing.T, d sqlspec.Dialect) *sql.DB {
	t.Helper()
	db := map[sqlspec.Dialect]func(testing.TB) *sql.DB{sqlspec.SQLite: engines.SQLite, sqlspec.Postgres: engines.Postgres, sqlspec.MariaDB: engines.MariaDB}[d](t)
	for _, ddl := range desks[d] {
		run(t, db, ddl)
	}
	return db
}

// TestLiveTables: policies and rules over the tables of a program.
func TestLiveTables(t *testing.T) {
	for d := range desks {
		t.Run(d.String(), func(t *testing.T) {
			db := openDesk(t, d)
			sqlspectest.Agree(t, db, d, tickets(d), sqlspectest.Policies(
				sqlspectest.Callers(desk, "tickets", roles.Get, agents...),
				sqlspectest.Callers(desk, "tickets", roles.Put, agents...),
				sqlspectest.Callers(desk, "tickets", roles.Delete, agents...),
				sqlspectest.RandomCallers(desk, "tickets", roles.Patch, 3, func(s *sqlspectest.Sample) agent {
					return agent{Roles: []string{"admin"}, Account: sqlspectest.Pick[string](s, "account")}
				}),
				sqlspectest.Rule("mine or late", spec.Or(spec.Eq("created_by", spec.Var("me")), spec.Eq("status", "late").And(spec.Lt("due", "2025-01-01")))),
				sqlspectest.Rule("talk", spec.Any("comments", spec.Eq("author.name", spec.Var("name")).And(spec.Not(spec.ContainsFold("text", "SECRET"))))),
			), batch)
			if left := count(t, db, "tickets"); left != 0 {
				t.Errorf("%d rows are left", left)
			}
		})
	}
}

func count(t *testing.T, db *sql.DB, table string) (n int) {
	t.Helper()
	if err := db.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
