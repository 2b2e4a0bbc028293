// Http is a service on SQLite in which one policy file says who may list, read, create,
// change and delete which tasks:
//
//	go run ./examples/http
//	go run ./examples/http load
//
// The first serves, with a key that it makes for this run, and prints commands to try it
// with. The second is many callers of the first at once, honest and not, and checks every
// answer. README.md walks through it.
//
// The files to read first, and to copy from:
//
//	policy.yaml       who may do what on which rows; policy.test.yaml tests it
//	service.go        routes, guard, audit: what is put together
//	read.go select.go a list is filtered and counted in SQL ...
//	find.go           ... and one row is checked in memory
//	change.go write.go  columns, checks and rows of what is written
//	listquery.go      the caller's own filter and order, beside the policy's
//	cursor.go         a page is a specification too
//	serve.go          time-outs and shutdown
package main
