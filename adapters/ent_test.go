package adapters_test

import (
	"context"
	"errors"
	"testing"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/sqlgraph"
	"entgo.io/ent/schema/field"

	"github.com/rolespec/rolespec/adapters"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// What ent generates for a Task, as far as the tests need it.
type (
	entPredicate func(*sql.Selector)
	entQuery     struct {
		driver     *sql.Driver
		predicates []entPredicate
	}
	entTasks  struct{ driver *sql.Driver }
	entClient struct{ Task entTasks }
)

var entID = sqlgraph.NewFieldSpec("id", field.TypeInt64)

func openEnt(e *engine) (entClient, *sql.Driver) {
	name := dialect.SQLite
	if e.Dialect == sqlspec.Postgres {
		name = dialect.Postgres
	}
	driver := sql.OpenDB(name, e.db)
	return entClient{entTasks{driver}}, driver
}

func (c entTasks) Query() *entQuery { return &entQuery{driver: c.driver} }

func (q *entQuery) Where(predicates ...entPredicate) *entQuery {
	q.predicates = append(q.predicates, predicates...)
	return q
}

func (q *entQuery) spec() *sqlgraph.QuerySpec {
	s := sqlgraph.NewQuerySpec("tasks", []string{"id"}, entID)
	s.Predicate = all(q.predicates...)
	return s
}

func (q *entQuery) IDs(ctx context.Context) (ids []int64, err error) {
	s := q.spec()
	s.ScanValues = scanOne
	s.Assign = func(_ []string, values []any) error {
		ids = append(ids, values[0].(*sql.NullInt64).Int64)
		return nil
	}
	err = sqlgraph.QueryNodes(ctx, q.driver, s)
	return ids, err
}

func (q *entQuery) Count(ctx context.Context) (int, error) {
	return sqlgraph.CountNodes(ctx, q.driver, q.spec())
}

func scanOne([]string) ([]any, error) { return []any{new(sql.NullInt64)}, nil }

func all(predicates ...entPredicate) func(*sql.Selector) {
	return func(s *sql.Selector) {
		for _, p := range predicates {
			p(s)
		}
	}
}

func newEntUpdate(predicates ...entPredicate) *sqlgraph.UpdateSpec {
	u := sqlgraph.NewUpdateSpec("tasks", []string{"id"}, sqlgraph.NewFieldSpec("id", field.TypeInt64))
	u.Predicate = all(predicates...)
	u.SetField("note", field.TypeString, "seen?")
	return u
}

func TestEnt(t *testing.T) {
	onEach(t, func(t *testing.T, e *engine) {
		client, driver := openEnt(e)
		visible := func(s spec.Specification) func(*sql.Selector) { return adapters.Ent(unnamed, s, e.Dialect) }
		own := sql.OrPredicates(sql.FieldEQ("done", true), sql.FieldGTE("priority", 3))
		check(t, e, uses{
			find: func(s spec.Specification) ([]int64, error) {
				return client.Task.Query().Where(visible(s)).IDs(t.Context())
			},
			beside: func(s spec.Specification) ([]int64, error) {
				return client.Task.Query().Where(
					own, sql.FieldGTE("id", 0), visible(s), sql.NotPredicates(sql.NotPredicates(visible(s))), sql.OrPredicates(visible(s), visible(s)),
				).IDs(t.Context())
			},
			mark: func(s spec.Specification) error {
				_, err := sqlgraph.UpdateNodes(t.Context(), driver, newEntUpdate(visible(s), own))
				return err
			},
			remove: func(s spec.Specification) error {
				d := sqlgraph.NewDeleteSpec("tasks", entID)
				d.Predicate = all(own, visible(s))
				_, err := sqlgraph.DeleteNodes(t.Context(), driver, d)
				return err
			},
		})
		t.Run("count and update of one", func(t *testing.T) {
			mine := spec.Or(spec.Eq("account_id", 1), spec.Eq("title", hostile))
			want := inMemory(t, mine)
			if n, err := client.Task.Query().Where(visible(mine)).Count(t.Context()); err != nil || n != len(want) {
				t.Errorf("count: %d, %v, want %d", n, err, len(want))
			}
			update := func(s spec.Specification) error {
				u := newEntUpdate(visible(s))
				u.Node.ID.Value = want[0]
				u.ScanValues = scanOne
				u.Assign = func([]string, []any) error { return nil }
				return sqlgraph.UpdateNode(t.Context(), driver, u)
			}
			if err := update(spec.Eq("id", want[0])); err != nil {
				t.Errorf("visible: %v", err)
			}
			var notFound *sqlgraph.NotFoundError
			if err := update(spec.Ne("id", want[0])); !errors.As(err, &notFound) {
				t.Errorf("hidden: %v", err)
			}
			if err := update(spec.Ne("idd", want[0])); !errors.Is(err, spec.ErrUnknownField) {
				t.Errorf("unknown field: %v", err)
			}
		})
		// The condition must not be tested on the child.
		t.Run("table twice", func(t *testing.T) {
			edge := sqlgraph.NewStep(sqlgraph.From("tasks", "id"), sqlgraph.To("tasks", "id"), sqlgraph.Edge(sqlgraph.M2O, true, "tasks", "parent_id"))
			hasParent := func(s *sql.Selector) {
				sqlgraph.HasNeighborsWith(s, edge, visible(spec.Eq("account_id", 1)))
			}
			for _, p := range []entPredicate{hasParent, sql.NotPredicates(hasParent)} {
				if ids, err := client.Task.Query().Where(p).IDs(t.Context()); err == nil || len(ids) > 0 {
					t.Errorf("%v, %v", ids, err)
				}
			}
		})
	})
}
