package database

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// A counter says how many rows have an id of the list, and what the ids of those are
// together.
type counter func(ids []int64) (rows, sum int64, err error)

// list is a list of ids, and what has to be found by it.
type list struct {
	ids       []int64
	rows, sum int64
}

// list returns a list of so many different ids, every other of which a row has: those
// are spread over the table.
func (n Size) list(count int) list {
	l := list{ids: make([]int64, count)}
	for i := range l.ids {
		id := int64(i) * 7919 % int64(n) // 7919 is a prime that divides no power of ten
		if i%2 == 1 || i >= int(n) {
			l.ids[i] = int64(n) + int64(i)
			continue
		}
		l.ids[i] = id
		l.rows++
		l.sum += id
	}
	return l
}

func (l list) way(name string, count counter) pair.Way {
	type answer struct{ rows, sum int64 }
	return pair.New(name, func(times int) (a answer, err error) {
		for range times {
			if a.rows, a.sum, err = count(l.ids); err != nil {
				return a, err
			}
			if a.rows != l.rows || a.sum != l.sum {
				return a, fmt.Errorf("%d rows of the list, want %d", a.rows, l.rows)
			}
		}
		return a, nil
	}, pair.Print)
}

const selectCount = "SELECT " + counts + " FROM "

const counts = "count(*), CAST(coalesce(sum(id), 0) AS bigint)"

// listStatement is the statement that our In makes of the ids.
func listStatement(ids []int64, d sqlspec.Dialect) (text string, args []any, err error) {
	return countStatement(spec.In("id", ids...), d)
}

func countStatement(s spec.Specification, d sqlspec.Dialect) (text string, args []any, err error) {
	where, args, err := invoices.SQL(s, d)
	return selectCount + invoices.From() + " WHERE " + where, args, err
}

// placeholders returns "id IN (...)" for so many ids: numbered, or ?.
func placeholders(count int, numbered bool) string {
	var b strings.Builder
	b.WriteString("id IN (")
	for i := range count {
		if i > 0 {
			b.WriteByte(',')
		}
		if numbered {
			b.WriteString("$" + strconv.Itoa(i+1))
		} else {
			b.WriteByte('?')
		}
	}
	b.WriteByte(')')
	return b.String()
}

func boxed(ids []int64) []any {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return args
}
