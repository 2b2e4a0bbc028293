package filter

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/bench/internal/world"
)

// question is a condition on invoices in all the forms that the ways need.
type question struct {
	account, creator string
	amount           float64
	states           [5]string
	infix, prefix    string
}

var asked = question{
	account: world.Account, creator: world.Subject,
	amount: 100, states: [5]string{world.Status(0), world.Status(1), world.Status(2), world.Status(3), world.Status(4)},
	infix: "us-12", prefix: "1233",
}

// The conditions that are more than a comparison, as a person writes them.

func (q *question) ranged(r *world.Invoice) bool {
	return r.AccountID == q.account && r.CreatedBy == q.creator ||
		r.Amount > q.amount && slices.Contains(q.states[:], r.Status)
}

func (q *question) text(r *world.Invoice) bool {
	return strings.Contains(r.Status, q.infix) || strings.HasPrefix(r.CreatedBy, q.prefix)
}

// The three loops, each written out: a condition behind a function value would be
// no limit.

//go:noinline
func (q *question) handEqualities(rows []world.Invoice) (visible []world.Invoice) {
	account, creator := q.account, q.creator
	for i := range rows {
		if r := &rows[i]; r.AccountID == account && r.CreatedBy == creator {
			visible = append(visible, *r)
		}
	}
	return visible
}

//go:noinline
func (q *question) handRanged(rows []world.Invoice) (visible []world.Invoice) {
	for i := range rows {
		if r := &rows[i]; q.ranged(r) {
			visible = append(visible, *r)
		}
	}
	return visible
}

//go:noinline
func (q *question) handText(rows []world.Invoice) (visible []world.Invoice) {
	for i := range rows {
		if r := &rows[i]; q.text(r) {
			visible = append(visible, *r)
		}
	}
	return visible
}

// The same with a result of the exact size, for which the rows are marked
// first: what a person writes who has measured it.

//go:noinline
func (q *question) exactEqualities(rows []world.Invoice) []world.Invoice {
	marks, n := newMarks(len(rows)), 0
	for i := range rows {
		if r := &rows[i]; r.AccountID == q.account && r.CreatedBy == q.creator {
			marks.set(i)
			n++
		}
	}
	return marks.take(rows, n)
}

//go:noinline
func (q *question) exactRanged(rows []world.Invoice) []world.Invoice {
	marks, n := newMarks(len(rows)), 0
	for i := range rows {
		if q.ranged(&rows[i]) {
			marks.set(i)
			n++
		}
	}
	return marks.take(rows, n)
}

//go:noinline
func (q *question) exactText(rows []world.Invoice) []world.Invoice {
	marks, n := newMarks(len(rows)), 0
	for i := range rows {
		if q.text(&rows[i]) {
			marks.set(i)
			n++
		}
	}
	return marks.take(rows, n)
}

// marks has a bit for every row.
type marks []uint64

func newMarks(n int) marks { return make(marks, (n+63)/64) }

func (m marks) set(i int) { m[i>>6] |= 1 << (i & 63) }

// take copies the n rows that are marked.
func (m marks) take(rows []world.Invoice, n int) []world.Invoice {
	visible := make([]world.Invoice, 0, n)
	for w, word := range m {
		for ; word != 0; word &= word - 1 {
			visible = append(visible, rows[w<<6+bits.TrailingZeros64(word)])
		}
	}
	return visible
}
