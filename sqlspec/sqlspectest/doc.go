// Package sqlspectest holds databases against memory: whether a specification
// shows the same rows in both. It is what proves the dialects of package sqlspec,
// and it imports no driver: a test opens the database.
//
//	func TestPromise(t *testing.T) {
//		db := ... // SQLite, with sqlspec.SQLiteFunctions registered
//		sqlspectest.Run(t, sqlspectest.Engine{DB: db, Dialect: sqlspec.SQLite}, 1, 100_000)
//	}
//
// [Engine.Cases] asks the named cases of package spectest, [Engine.Random] random
// specifications over random tables. Both ask every specification and its
// negation, compare the ids of the rows that come back with those that memory
// shows, and count. What fails is reduced to its core and printed as a case.
//
// The tables are called spectest_rows_1, spectest_rows_2 ... and are dropped in
// the end.
package sqlspectest
