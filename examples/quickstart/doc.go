// Quickstart shows what rolespec does, on a SQLite database of a hundred
// thousand tasks that it makes itself, or on a table of yours:
//
//	go run ./examples/quickstart
//	go run ./examples/quickstart -db my.db -table orders -rule owner=sub -claim sub=ann
//
// Callers bring signed tokens. The policy says for each of them and each request
// which rows it is about. What it says is applied twice, as the WHERE of a SQL
// statement and to a slice of structs, and both must give the same rows.
//
// The files to read first, and to copy from:
//
//	policy.go     who may do what on which rows
//	claims.go     what a token says of a caller
//	tokens.go     issuing and verifying tokens
//	task.go       the row type and its table
//	compare.go    one specification as SQL and in memory
//	write.go      UPDATE and DELETE
//	wallet.go     an action that is not a request for rows
//	functions.go  what a SQLite connection needs for patterns and decimals
package main
