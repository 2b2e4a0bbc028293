package main

import (
	"fmt"
	"time"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/sqlspec"
)

// now is the present as both databases can store it.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// stored is an instant as the database has it: SQLite counts microseconds.
func stored(db *database.DB, t *time.Time) any {
	switch {
	case t == nil:
		return nil
	case db.Dialect == sqlspec.SQLite:
		return t.UnixMicro()
	}
	return *t
}

// instant reads what stored has made; null is nil.
type instant struct{ at *time.Time }

// Scan implements sql.Scanner.
func (i *instant) Scan(v any) error {
	i.at = nil
	switch v := v.(type) {
	case nil:
	case int64:
		at := time.UnixMicro(v).UTC()
		i.at = &at
	case time.Time:
		at := v.UTC()
		i.at = &at
	default:
		return fmt.Errorf("%T is no instant", v)
	}
	return nil
}

// time is the instant of a column that is never null.
func (i instant) time() time.Time {
	if i.at == nil {
		return time.Time{}
	}
	return *i.at
}
