package policynats_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"os"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policynats"
	"github.com/rolespec/rolespec/roles"
)

// A service follows the policy of its fleet.
func Example() {
	ctx := context.Background()
	conn, err := nats.Connect(os.Getenv("NATS_URL"), nats.MaxReconnects(-1))
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		log.Fatal(err)
	}
	kv, err := js.KeyValue(ctx, "policies")
	if err != nil {
		log.Fatal(err)
	}
	source := policynats.Source(kv, "tasks", policynats.Reconnects(conn))
	live, err := policy.Watch[policy.Claims](ctx, source, policy.Logger(slog.Default()))
	if err != nil {
		log.Fatal(err) // there is no policy to begin with
	}
	defer live.Close()

	ann := policy.Claims{"sub": "ann", "roles": []string{"user"}}
	visible, err := live.Verify(ann, "tasks", "GET")
	fmt.Println(visible, err)
}

// What is no policy does not get as far as the bucket.
func ExamplePublish() {
	kv := struct{ jetstream.KeyValue }{} // of js.KeyValue(ctx, "policies")
	text := []byte("rolespec: 2\nroles: []\n")
	_, err := policynats.Publish(context.Background(), kv, "tasks", text, policynats.After(17))
	switch {
	case errors.Is(err, roles.ErrPolicy):
		fmt.Println("the policy has errors")
	case errors.Is(err, policynats.ErrConflict):
		fmt.Println("somebody else has published: read it again")
	}
	// Output: the policy has errors
}
