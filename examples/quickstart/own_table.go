package main

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// ownTable is a table that is known only when the program runs.
type ownTable struct {
	name    string
	columns []string // all of them
	schema  *spec.Schema
	table   *sqlspec.Table
}

// newOwnTable reads what the columns hold. The schema has those whose type says
// it; where a rule needs another, its rows are looked at.
func newOwnTable(ctx context.Context, tx *sql.Tx, name string, rules []pair) (*ownTable, error) {
	if why := unusable(name); why != "" {
		return nil, fmt.Errorf("table %q cannot be used: %s; make a view of it", name, why)
	}
	columns, err := readColumns(ctx, tx, name)
	if err != nil {
		return nil, err
	}
	o := &ownTable{name: name}
	ruled, err := findColumns(name, columns, rules)
	if err != nil {
		return nil, err
	}
	var fields []spec.Field
	for _, c := range columns {
		o.columns = append(o.columns, c.name)
		kind := kindOf(c.declared)
		if ruled[c.name] {
			if kind, err = kindForRule(ctx, tx, name, c, kind); err != nil {
				return nil, err
			}
		}
		if kind != spec.KindNull && unusable(c.name) == "" {
			fields = append(fields, spec.Field{Name: c.name, Kind: kind, Nullable: true})
		}
	}
	if o.schema, err = spec.NewSchema(fields...); err != nil {
		return nil, err
	}
	// Not Strict: a column of an ordinary table can hold values of any type.
	o.table, err = sqlspec.NewTable(name, o.schema, sqlspec.As("t"))
	return o, err
}

// findColumns spells the columns of the rules as the table does, and returns
// which they are.
func findColumns(table string, columns []ownColumn, rules []pair) (map[string]bool, error) {
	var known []string
	for _, c := range columns {
		known = append(known, c.String())
	}
	if len(rules) == 0 {
		return nil, usagef("which column must equal which claim? Say it with -rule COLUMN=CLAIM.\n%q has the columns %s", table, enumerate(known))
	}
	ruled := map[string]bool{}
	for i, r := range rules {
		at := slices.IndexFunc(columns, func(c ownColumn) bool { return c.name == r.left })
		if at < 0 {
			at = slices.IndexFunc(columns, func(c ownColumn) bool { return strings.EqualFold(c.name, r.left) })
		}
		if at < 0 {
			return nil, usagef("%q has no column %q; it has %s", table, r.left, enumerate(known))
		}
		rules[i].left = columns[at].name
		ruled[columns[at].name] = true
	}
	return ruled, nil
}

// unusable says why a name cannot be used with rolespec; empty if it can.
func unusable(name string) string {
	switch {
	case strings.Contains(name, "."):
		return "a dot in a name leads into a nested part of a row"
	case strings.ContainsAny(name, "?\x00"):
		return "a question mark in a name is taken for an argument"
	case len(name) > 63:
		return "its name is longer than 63 bytes"
	}
	return ""
}
