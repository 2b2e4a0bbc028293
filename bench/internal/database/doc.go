// Package database times the queries of one policy on PostgreSQL and SQLite, against
// the same query as it is written by hand.
//
//	url, stop, err := database.Server()
//	defer stop()
//	db, err := database.OpenPostgres(ctx, url, 1_000_000)
//	defer db.Close()
//	result, err := pair.Measure(pair.Options{}, db.Query()...)
//
// # The scene
//
// Rows have an owner and belong to an account; an index has both. A caller of the
// role "user" sees the 50 rows of his own among the 1,000 of the account. Every
// request asks for another caller, decides, makes the statement, and reads the rows
// into Go. Those of a caller lie together: the less there is for the engine to do, the
// more of the time is what the ways differ in.
//
// The hand-written way knows the answer of the policy and says it in SQL. The others
// get it from Verify, or do what is done elsewhere: squirrel's own conditions, values
// in the text, row security, reading more and filtering in Go.
//
// # Lists
//
// [DB.List] asks for rows of which a list has the ids: the list as one argument, or as
// a placeholder for each.
//
// # The same index
//
// Whatever a statement saves or costs in Go is little beside an index that is not
// used. [DB.Plans] has what the engine says that it will do, [SamePlan] holds it against
// the statement that is written by hand.
package database
