package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// ownColumn is a column as the database describes it.
type ownColumn struct{ name, declared string }

func (c ownColumn) String() string {
	if c.declared == "" {
		return fmt.Sprintf("%q", c.name)
	}
	return fmt.Sprintf("%q (%s)", c.name, c.declared)
}

// readColumns asks for the columns of a table or view, generated ones too.
func readColumns(ctx context.Context, tx *sql.Tx, table string) ([]ownColumn, error) {
	rows, err := tx.QueryContext(ctx, "SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden <> 1", table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var columns []ownColumn
	for rows.Next() {
		var c ownColumn
		if err := rows.Scan(&c.name, &c.declared); err != nil {
			return nil, err
		}
		columns = append(columns, c)
	}
	return columns, rows.Err()
}

// kindOf returns what a column of a declared type holds, by the rules of
// https://sqlite.org/datatype3.html#determination_of_column_affinity, and
// KindNull where the type does not tell.
func kindOf(declared string) spec.Kind {
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(strings.ToUpper(declared), w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("INT"):
		return spec.KindInt
	case has("CHAR", "CLOB", "TEXT"):
		return spec.KindString
	case has("BLOB"):
		return spec.KindBytes
	case has("REAL", "FLOA", "DOUB"):
		return spec.KindFloat
	}
	return spec.KindNull // NUMERIC, DATE, BOOLEAN, or no type at all
}

// kindForRule is the kind of a column that a rule is about. Where its type does
// not tell, its values must agree.
func kindForRule(ctx context.Context, tx *sql.Tx, table string, c ownColumn, kind spec.Kind) (spec.Kind, error) {
	if why := unusable(c.name); why != "" {
		return kind, fmt.Errorf("column %q cannot be used: %s; make a view that renames it", c.name, why)
	}
	if kind == spec.KindNull {
		query := fmt.Sprintf("SELECT DISTINCT typeof(%s) FROM %s WHERE %[1]s IS NOT NULL ORDER BY 1", quote(c.name), quote(table))
		types, err := texts(ctx, tx, query)
		if err != nil {
			return kind, err
		}
		switch held := strings.Join(types, " and "); held {
		case "integer":
			kind = spec.KindInt
		case "real", "integer and real":
			kind = spec.KindFloat
		case "text":
			kind = spec.KindString
		case "blob":
			kind = spec.KindBytes
		case "":
			return kind, fmt.Errorf("the type of column %s is unclear: it holds nothing but NULL", c)
		default:
			return kind, fmt.Errorf("the type of column %s is unclear: it holds %s; make a view with CAST(%s AS TEXT)", c, held, quote(c.name))
		}
	}
	if kind == spec.KindBytes {
		return kind, fmt.Errorf("column %s holds bytes, which no claim equals", c)
	}
	return kind, nil
}

// quote quotes a name for SQL.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
