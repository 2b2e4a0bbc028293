package pgclaims_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/sqlspec/pgclaims"
)

// Many callers share a few connections, and end their transactions in every way.
func TestCrowd(t *testing.T) {
	t.Parallel()
	pool := newService(t).pool(t, func(c *pgxpool.Config) { c.MaxConns = 3 })
	var crowd sync.WaitGroup
	for i := range 8 {
		crowd.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(i)))
			for range 100 {
				who, want := ann, owned[ann]
				if random.IntN(2) == 0 {
					who, want = bob, owned[bob]
				}
				visit(t, random, pool, who, want)
			}
		})
	}
	crowd.Wait()
	forgotten(t, "all of them", pool)
}

func visit(t *testing.T, random *rand.Rand, pool *pgxpool.Pool, who caller, want []int64) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	check := func(rows pgx.Rows, err error, want []int64) {
		if have, err := pgx.CollectRows(rows, pgx.RowTo[int64]); err != nil || !slices.Equal(have, want) {
			t.Errorf("have rows %v, %v, want %v", have, err, want)
		}
	}
	switch random.IntN(3) {
	case 0:
		rows, err := pool.Query(ctx, all)
		check(rows, err, nil)
	case 1:
		rows, err := pgclaims.Query(ctx, pool, who, all)
		check(rows, err, want)
	case 2:
		e := ends[random.IntN(len(ends))]
		within(func() error {
			return pgclaims.Run(ctx, pool, who, func(tx pgx.Tx) error {
				rows, err := tx.Query(ctx, all)
				check(rows, err, want)
				return e.f(ctx, cancel, tx)
			})
		})
	}
}
