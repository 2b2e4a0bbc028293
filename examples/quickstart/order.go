package main

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// order lets callers pay for a pizza out of a wallet: an action that is no HTTP
// request.
func (t *tour) order(ctx context.Context) error {
	t.out.heading("Ordering a pizza for 12.50 (rolled back)")
	ann, mia, bob := t.verified[0], t.verified[1], t.verified[3]
	var lines [][]string
	for _, o := range []struct {
		by    Claims
		owner string
	}{{bob, "bob"}, {bob, "mia"}, {bob, "Bob"}, {mia, "mia"}, {mia, "mia"}, {ann, "bob"}} {
		line, err := t.pay(ctx, o.by, o.owner)
		if err != nil {
			return err
		}
		lines = append(lines, line)
	}
	t.out.table([]string{"caller", "wallet of", "request", ">rows affected", "", "in memory", ">balance", ">after"}, lines)
	return nil
}

// pay tries to pay from one wallet, and returns what came of it.
func (t *tour) pay(ctx context.Context, by Claims, owner string) ([]string, error) {
	before, err := loadWallets(ctx, t.tx)
	if err != nil {
		return nil, err
	}
	line := []string{by.Subject, owner, "EXECUTE wallets"}
	mine, err := policy.Verify(by, "wallets", roles.Execute)
	if errors.Is(err, roles.ErrForbidden) {
		return append(line, t.out.paint(yellow, "forbidden"), "", "", balance(before, owner), balance(before, owner)), nil
	}
	from := payable(mine, owner)
	affected, err := deduct(ctx, t.tx, from)
	if err != nil {
		return nil, err
	}
	expected, err := spec.Filter(from, before)
	if err != nil {
		return nil, err
	}
	after, err := loadWallets(ctx, t.tx)
	if err != nil {
		return nil, err
	}
	c := comparison{inSQL: int(affected), inMemory: len(expected), equal: int(affected) == len(expected)}
	t.count(c)
	return append(line, strconv.Itoa(c.inSQL), t.out.mark(c.equal), strconv.Itoa(c.inMemory),
		balance(before, owner), balance(after, owner)), nil
}

// balance is what is in the wallet of an owner, with its two digits.
func balance(all []Wallet, owner string) string {
	i := slices.IndexFunc(all, func(w Wallet) bool { return w.Owner == owner })
	if i < 0 {
		return "none"
	}
	whole, cents, _ := strings.Cut(all[i].Balance.String(), ".")
	return whole + "." + (cents + "00")[:2]
}
