package sqlspectest

import (
	"fmt"
	"strings"

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
	// keys says that a CREATE TABLE can have its indexes in it, which is faster.
	keys bool
	// suffix ends a CREATE TABLE; nil for nothing.
	suffix func(e Engine) string
	// before and after are statements around the life of the tables.
	before, after []string

	// mark is the placeholder of the argument n of a statement, from 1.
	mark func(n int, s sqlspec.Stored) string
	// write is a value of a row as the driver takes it; never called for null.
	write func(s sqlspec.Stored, v any) any
	// holds reports whether a column can hold a value; nil where it always can.
	holds func(f spec.Field, v any) bool

	// bare is the placeholder of an argument whose column nothing is known of.
	bare func(n int) string
	// raw is an expression that gives a key so that two that are equal are equal.
	raw func(column string) string
	// read is an expression that gives what a column holds in a form that no
	// driver changes, and typ one for its type, "" for none.
	read func(s sqlspec.Stored, column string) (typ, value string)
	// decode makes a value of a row of what read gave; never called for null.
	decode func(s sqlspec.Stored, typ string, value any) (any, error)

	// refuses are the cases that the engine cannot be asked, and why.
	refuses map[string]string
}

// column is a type, and what a table has to be told of it.
type column struct {
	typ  string
	opts []sqlspec.ColumnOption
}

var storages = map[sqlspec.Dialect]*storage{
	sqlspec.SQLite:   &sqlite,
	sqlspec.Postgres: &postgres,
	sqlspec.MariaDB:  &mariadb,
}

func storageOf(d sqlspec.Dialect) (*storage, error) {
	s, ok := storages[d]
	if !ok {
		return nil, fmt.Errorf("sqlspectest: nothing is known of %v", d)
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

func (s *storage) quoted(name string) string {
	q := string(s.quote)
	return q + strings.ReplaceAll(name, q, q+q) + q
}

// argument is a value of a row as the column stores it, null included, and how the
// column says that it stores it.
func (s *storage) argument(as sqlspec.Stored, v any) (any, sqlspec.Stored, error) {
	if as.Encode != nil && v != nil {
		value, err := spec.ValueOf(v)
		if err == nil {
			value, err = as.Encode(value)
		}
		if err != nil {
			return nil, as, fmt.Errorf("sqlspectest: field %q: the value has no code: %w", as.Field.Name, err)
		}
		v = spectest.Plain(value)
	}
	if as.Encode != nil {
		as.Field, as.Encode = as.Code, nil
	}
	if v == nil {
		return nil, as, nil
	}
	return s.write(as, v), as, nil
}

// sealed is how the kit stores fields of that stem: as codes.
func sealed() sqlspec.ColumnOption {
	return sqlspec.Encoded(spec.KindBytes, func(v spec.Value) (spec.Value, error) {
		code := []byte("sealed:" + v.Text())
		for i := range code {
			code[i] ^= 0x5a
		}
		return spec.Of(code), nil
	})
}
