package database

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/rolespec/rolespec/bench/internal/world"
)

// Row is an invoice, as the table has it.
type Row struct {
	ID        int64
	AccountID string
	CreatedBy string
	Amount    float64
	Status    string
}

// How many rows belong to whom. Those of a user lie together, and so do those of an
// account: what is timed is the statement, and not the way to pages that are nowhere
// near.
const (
	perAccount = 1000
	perUser    = 50
	users      = perAccount / perUser // of an account
)

// table is its name.
const table = world.Endpoint

// columns are those of Row, in its order.
const columns = "id, account_id, created_by, amount, status"

// Size is the number of rows of a table, a multiple of [perAccount].
type Size int

// check returns an error unless a table of old rows can become one of n.
func (n Size) check(old Size) error {
	if n <= old || n%perAccount != 0 {
		return fmt.Errorf("database: a table of %d rows that is to have %d: want more, and a multiple of %d", old, n, perAccount)
	}
	return nil
}

// rowAt is the row that has the id, as the statements that fill the table make it.
func rowAt(id int64) Row {
	return Row{
		ID:        id,
		AccountID: "account-" + strconv.FormatInt(id/perAccount, 10),
		CreatedBy: "user-" + strconv.FormatInt(id/perUser%users, 10),
		Amount:    float64(id * 7919 % 1024),
		Status:    "status-" + strconv.FormatInt(id*31%8, 10),
	}
}

// made is the SELECT list of the same, of the column id, in the SQL of both engines.
var made = fmt.Sprintf("id, 'account-' || (id / %d), 'user-' || (id / %d %% %d), id * 7919 %% 1024, 'status-' || (id * 31 %% 8)",
	perAccount, perUser, users)

// callers is how many there are.
func (n Size) callers() int { return int(n) / perUser }

// callerAt is the i-th of all users there are.
func callerAt(i int) world.Claims {
	who := world.Caller("user")
	who.Account = "account-" + strconv.Itoa(i/users)
	who.Subject = "user-" + strconv.Itoa(i%users)
	return who
}

// checkRows returns an error unless the rows are the caller's, all of them.
func (n Size) checkRows(c world.Claims, rows []Row) error {
	if len(rows) != perUser {
		return fmt.Errorf("%s of %s sees %d rows, want %d", c.Subject, c.Account, len(rows), perUser)
	}
	sorted := slices.Clone(rows)
	slices.SortFunc(sorted, func(a, b Row) int { return cmp.Compare(a.ID, b.ID) })
	for i, row := range sorted {
		switch {
		case row.ID < 0 || row.ID >= int64(n) || row != rowAt(row.ID):
			return fmt.Errorf("%s of %s sees a row that is not in the table: %+v", c.Subject, c.Account, row)
		case row.AccountID != c.Account || row.CreatedBy != c.Subject:
			return fmt.Errorf("%s of %s sees another's row: %+v", c.Subject, c.Account, row)
		case i > 0 && row.ID == sorted[i-1].ID:
			return fmt.Errorf("%s of %s sees a row twice: %+v", c.Subject, c.Account, row)
		}
	}
	return nil
}
