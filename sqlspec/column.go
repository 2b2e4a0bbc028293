package sqlspec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// column is where a field is stored and how.
type column struct {
	field   spec.Field
	name    string
	sql     string // qualified and quoted
	strict  bool   // the engine guarantees the type of what is stored
	storage storage
	pgType  string                               // quoted; of the column, or of a list's elements
	digits  int                                  // of storageScaled: digits after the point
	noCase  bool                                 // SQLite: the column, and so its index, folds case
	binary  bool                                 // MariaDB: the column, and so its index, is in the order of bytes
	encode  func(spec.Value) (spec.Value, error) // what is stored for a value, nil for the value
	code    spec.Field                           // what encode returns
}

// storage is how a kind is stored where there is more than one way.
type storage uint8

const (
	storageDefault   storage = iota
	storageTimestamp         // time: PostgreSQL timestamp without time zone, in UTC
	storageScaled            // decimal: an integer of the smallest unit
	storageBlob              // uuid: 16 bytes
	storageJSONB             // list: PostgreSQL jsonb
	storageLtree             // string: PostgreSQL ltree
)

// Option says how a table differs from what its schema suggests.
type Option func(*Table) error

// As gives the table an alias; it qualifies every column. Use it where the
// statement does: From("tasks t"), or From(table.From()).
func As(alias string) Option {
	return func(t *Table) error {
		if err := checkAlias(alias); err != nil {
			return err
		}
		t.alias = alias
		return nil
	}
}

// Strict says that the SQLite table is declared STRICT, so that a column holds
// nothing but its type, and that its text columns have the default collation
// (but for those declared with [NoCase]). Without it, comparisons that SQLite
// would answer for a value of another type (any text is greater than every
// number) carry a check with typeof, and an order of texts, HasPrefix and Under
// are written COLLATE BINARY, for which SQLite uses no index under OR. PostgreSQL
// needs neither.
func Strict() Option {
	return func(t *Table) error {
		t.strict = true
		return nil
	}
}

// Omit says that the table has no column for these fields. A specification that
// names one does not compile: [ErrUnmapped].
func Omit(fields ...string) Option {
	return func(t *Table) error {
		for _, f := range fields {
			if _, ok := t.columns[f]; !ok {
				return fmt.Errorf("no field %q to omit", f)
			}
			delete(t.columns, f)
		}
		return nil
	}
}

// Column says how the column of a field differs from what is expected.
func Column(field string, opts ...ColumnOption) Option {
	return func(t *Table) error {
		c, ok := t.columns[field]
		if !ok {
			return fmt.Errorf("no field %q", field)
		}
		for _, opt := range opts {
			if err := opt(c); err != nil {
				return fmt.Errorf("column of field %q: %w", field, err)
			}
		}
		return nil
	}
}

// ColumnOption is one way in which a column differs.
type ColumnOption func(*column) error

// Name gives the column another name than the field's.
func Name(name string) ColumnOption {
	return func(c *column) error {
		c.name = name
		return nil
	}
}

// Timestamp says that instants are stored in UTC as a timestamp without time zone,
// in PostgreSQL or DuckDB. The default is timestamptz.
func Timestamp() ColumnOption { return stored(storageTimestamp, spec.KindTime, "Timestamp") }

// Scaled says that decimals are stored as an integer of their smallest unit:
// Scaled(2) for cents, which [spec.DecimalOf] reads. A value with more digits after the point cannot be in the
// column. The default is numeric in PostgreSQL and text in SQLite.
func Scaled(digits int) ColumnOption {
	return func(c *column) error {
		if digits < 0 || digits > 18 {
			return fmt.Errorf("Scaled(%d): from 0 to 18 digits fit an integer", digits)
		}
		c.digits = digits
		return stored(storageScaled, spec.KindDecimal, "Scaled")(c)
	}
}

// Blob says that UUIDs are stored as 16 bytes, in all but PostgreSQL. The default
// is lower case text in SQLite and the type uuid elsewhere.
func Blob() ColumnOption { return stored(storageBlob, spec.KindUUID, "Blob") }

// JSONB says that a list is stored as jsonb in PostgreSQL. The default is an
// array.
func JSONB() ColumnOption {
	return func(c *column) error {
		if !c.field.List {
			return fmt.Errorf("JSONB is for lists")
		}
		c.storage = storageJSONB
		return nil
	}
}

// Ltree says that paths are stored as PostgreSQL's ltree, for an index that finds
// what lies below a path. Under, equality and null are all that can be asked of
// such a column, and its labels have no hyphen. The default is text.
func Ltree() ColumnOption { return stored(storageLtree, spec.KindString, "Ltree") }

// PostgresType names the PostgreSQL type of the column, or of the elements of an
// array, where it is not what the kind suggests: an enum type, varchar or int4
// for the elements of an array.
func PostgresType(name string) ColumnOption {
	return func(c *column) error {
		if !c.field.List && len(c.field.Labels) == 0 {
			return fmt.Errorf("PostgresType is for enums and the elements of lists")
		}
		parts := strings.Split(name, ".")
		if i := slices.IndexFunc(parts, func(p string) bool { return checkName(p) != nil }); i >= 0 {
			return checkName(parts[i])
		}
		c.pgType = quote(parts...)
		return nil
	}
}

// NoCase says that the SQLite column is declared COLLATE NOCASE. Comparisons
// stay exact; equality, In, HasPrefix and Under then use the column's index and
// check the case after. An order of texts uses none.
func NoCase() ColumnOption {
	return func(c *column) error {
		if c.field.Kind != spec.KindString || c.field.List {
			return fmt.Errorf("NoCase is for text")
		}
		c.noCase = true
		return nil
	}
}

// BinaryText says that the MariaDB column is declared COLLATE utf8mb4_nopad_bin,
// which compares text as memory does. Without it every comparison of text is made
// of bytes: exact in every collation, but an index serves only equality and In.
// The collation utf8mb4_bin will not do: it ignores trailing blanks.
func BinaryText() ColumnOption {
	return func(c *column) error {
		if c.field.Kind != spec.KindString || c.field.List {
			return fmt.Errorf("BinaryText is for text")
		}
		c.binary = true
		return nil
	}
}

// isForPostgres reports whether the column is stored in a way that only
// PostgreSQL has.
func (c *column) isForPostgres() bool {
	return c.storage == storageTimestamp || c.storage == storageJSONB || c.storage == storageLtree || c.pgType != ""
}

func stored(s storage, kind spec.Kind, name string) ColumnOption {
	return func(c *column) error {
		if c.field.Kind != kind || c.field.List {
			return fmt.Errorf("%s is for fields of kind %s", name, kind)
		}
		c.storage = s
		return nil
	}
}
