// Groups is a service that answers whether a user may use a resource: where the two have
// a group in common.
//
//	go run ./examples/groups
//	go run ./examples/groups load
//
// The first serves, from a database of its own that is gone when it ends, or from the one
// of -db. The second measures it beside a handler with the hand-written query. README.md
// walks through it.
//
// The files to read first, and to copy from:
//
//	policy.go         the one rule, for yes or no and for lists from either end
//	rows.go           the rows, and how relations lead through the links in SQL
//	authorized.go     the answer, from one statement or from the cache
//	store_write.go    a write checks whose rows it may change in its transaction
//	cache*.go         answers that are kept, and never outlive a change
package main
