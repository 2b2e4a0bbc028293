// Package sqlguard refuses statements of which the condition was forgotten: those that
// name a protected table without the rows of it being narrowed by a Specification that
// was compiled for the same request.
//
//	var guard = sqlguard.Must(sqlspec.Postgres, sqlguard.Protect(tasks, comments))
//
//	ctx = sqlguard.With(r.Context())          // once for a request
//	db := guard.Wrap(pool)                    // a *sql.DB, *sql.Tx or *sql.Conn
//
//	rows, err := sq.Select("t.id", "t.title").From("tasks t").
//		Where(guard.Where(ctx, tasks, visible)).
//		PlaceholderFormat(sq.Dollar).RunWith(db).QueryContext(ctx)
//
// Package pgguard, in the module of pgclaims, does so for pools and transactions of pgx.
//
// [Guard.Where] and [Guard.SQL] compile a condition as the table does, and record it for
// the request. A statement is run where for each time that it names a protected table
//
//   - the same SELECT, UPDATE or DELETE has one WHERE, beside the table and not in a
//     subquery, of which a recorded condition is a term: WHERE (condition) AND ...
//   - the condition is that of this table under this alias, with its own arguments
//   - there is no OR beside it.
//
// Everything else is refused before it is run, with a [*RefusedError]. So are
// statements that nobody can read for certain, since settings of the connection decide
// where a text ends, and a few that are harmless: those with a column that is called
// like a protected table, or with an OR that is not in parentheses.
//
// The target of an INSERT needs no condition, since that shows no row and changes none:
// what may be written is what roles.Check is for. An INSERT that also updates or
// replaces rows is refused.
//
// # The way out
//
// [Unfiltered] marks a context for statements that have no condition on purpose, with a
// reason, which [OnUnfiltered] is told. A search for that word finds them all.
//
// # What it cannot see
//
// It reads statements, not the database: views, functions, triggers, foreign keys that
// cascade, and SQL that a function makes of texts reach tables that no statement names.
// It does not see that the specification was the one for this method, and not whether
// rows that a condition lets through are used as they should be. It guards against
// forgetting, and not against a program that means to get around it: for that let the
// database decide, with row level security.
package sqlguard
