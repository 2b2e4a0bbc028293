package database

import (
	"context"

	"github.com/rolespec/rolespec/bench/internal/pair"
)

// A DB is one engine with the table, filled. Close it.
type DB interface {
	// Name is that of the engine, for people.
	Name() string
	// Size is the number of rows.
	Size() Size
	// Grow makes the table larger. Ways that are there already are of no use after it.
	Grow(n Size) error
	// Query returns the ways to read the rows of a caller, the hand-written one first.
	Query() ([]pair.Way, error)
	// List returns the ways to ask for the rows that a list of so many ids has, the
	// hand-written one first.
	List(ids int) ([]pair.Way, error)
	// Plans returns what the engine does for each statement that is to use the index.
	Plans(ctx context.Context) ([]Plan, error)
	Close() error
}
