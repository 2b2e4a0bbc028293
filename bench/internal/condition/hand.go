package condition

import (
	"slices"
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
)

// What a person writes. The functions are kept from being inlined: their values
// come from a request, and the compiler must not know them.

//go:noinline
func handOwn(account, creator string) (string, []any) {
	var b strings.Builder
	b.Grow(64)
	b.WriteString("account_id = $1 AND created_by = $2")
	return b.String(), []any{account, creator}
}

// handConstant is the least that it can be: the text is a constant.
//
//go:noinline
func handConstant(account, creator string) (string, []any) {
	return "account_id = $1 AND created_by = $2", []any{account, creator}
}

//go:noinline
func handSelect(account, creator string) (string, []any) {
	var b strings.Builder
	b.Grow(96)
	b.WriteString("SELECT id FROM invoices WHERE ")
	b.WriteString("account_id = $1 AND created_by = $2")
	return b.String(), []any{account, creator}
}

//go:noinline
func handRanged(account, creator string, amount float64, states []string) (string, []any) {
	var b strings.Builder
	b.Grow(128)
	b.WriteString("(account_id = $1 AND created_by = $2) OR (amount > $3 AND status = ANY ($4))")
	return b.String(), []any{account, creator, amount, states}
}

// handPlaceholders writes a list out, a placeholder for each value.
//
//go:noinline
func handPlaceholders(states []string) (string, []any) {
	text := append(make([]byte, 0, 16+6*len(states)), "status IN ("...)
	args := make([]any, 0, len(states))
	for i, state := range states {
		if i > 0 {
			text = append(text, ',')
		}
		args = append(args, state)
		text = strconv.AppendInt(append(text, '$'), int64(len(args)), 10)
	}
	return string(append(text, ')')), args
}

//go:noinline
func handArray(states []string) (string, []any) {
	return "status = ANY ($1)", []any{states}
}

// handWay is a loop over one of the functions with two values.
func handWay(account, creator string) pair.Way {
	return pair.New(scene.Hand, func(n int) (s statement, err error) {
		for range n {
			s.text, s.args = handOwn(account, creator)
		}
		return s, nil
	}, statement.print)
}

// handRequest is a whole request with the policy written into the program.
//
//go:noinline
func handRequest(c *world.Claims, endpoint, method string) (string, []any) {
	if endpoint != "invoices" || method != "GET" {
		return "", nil
	}
	switch {
	case slices.Contains(c.Roles, "admin"):
		return "account_id = $1", []any{c.Account}
	case slices.Contains(c.Roles, "user"):
		return handOwn(c.Account, c.Subject)
	}
	return "", nil
}
