package world

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// Invoice is a row: 112 bytes, of which the conditions read a part.
type Invoice struct {
	ID        int64     `db:"id" expr:"id"`
	AccountID string    `db:"account_id" expr:"account_id"`
	CreatedBy string    `db:"created_by" expr:"created_by"`
	Amount    float64   `db:"amount" expr:"amount"`
	Status    string    `db:"status" expr:"status"`
	CreatedAt time.Time `db:"created_at" expr:"created_at"`
	Tags      []string  `db:"tags" expr:"tags"`
}

// Invoices makes n rows, the same at every call: 10 accounts and 20 creators, so
// that the caller sees one in 200; 20 states; amounts below 1,024. Every text
// has its own memory, as rows that were read from a database have.
func Invoices(n int) []Invoice {
	rng := rand.New(rand.NewPCG(1, 2))
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	rows := make([]Invoice, n)
	for i := range rows {
		rows[i] = Invoice{
			ID:        int64(i),
			AccountID: strconv.Itoa(67885 + rng.IntN(10)),
			CreatedBy: strconv.Itoa(12335 + rng.IntN(20)),
			Amount:    float64(rng.IntN(1024)),
			Status:    Status(rng.IntN(20)),
			CreatedAt: start.Add(time.Duration(i) * time.Second),
			Tags:      []string{"t" + strconv.Itoa(i%7), "t" + strconv.Itoa(i%11)},
		}
	}
	return rows
}

// Status returns the name of a state, counted from 0, in memory of its own.
func Status(i int) string { return "status-" + strconv.Itoa(10+i) }

// Mine returns an invoice that the caller sees.
func Mine() Invoice {
	return Invoice{ID: 1, AccountID: Account, CreatedBy: Subject, Amount: 5, Status: Status(0)}
}

// Probes are invoices by which two conditions can be told apart: the caller's
// account and creator, each right, wrong, absent and nearly right.
func Probes() []Invoice {
	var rows []Invoice
	for _, account := range []string{Account, Subject, "", Account + " ", "67891"} {
		for _, creator := range []string{Subject, Account, "", Subject + "0", "12344"} {
			rows = append(rows, Invoice{ID: int64(len(rows)), AccountID: account, CreatedBy: creator})
		}
	}
	return rows
}

// IDs prints which invoices they are.
func IDs(rows []Invoice) (string, error) {
	var b strings.Builder
	for i := range rows {
		fmt.Fprintf(&b, "%d ", rows[i].ID)
	}
	return b.String(), nil
}
