package policypg_test

import (
	"errors"
	"testing"
	"time"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policypg"
)

func TestRollback(t *testing.T) {
	t.Parallel()
	dsn, pool := migrated(t)
	good := publish(t, pool, 1)
	services := fleet(t, dsn, 2)
	bad := publish(t, pool, 2)
	within(t, soon, services, "published", at(t, 2))

	if _, err := policypg.Rollback(t.Context(), pool, name, good, policypg.After(good)); !errors.Is(err, policypg.ErrConflict) {
		t.Errorf("have %v, want ErrConflict", err)
	}
	back, err := policypg.Rollback(t.Context(), pool, name, good, policypg.After(bad))
	if err != nil {
		t.Fatal(err)
	}
	within(t, soon, services, "taken back", at(t, 1))

	history, err := policypg.History(t.Context(), pool, name)
	if err != nil {
		t.Fatal(err)
	}
	var numbers []int64
	for _, revision := range history {
		numbers = append(numbers, revision.Number)
		if time.Since(revision.PublishedAt).Abs() > time.Hour || revision.PublishedBy == "" {
			t.Errorf("have %+v", revision)
		}
	}
	if len(numbers) != 3 || numbers[0] != back || numbers[1] != bad || numbers[2] != good {
		t.Errorf("have revisions %v, want %d, %d, %d", numbers, back, bad, good)
	}
	if history[0].Version != services[0].Version() || history[0].Version != history[2].Version {
		t.Errorf("the versions are not those of the services: %+v", history)
	}
}

// Neither what is written past Publish nor what is deleted is lost.
func TestHistoryOfOthers(t *testing.T) {
	t.Parallel()
	_, pool := migrated(t)
	exec(t, pool, "INSERT INTO rolespec_policy (name, body, revision, published_by) VALUES ($1, 'no policy', 77, 'nobody')", name)
	publish(t, pool, 1)
	exec(t, pool, "DELETE FROM rolespec_policy")
	history, err := policypg.History(t.Context(), pool, name)
	if err != nil {
		t.Fatal(err)
	}
	if len(history) != 2 {
		t.Fatalf("have %+v, want two", history)
	}
	forged := history[1]
	if forged.Number == 77 || forged.PublishedBy == "nobody" {
		t.Errorf("have %+v: revision and user are not for the writer to say", forged)
	}
	var broken policy.Errors
	if _, err := policypg.Rollback(t.Context(), pool, name, forged.Number); !errors.As(err, &broken) {
		t.Errorf("have %v, want that it is no policy", err)
	}
	restored, err := policypg.Text(t.Context(), pool, name, history[0].Number)
	if err != nil || string(restored.Data) != string(text(1)) {
		t.Errorf("have %v, %v", restored, err)
	}
	if _, err := policypg.Text(t.Context(), pool, name, 77); !errors.Is(err, policypg.ErrNotFound) {
		t.Errorf("have %v, want ErrNotFound", err)
	}
	if none, err := policypg.History(t.Context(), pool, "other"); err != nil || len(none) != 0 {
		t.Errorf("have %v, %v", none, err)
	}
}
