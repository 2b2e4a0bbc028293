package main

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"slices"
	"strings"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// insertID inserts a row and returns its id.
func (s *store) insertID(ctx context.Context, tx *sql.Tx, insert sq.InsertBuilder) (int64, error) {
	id, err := database.One(ctx, tx, insert.Suffix("RETURNING id"), database.Value[int64])
	if database.IsUnique(err) {
		err = &web.Problem{Status: http.StatusBadRequest, Detail: "the name is taken", Err: err}
	}
	return id, err
}

// addGroup stores a group, if it satisfies the check.
func (s *store) addGroup(ctx context.Context, g Group, check spec.Specification) (Group, error) {
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		g.ID, err = s.insertID(ctx, tx, s.db.SQL.Insert("groups").Columns("name", "description").Values(g.Name, g.Description))
		if err != nil {
			return err
		}
		return satisfies(check, &g)
	})
	return g, err
}

// satisfies is web.ErrRefused where a row must not be written as it is.
func satisfies[T any](check spec.Specification, row *T) error {
	ok, err := spec.Match(check, row)
	if err == nil && !ok {
		err = web.ErrRefused
	}
	return err
}

// addResource stores a resource, if it satisfies the check, and shares it with groups
// that the caller may share with.
func (s *store) addResource(ctx context.Context, r Resource, with []int64, check, may spec.Specification) (Resource, error) {
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		r.ID, err = s.insertID(ctx, tx, s.db.SQL.Insert("resources").Columns("name").Values(r.Name))
		if err != nil {
			return err
		}
		if err := satisfies(check, &r); err != nil || len(with) == 0 {
			return err
		}
		found, _, err := findAll(ctx, s, tx, groups, may.And(spec.In("id", with...)), groupFields, scanGroup)
		if err != nil {
			return err
		}
		links := s.links("shares", "group_id", "resource_id")
		for _, id := range with {
			if !slices.ContainsFunc(found, func(g Group) bool { return g.ID == id }) {
				return web.Problemf(http.StatusNotFound, "Group Not Found, groupId: %d", id)
			}
			links = links.Values(id, r.ID)
		}
		_, err = database.Exec(ctx, tx, links)
		return err
	})
	return r, err
}

// links is a statement that stores links, but for those that are there.
func (s *store) links(table string, columns ...string) sq.InsertBuilder {
	return s.db.SQL.Insert(table).Columns(columns...).Suffix("ON CONFLICT DO NOTHING")
}

// attach puts users into a group that the caller may change: all of them, or none. Users
// whom nobody has named before are known from then on.
func (s *store) attach(ctx context.Context, group int64, names []string, may spec.Specification) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := find(ctx, s, tx, groups, may.And(spec.Eq("id", group)), groupFields, scanGroup); err != nil || len(names) == 0 {
			return err
		}
		known, links := s.links("users", "id"), s.links("memberships", "group_id", "user_id")
		for _, name := range names {
			known, links = known.Values(name), links.Values(group, name)
		}
		if _, err := database.Exec(ctx, tx, known); err != nil {
			return err
		}
		_, err := database.Exec(ctx, tx, links)
		return err
	})
}

// share shares resources with a group that the caller may change: all of them, or none.
// It returns their names.
func (s *store) share(ctx context.Context, group int64, ids []int64, may spec.Specification) (names []string, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		names = nil // of an earlier run
		if _, err := find(ctx, s, tx, groups, may.And(spec.Eq("id", group)), groupFields, scanGroup); err != nil || len(ids) == 0 {
			return err
		}
		found, _, err := findAll(ctx, s, tx, resources, spec.In("id", ids...), resourceFields, scanResource)
		if err != nil {
			return err
		}
		links := s.links("shares", "group_id", "resource_id")
		for _, id := range ids {
			at := slices.IndexFunc(found, func(r Resource) bool { return r.ID == id })
			if at < 0 {
				return web.Problemf(http.StatusNotFound, "Resource Not Found, resourceId: %d", id)
			}
			names, links = append(names, found[at].Name), links.Values(group, id)
		}
		_, err = database.Exec(ctx, tx, links)
		return err
	})
	return names, err
}

// detach takes a user out of a group that the caller may change. One who is not in it is
// no error: who asks again, because an answer was lost, is answered the same.
func (s *store) detach(ctx context.Context, group int64, name string, may spec.Specification) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := find(ctx, s, tx, groups, may.And(spec.Eq("id", group)), groupFields, scanGroup); err != nil {
			return err
		}
		_, err := database.Exec(ctx, tx, s.db.SQL.Delete("memberships").Where(sq.Eq{"group_id": group, "user_id": name}))
		return err
	})
}

// unshare takes a resource from a group that the caller may change, and returns its name.
func (s *store) unshare(ctx context.Context, group, id int64, may spec.Specification) (name string, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		if _, err := find(ctx, s, tx, groups, may.And(spec.Eq("id", group)), groupFields, scanGroup); err != nil {
			return err
		}
		r, err := find(ctx, s, tx, resources, spec.Eq("id", id), resourceFields, scanResource)
		if err != nil {
			return err
		}
		name = r.Name
		_, err = database.Exec(ctx, tx, s.db.SQL.Delete("shares").Where(sq.Eq{"group_id": group, "resource_id": id}))
		return err
	})
	return name, err
}

// remove deletes a row that the caller may delete, with its links, and returns it. The
// condition is in the statement: to look first and delete then would lock it twice.
func remove[T any](ctx context.Context, s *store, table *sqlspec.Table, visible spec.Specification,
	fields []string, scan func(database.Scanner) (T, error)) (row T, err error) {
	where, args, err := table.SQL(visible, s.db.Dialect)
	if err != nil {
		return row, err
	}
	columns, err := table.TargetColumns(fields...)
	if err != nil {
		return row, err
	}
	statement := sq.Expr("DELETE FROM "+table.From()+" WHERE "+where+" RETURNING "+strings.Join(columns, ", "), args...)
	err = s.write(ctx, func(tx *sql.Tx) error {
		row, err = database.One(ctx, tx, statement, scan)
		if errors.Is(err, sql.ErrNoRows) {
			return web.ErrNotFound
		}
		return err
	})
	return row, err
}
