package sqlguard_test

import (
	"testing"

	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/sqlguard"
)

func TestCheckInDialects(t *testing.T) {
	t.Parallel()
	const s, p, m, d = sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB, sqlspec.DuckDB
	for _, c := range []struct {
		dialect   sqlspec.Dialect
		statement string
		ok        bool
		reason    string
	}{
		{s, "SELECT * FROM [tasks]", false, "brackets are quotes"},
		{s, "SELECT * FROM `tasks`", false, "backticks are quotes"},
		{s, "SELECT * FROM 'tasks'", false, "a text can be a name"},
		{s, "SELECT [ from tasks ] FROM other", true, "brackets are quotes"},
		{s, "SELECT * FROM tasks t WHERE {t} AND 'a' || 'b' = 'ab'", true, "|| joins texts"},
		{s, "SELECT * FROM tasks t WHERE {t} AND t.id = ?1", false, "numbers move the places of arguments"},
		{s, "SELECT * FROM tasks t WHERE {t} AND t.id = :id", false, "names move the places of arguments"},
		{s, `SELECT '\' FROM tasks -- '`, false, "a backslash hides nothing"},
		{p, `SELECT '\' FROM tasks -- '`, false, "a backslash hides nothing"},
		{p, `SELECT E'\' , ' FROM tasks -- '`, false, "a backslash hides the quote"},
		{p, `SELECT E'\' FROM tasks -- ' FROM other`, true, "a backslash hides the quote"},
		{p, `SELECT e'\\' FROM tasks -- '`, false, "a backslash hides the backslash"},
		{p, "SELECT $$ FROM tasks $$ FROM other", true, "dollars are quotes"},
		{p, "SELECT $a$ $$ $b$ FROM tasks $a$ FROM other", true, "a tag ends at its own"},
		{p, "SELECT a$$ FROM tasks", false, "dollars in a name are none"},
		{p, "SELECT $a$ FROM tasks", false, "it is not closed"},
		{p, `SELECT * FROM U&"\0074asks"`, false, "characters can be written as numbers"},
		{p, "SELECT E'a'\n'\\' FROM tasks -- '", false, "a text goes on in the next line"},
		{p, "SELECT E'a'\n'\\' , ' FROM tasks -- '", false, "and keeps to the rules of its first line"},
		{p, "SELECT * FROM tasks T WHERE {t}", true, "names are folded"},
		{p, `SELECT * FROM tasks "T" WHERE {t}`, false, "quoted names are not"},
		{p, "SELECT * FROM ONLY tasks t WHERE {t}", true, "it is narrowed"},
		{p, "SELECT 1 -- \r FROM tasks", false, "a return ends a comment"},
		{p, "SELECT 1 FROM tasks t WHERE {t} AND a ? 'b'", true, "? is an operator"},
		{m, `SELECT '\' FROM tasks -- '`, false, "the mode says what a backslash hides"},
		{m, `SELECT '\' , ' FROM tasks -- '`, false, "the mode says what a backslash hides"},
		{m, `SELECT * FROM tasks t WHERE {t} || 1`, false, "|| is OR"},
		{m, `SELECT * FROM tasks t WHERE {t} AND 1 || 1`, false, "|| is OR"},
		{m, `SELECT * FROM tasks t WHERE {t} AND 1 XOR 1`, false, "XOR binds less"},
		{m, "SELECT 1 /*! FROM tasks */", false, "the comment is run"},
		{m, "SELECT 1 /*M! FROM tasks */", false, "the comment is run"},
		{m, "SELECT 1 # FROM tasks\nFROM other", true, "it is a comment"},
		{m, "SELECT 1 --FROM tasks", false, "it is no comment"},
		{m, "SELECT * FROM `tasks`", false, "backticks are quotes"},
		{m, "INSERT INTO tasks (id) VALUES (1) ON DUPLICATE KEY UPDATE done = 1", false, "it changes rows"},
		{d, "SELECT $$ FROM tasks $$ FROM other", true, "dollars are quotes"},
		{d, "SELECT * FROM tasks t WHERE {t} AND t.id = $1", false, "it is not clear which argument is whose"},
		{d, "FROM tasks", false, "it has no WHERE"},
		{d, "SELECT\u00a0* FROM\u00a0tasks", false, "blanks of Unicode are blanks"},
		{d, "SELECT 1 FROM tasks t WHERE {t} AND [x FOR x IN l IF x OR x] = l", true, "brackets are a level"},
		{d, "SELECT 1 FROM tasks t WHERE {t} AND l = [x FOR x IN l] OR 1 = 1", false, "brackets are a level"},
	} {
		g := guardOf(c.dialect)
		ctx := sqlguard.With(t.Context())
		statement, args := fill(t, g, ctx, c.statement)
		judge(t, g.Check(ctx, statement, args...), c.ok, c.dialect.String()+": "+statement, c.reason)
	}
}
