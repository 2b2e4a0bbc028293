// Package pgguard puts a [sqlguard.Guard] before pgx: statements in which the condition
// of a protected table was forgotten are refused before they are sent.
//
//	var guard = sqlguard.Must(sqlspec.Postgres, sqlguard.Protect(tasks, comments))
//
//	ctx = sqlguard.With(r.Context())          // once for a request
//	db := pgguard.Wrap(guard, pool)           // a pool, a connection or a transaction
//
//	where, args, err := guard.SQL(ctx, tasks, visible)
//	if err != nil {
//		return err
//	}
//	rows, err := db.Query(ctx, "SELECT t.id, t.title FROM tasks t WHERE "+where, args...)
//
// What is refused, and what cannot be seen, is what package sqlguard says; the guard has
// to be one for [sqlspec.Postgres]. It sees what PostgreSQL would get: the options of
// pgx before the arguments are not taken for arguments, and of a [pgx.QueryRewriter],
// as [pgx.NamedArgs] is, it sees the statement that was rewritten and its arguments.
//
// # Everything that runs SQL
//
//   - In a batch each statement is looked at, with its arguments. Where one is refused
//     none is sent.
//   - CopyFrom inserts, which is free, as an INSERT is.
//   - Transactions are behind the guard too, nested ones as well, and so are the
//     statements of [pgx.TxOptions]. [pgx.BeginFunc] and the Run of package pgclaims take
//     a [DB], and hand over such transactions.
//   - Prepare is refused. The name of a statement that was prepared elsewhere is never
//     taken for it, but sent as SQL, which it is not. pgx prepares and caches statements
//     by itself. For that a comment is added to the end of each statement.
//   - Large objects are not in tables of a program, and are let through.
//   - Conn, of a transaction and of rows, is nil.
//
// # What it cannot see
//
// A pool, a connection or a transaction that a program keeps beside the [DB] is not
// guarded; a QueryRewriter of its own is given the connection. An EXECUTE or FETCH names
// no table: what it is of was prepared or declared elsewhere.
package pgguard
