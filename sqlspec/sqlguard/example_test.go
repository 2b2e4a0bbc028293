package sqlguard_test

import (
	"context"
	"fmt"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/sqlguard"
)

func Example() {
	guard := sqlguard.Must(sqlspec.Postgres, sqlguard.Protect(tasks))
	db := guard.Wrap(&database{}) // a *sql.DB
	ctx := sqlguard.With(context.Background())
	visible := spec.Eq("account", 7)

	list := sq.Select("t.id").From("tasks t").PlaceholderFormat(sq.Dollar).RunWith(db)
	_, err := list.QueryContext(ctx)
	fmt.Println(err)
	_, err = list.Where(guard.Where(ctx, tasks, visible)).QueryContext(ctx)
	fmt.Println(err)
	// Output:
	// sqlguard: refused: table "tasks": it has no WHERE
	// <nil>
}
