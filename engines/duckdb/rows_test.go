package duckdb_test

import (
	"bytes"
	"database/sql"
	"encoding/hex"
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	driver "github.com/duckdb/duckdb-go/v2"

	"github.com/rolespec/rolespec/spec"
)

// of returns what a row has in a column.
func (c column) of(row map[string]any) any {
	v := any(row)
	for part := range strings.SplitSeq(c.Name, ".") {
		m, _ := v.(map[string]any)
		v = m[part]
	}
	return v
}

// insert writes the rows, each element of a list as an argument of its own, and
// makes sure that what was stored is what memory has.
func insert(t *testing.T, db *sql.DB, rows []map[string]any) {
	t.Helper()
	var definitions []string
	for _, c := range columns {
		definitions = append(definitions, fmt.Sprintf("%q %s", strings.ReplaceAll(c.Name, ".", "_"), c.typ))
	}
	exec(t, db, `CREATE TYPE "mood type" AS ENUM ('calm', 'Calm', 'cross')`)
	exec(t, db, `CREATE TABLE "rows" (`+strings.Join(definitions, ", ")+`)`)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	for _, row := range rows {
		var values []string
		var args []any
		for _, c := range columns {
			values = append(values, c.literal(c.of(row), &args))
		}
		if _, err := tx.Exec(`INSERT INTO "rows" VALUES (`+strings.Join(values, ", ")+`)`, args...); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	readBack(t, db, rows)
}

// literal writes a value of the column as SQL with arguments.
func (c column) literal(v any, args *[]any) string {
	if elements, ok := v.([]any); ok {
		texts := make([]string, len(elements))
		for i, e := range elements {
			texts[i] = c.element().literal(e, args)
		}
		return "[" + strings.Join(texts, ", ") + "]::" + c.typ
	}
	if v == nil {
		return "NULL"
	}
	switch x := v.(type) {
	case spec.Decimal:
		v = x.String()
		if c.Name == "cents" {
			v = units(x)
		}
	case spec.Date:
		v = x.String()
	case uint64: // which database/sql refuses above the largest int64
		v = fmt.Sprint(x)
	case time.Time:
		v = x.UTC()
	case string:
		if c.Name == "blob_key" {
			v = octets(x)
		}
	}
	*args = append(*args, v)
	typ, _, _ := strings.Cut(c.typ, " COLLATE ")
	return "CAST(? AS " + typ + ")"
}

func units(d spec.Decimal) int64 {
	r, ok := new(big.Rat).SetString(d.String())
	if r.Mul(r, big.NewRat(100, 1)); !ok || !r.IsInt() {
		panic("no cents: " + d.String())
	}
	return r.Num().Int64()
}

func octets(key string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(key, "-", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// readBack holds what was stored against memory, column by column.
func readBack(t *testing.T, db *sql.DB, want []map[string]any) {
	t.Helper()
	var names []string
	for _, c := range columns {
		name := fmt.Sprintf("%q", strings.ReplaceAll(c.Name, ".", "_"))
		if !c.isReadable() {
			name = "NULL"
		}
		names = append(names, name)
	}
	rows, err := db.Query("SELECT " + strings.Join(names, ", ") + ` FROM "rows" ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		cells, pointers := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			pointers[i] = &cells[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			t.Fatal(err)
		}
		for i, c := range columns {
			if have, want := c.canonical(cells[i]), c.canonical(c.of(want[n])); have != want && c.isReadable() {
				t.Fatalf("row %d: %s: the database has %s, memory %s", n+1, c.Name, have, want)
			}
		}
	}
	if err := rows.Err(); err != nil || n != len(want) {
		t.Fatalf("%d rows of %d: %v", n, len(want), err)
	}
}

// isReadable reports whether the column can be read: the race detector ends the
// program where the driver reads a text or a blob, from memory that is not aligned
// as it should be.
func (c column) isReadable() bool {
	return readsTexts || c.Kind != spec.KindString && c.Kind != spec.KindBytes && !strings.HasPrefix(c.typ, "BLOB")
}

// canonical writes a value as the same text, whether the driver delivers it or
// memory has it.
func (c column) canonical(v any) string {
	switch x := v.(type) {
	case []any:
		texts := make([]string, len(x))
		for i, e := range x {
			texts[i] = c.element().canonical(e)
		}
		return "[" + strings.Join(texts, " ") + "]"
	case driver.Decimal:
		return spec.MustDecimal(x.String()).String()
	case spec.Decimal:
		if c.Name == "cents" {
			return fmt.Sprint(units(x))
		}
	case float32:
		return c.canonical(float64(x))
	case float64:
		return fmt.Sprint(math.Float64bits(x), math.IsNaN(x))
	case time.Time:
		if c.Kind == spec.KindDate {
			return spec.DateOf(x.UTC()).String()
		}
		return x.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
	case string:
		if c.Kind == spec.KindUUID {
			return hex.EncodeToString(octets(x))
		}
		return fmt.Sprintf("%q", x)
	case []byte:
		return hex.EncodeToString(bytes.Clone(x))
	}
	return fmt.Sprint(v)
}
