package policypg_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policypg"
	"github.com/rolespec/rolespec/roles"
)

func TestPublishRefuses(t *testing.T) {
	t.Parallel()
	_, pool := migrated(t)
	errCheck := errors.New("its tests fail")
	for _, c := range []struct {
		name, reason string
		text         []byte
		opts         []policypg.Option
		want         error
	}{
		{"empty", "no text is no policy", nil, nil, roles.ErrPolicy},
		{"no policy", "no service would take it", []byte("roles: []"), nil, roles.ErrPolicy},
		{"bad rule", "rules are read as well", []byte("rolespec: 1\nroles: [{name: a, allow: [{endpoint: t, methods: GET, rule: 'x =='}]}]"), nil, roles.ErrPolicy},
		{"check", "the caller knows more of what services take", text(1),
			[]policypg.Option{policypg.Check(nil), policypg.Check(func(p *policy.Policy) error { return errCheck })}, errCheck},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := policypg.Publish(t.Context(), pool, name, c.text, c.opts...); !errors.Is(err, c.want) {
				t.Errorf("have %v, want %v: %s", err, c.want, c.reason)
			}
			if _, err := policypg.Source(pool, name).Read(t.Context(), ""); !errors.Is(err, policypg.ErrNotFound) {
				t.Errorf("it was published: %v", err)
			}
		})
	}
	if _, err := policypg.Publish(t.Context(), pool, "", text(1)); err == nil {
		t.Error("published without a name")
	}
}

// Of those who edited the same revision one wins, and the others are told.
func TestPublishTogether(t *testing.T) {
	t.Parallel()
	const editors = 4
	_, pool := migrated(t)
	var revision int64 // 0: the first is published together as well
	for round := range 25 {
		var published [editors]int64
		var refused [editors]error
		var wait sync.WaitGroup
		for i := range editors {
			wait.Go(func() {
				published[i], refused[i] = policypg.Publish(t.Context(), pool, name, text(i), policypg.After(revision))
			})
		}
		wait.Wait()
		winner := -1
		for i, err := range refused {
			switch {
			case err == nil && winner >= 0:
				t.Fatalf("round %d: two have won", round)
			case err == nil:
				winner = i
			case !errors.Is(err, policypg.ErrConflict) || published[i] != 0:
				t.Fatalf("round %d: have %d and %v, want ErrConflict", round, published[i], err)
			}
		}
		if winner < 0 {
			t.Fatalf("round %d: nobody has won: %v", round, refused)
		}
		if published[winner] <= revision {
			t.Fatalf("round %d: revision %d after %d", round, published[winner], revision)
		}
		revision = published[winner]
		if have := read(t, policypg.Source(pool, name), ""); string(have.Data) != string(text(winner)) {
			t.Fatalf("round %d: in force is %s", round, have.Data)
		}
	}
}

func TestPublishAfter(t *testing.T) {
	t.Parallel()
	_, pool := migrated(t)
	conflict := func(after int64, reason string) {
		t.Helper()
		if _, err := policypg.Publish(t.Context(), pool, name, text(9), policypg.After(after)); !errors.Is(err, policypg.ErrConflict) {
			t.Errorf("have %v, want ErrConflict: %s", err, reason)
		}
	}
	conflict(1, "nothing is published")
	first := publish(t, pool, 1, policypg.After(0))
	conflict(0, "something is published")
	second := publish(t, pool, 2, policypg.After(first))
	conflict(first, "published since")
	conflict(second+1, "not published yet")
	exec(t, pool, "DELETE FROM rolespec_policy")
	conflict(second, "deleted")
	if third := publish(t, pool, 3, policypg.After(0)); third <= second {
		t.Errorf("have revision %d after %d: numbers do not begin anew", third, second)
	}
}

// Published in a transaction, it comes into force as that is committed.
func TestPublishInTransaction(t *testing.T) {
	t.Parallel()
	dsn, pool := migrated(t)
	publish(t, pool, 1)
	services := fleet(t, dsn, 1)
	tx, err := pool.BeginTx(t.Context(), pgx.TxOptions{IsoLevel: pgx.RepeatableRead})
	if err != nil {
		t.Fatal(err)
	}
	second := publish(t, tx, 2)
	if have := read(t, policypg.Source(pool, name), ""); string(have.Data) != string(text(1)) {
		t.Errorf("in force before the commit: %s", have.Data)
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	within(t, soon, services, "committed", at(t, 2))

	// A transaction that began before somebody else published.
	tx, err = pool.BeginTx(t.Context(), pgx.TxOptions{IsoLevel: pgx.RepeatableRead})
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(t.Context())
	if _, err := tx.Exec(t.Context(), "SELECT FROM rolespec_policy"); err != nil {
		t.Fatal(err)
	}
	publish(t, pool, 3)
	if _, err := policypg.Publish(t.Context(), tx, name, text(4), policypg.After(second)); !errors.Is(err, policypg.ErrConflict) {
		t.Errorf("have %v, want ErrConflict", err)
	}
}
