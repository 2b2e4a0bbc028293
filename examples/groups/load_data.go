package main

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/examples/internal/database"
)

// size is how much data there is. The data follow from it: each user and each resource is
// in three groups, and which these are is computed and not read.
type size struct{ users, resources, groups int }

const perSide = 3 // groups of a user, and of a resource

// userGroup and resourceGroup are the k-th group, from 1. Of few groups some are the same.
func (s size) userGroup(user, k int) int         { return 1 + (user*7+k*31)%s.groups }
func (s size) resourceGroup(resource, k int) int { return 1 + (resource*11+k*17)%s.groups }

// overlap reports whether a user and a resource have a group in common.
func (s size) overlap(user, resource int) bool {
	for k := range perSide {
		for j := range perSide {
			if s.userGroup(user, k) == s.resourceGroup(resource, j) {
				return true
			}
		}
	}
	return false
}

// memberOf is a user who is in a group of the resource, if one of the first groups' worth
// of users is.
func (s size) memberOf(resource int) int {
	for user := range min(s.users, s.groups) {
		if at := (user + resource*13) % s.users; s.userGroup(at, 0) == s.resourceGroup(resource, 0) {
			return at
		}
	}
	return 0
}

func userName(i int) string     { return fmt.Sprintf("user%d", i) }
func resourceName(i int) string { return fmt.Sprintf("resource%d", i) }

// ask is the path of a question.
func ask(user, resource string) string {
	return "/authorized?" + url.Values{"userId": {user}, "resourceName": {resource}}.Encode()
}

// fill puts the data into an empty database. One that has as many users, resources and
// groups is taken to be filled.
func (s size) fill(ctx context.Context, dsn string) error {
	db, err := database.Open(ctx, dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	files, err := migrations()
	if err != nil {
		return err
	}
	if err := db.Migrate(ctx, files); err != nil {
		return err
	}
	var there size
	err = db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM resources), (SELECT count(*) FROM groups)`).
		Scan(&there.users, &there.resources, &there.groups)
	switch {
	case err != nil:
		return err
	case there == s:
		return nil
	case there != size{}:
		return fmt.Errorf("the database has other data: %d users, %d resources, %d groups", there.users, there.resources, there.groups)
	}
	for _, table := range []struct {
		into  string
		count int
		rows  func(i int) string
	}{
		{"groups (name)", s.groups, func(i int) string { return fmt.Sprintf("('group%d')", i) }},
		{"resources (name)", s.resources, func(i int) string { return fmt.Sprintf("('%s')", resourceName(i)) }},
		{"users (id)", s.users, func(i int) string { return fmt.Sprintf("('%s')", userName(i)) }},
		{"memberships (group_id, user_id)", s.users, func(i int) string {
			return each3(s.userGroup, i, func(group int) string { return fmt.Sprintf("(%d, '%s')", group, userName(i)) })
		}},
		{"shares (group_id, resource_id)", s.resources, func(i int) string {
			return each3(s.resourceGroup, i, func(group int) string { return fmt.Sprintf("(%d, %d)", group, i+1) })
		}},
	} {
		if err := insert(ctx, db, table.into, table.count, table.rows); err != nil {
			return fmt.Errorf("%s: %w", table.into, err)
		}
	}
	_, err = db.ExecContext(ctx, "ANALYZE")
	return err
}

// each3 writes a row for each different group of one.
func each3(group func(i, k int) int, i int, row func(group int) string) string {
	var ids []int
	var rows []string
	for k := range perSide {
		if id := group(i, k); !slices.Contains(ids, id) {
			ids, rows = append(ids, id), append(rows, row(id))
		}
	}
	return strings.Join(rows, ",")
}

// insert writes rows, which are of numbers and names of this file, some thousand at once.
func insert(ctx context.Context, db *database.DB, into string, count int, rows func(int) string) error {
	const most = 2000
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	for from := 0; from < count; from += most {
		var text strings.Builder
		text.WriteString("INSERT INTO " + into + " VALUES ")
		for i := from; i < min(count, from+most); i++ {
			if i > from {
				text.WriteString(",")
			}
			text.WriteString(rows(i))
		}
		if _, err := tx.ExecContext(ctx, text.String()); err != nil {
			return err
		}
	}
	return tx.Commit()
}
