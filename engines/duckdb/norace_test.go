//go:build !race

package duckdb_test

const (
	scale      = 1
	readsTexts = true
)
