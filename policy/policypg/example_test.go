package policypg_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"os"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policypg"
	"github.com/rolespec/rolespec/roles"
)

// A service follows the policy of its fleet.
func Example() {
	ctx := context.Background()
	pool, err := pgxpool.New(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
	live, err := policy.Watch[policy.Claims](ctx, policypg.Source(pool, "tasks"), policy.Logger(slog.Default()))
	if err != nil {
		log.Fatal(err) // there is no policy to begin with
	}
	defer live.Close()

	ann := policy.Claims{"sub": "ann", "roles": []string{"user"}}
	visible, err := live.Verify(ann, "tasks", "GET")
	fmt.Println(visible, err)
}

// A pipeline publishes a policy that was reviewed.
func ExamplePublish() {
	ctx := context.Background()
	pool, err := pgxpool.New(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	defer pool.Close()
	if err := policypg.Migrate(ctx, pool); err != nil {
		log.Fatal(err)
	}
	text, err := os.ReadFile("policy.yaml")
	if err != nil {
		log.Fatal(err)
	}
	revision, err := policypg.Publish(ctx, pool, "tasks", text, policypg.Check(func(p *policy.Policy) error {
		_, err := policy.NewService[policy.Claims](p) // as the services will do
		return err
	}))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("published as revision", revision)
}

func ExampleSchema() {
	_, err := policypg.Schema(policypg.Table("access", ""))
	fmt.Println(err)
	// Output: policypg: option cannot be used: the name of a table has 1 to 50 bytes
}

// What is no policy does not get as far as the database.
func ExamplePublish_refused() {
	db := struct{ policypg.DB }{} // a pool, a connection or a transaction
	_, err := policypg.Publish(context.Background(), db, "tasks", []byte("rolespec: 2\nroles: []\n"))
	fmt.Println(errors.Is(err, roles.ErrPolicy))
	// Output: true
}
