package agree_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/sqlspec"
)

type guild struct {
	ID   int64
	Name string
}

type worker struct {
	ID     int64
	Name   string
	Boss   *worker
	Guilds []guild
}

type step struct {
	ID     int64
	Words  string
	Author *worker
}

type mark struct{ Name string }

type job struct {
	ID      int64
	Account int64
	Title   string
	Owner   *worker
	Parent  *job
	Parts   []job
	Steps   []step
	Marks   []mark // by a key of two columns
	Guilds  []guild
}

func jobTable() *sqlspec.Table {
	guilds := sqlspec.MustTable[guild]("guilds")
	workers := sqlspec.MustTable[worker]("workers", sqlspec.ToOne("boss", nil, sqlspec.On("boss_id", "id")),
		sqlspec.ManyToMany("guilds", guilds, "members", sqlspec.On("id", "worker_id"), sqlspec.On("guild_id", "id")))
	steps := sqlspec.MustTable[step]("steps", sqlspec.ToOne("author", workers, sqlspec.On("author_id", "id")))
	return sqlspec.MustTable[job]("jobs", sqlspec.As("t"),
		sqlspec.ToOne("owner", workers, sqlspec.On("owner_id", "id")),
		sqlspec.ToOne("parent", nil, sqlspec.On("parent_id", "id")),
		sqlspec.ToMany("parts", nil, sqlspec.On("id", "parent_id")),
		sqlspec.ToMany("steps", steps, sqlspec.On("id", "job_id")),
		sqlspec.ToMany("marks", sqlspec.MustTable[mark]("marks"), sqlspec.On("account", "account").And("id", "job_id")),
		sqlspec.ManyToMany("guilds", guilds, "job_guilds", sqlspec.On("id", "job_id"), sqlspec.On("guild_id", "id")))
}

// jobTables are what each table holds; :rows is planRows, of which it has so many times.
var jobTables = []struct {
	name, columns, holds string
	times                int
	indexes              []string
}{
	{"guilds", "id bigint PRIMARY KEY, name varchar(40) NOT NULL", "n, concat('guild', n)", 1, []string{"name"}},
	{"workers", "id bigint PRIMARY KEY, name varchar(40) NOT NULL, boss_id bigint", "n, concat('worker', n), n + 1", 1, []string{"name", "boss_id"}},
	{"members", "worker_id bigint, guild_id bigint", "n % :rows + 1, n * 7 % :rows + 1", 3, []string{"worker_id, guild_id", "guild_id, worker_id"}},
	{"jobs", "id bigint PRIMARY KEY, account bigint, title varchar(40), owner_id bigint, parent_id bigint",
		"n, n % 4000, concat('title', n), n * 3 % :rows + 1, CASE WHEN n % 10 > 0 THEN n * 9 % :rows + 1 END", 1, []string{"account", "title", "owner_id", "parent_id"}},
	{"steps", "id bigint PRIMARY KEY, job_id bigint, words varchar(40), author_id bigint",
		"n, n % :rows + 1, concat('words', n * 17 % :rows), n * 11 % :rows + 1", 5, []string{"job_id", "words", "author_id"}},
	{"marks", "account bigint, job_id bigint, name varchar(40)", "n % 4000, n % :rows, concat('mark', n)", 3, []string{"account, job_id", "name"}},
	{"job_guilds", "job_id bigint, guild_id bigint", "n % :rows + 1, n * 13 % :rows + 1", 3, []string{"job_id, guild_id", "guild_id, job_id"}},
}

// openJobs fills the related tables, with the indexes that the documentation of
// sqlspec asks for: of both ends of every key, and of what is asked.
func openJobs(t *testing.T, d sqlspec.Dialect) engine {
	t.Helper()
	db := openers[d](t)
	for _, table := range jobTables {
		columns := strings.ReplaceAll(table.columns, "varchar(40)", "varchar(40)"+either(d == sqlspec.MariaDB, " COLLATE "+usualCollation, ""))
		exec(t, db, "CREATE TABLE "+table.name+" ("+columns+")")
		fillSeries(t, db, d, table.name, strings.ReplaceAll(table.holds, ":rows", fmt.Sprint(planRows)), table.times*planRows)
		for _, columns := range table.indexes {
			createIndex(t, db, table.name+" ("+columns+")")
		}
	}
	for _, table := range jobTables { // when every row is there
		analyze(t, db, d, table.name)
	}
	return engine{dialect: d, table: jobTable().In(d), db: db}
}
