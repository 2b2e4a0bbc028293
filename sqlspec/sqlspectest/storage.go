package sqlspectest

import (
	"fmt"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
)

// storage is all that the kit knows of an engine: how its tables hold what the
// rows of package spectest hold. An engine that is to be held against memory
// needs one of these, and nothing else here.
type storage struct {
	quote byte                 // what names are quoted with
	types map[spec.Kind]string // the type of a column
	list  func(element string) string
	stems map[string]column // of the fields that are stored in a way of their own

	// vary adapts a column to what is special about the tables; nil for nothing.
	vary func(e Engine, f spec.Field, c column) column
	// mark is the placeholder of the argument n of an INSERT, from 1.
	mark func(n int, typ string) string
	// write is a value as the driver takes it; never called for null.
	write func(f spec.Field, v any) any
	// holds reports whether a column can hold a value; nil where it always can.
	holds func(f spec.Field, v any) bool
	// keys says that a CREATE TABLE can have its indexes in it, which is faster.
	keys bool
	// suffix ends a CREATE TABLE; nil for nothing.
	suffix func(e Engine) string
	// before and after are statements around the life of the tables.
	before, after []string
	// refuses are the cases that the engine cannot be asked, and why.
	refuses map[string]string
}

// column is a type, and what a table has to be told of it.
type column struct {
	name string
	typ  string
	opts []sqlspec.ColumnOption
}

var storages = map[sqlspec.Dialect]*storage{
	sqlspec.SQLite:   &sqlite,
	sqlspec.Postgres: &postgres,
	sqlspec.MariaDB:  &mariadb,
}

func (e Engine) storage() (*storage, error) {
	s, ok := storages[e.Dialect]
	if !ok {
		return nil, fmt.Errorf("sqlspectest: no storage for %v", e.Dialect)
	}
	return s, nil
}

func (s *storage) column(e Engine, f spec.Field) column {
	c, ok := s.stems[spectest.Stem(f.Name)]
	if !ok {
		c.typ = s.types[f.Kind]
		if f.List {
			c.typ = s.list(c.typ)
		}
	}
	if s.vary != nil {
		c = s.vary(e, f, c)
	}
	return c
}
