//go:build race

package duckdb_test

// A tenth of everything is enough to find races.
const (
	scale      = 10
	readsTexts = false
)
