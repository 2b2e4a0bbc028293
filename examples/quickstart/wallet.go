package main

import (
	"context"
	"database/sql"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// Wallet is a row of the second table.
type Wallet struct {
	ID      int64        `db:"id"`
	Owner   string       `db:"owner"`
	Balance spec.Decimal `db:"balance"`
}

var wallets = sqlspec.MustTable[Wallet]("wallets",
	sqlspec.Strict(),
	sqlspec.Column("balance", sqlspec.Scaled(2)))

// pizza is what one costs, in cents as the table has it.
const pizza = 1250

// payable narrows the wallets that the caller may use to those of an owner that
// hold enough.
func payable(mine spec.Specification, owner string) spec.Specification {
	return mine.And(spec.Eq("owner", owner), spec.Gte("balance", spec.MustDecimal("12.50")))
}

// deduct takes the price out of the wallets of a specification and says how many
// that were. Permission and condition are in the WHERE, so there is no moment
// between check and deduction.
func deduct(ctx context.Context, tx *sql.Tx, from spec.Specification) (affected int64, err error) {
	text, args, err := sq.Update(wallets.From()).
		Set("balance", sq.Expr("balance - ?", pizza)).
		Where(wallets.Where(from, sqlspec.SQLite)).
		ToSql()
	if err != nil {
		return 0, err
	}
	result, err := tx.ExecContext(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// loadWallets reads them all.
func loadWallets(ctx context.Context, tx *sql.Tx) ([]Wallet, error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, owner, balance FROM wallets")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Wallet
	for rows.Next() {
		var w Wallet
		var cents int64
		if err := rows.Scan(&w.ID, &w.Owner, &cents); err != nil {
			return nil, err
		}
		if w.Balance, err = decimalOf(cents); err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, rows.Err()
}
