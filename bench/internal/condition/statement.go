package condition

import (
	"database/sql/driver"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/bench/internal/pair"
)

// statement is a text and its arguments.
type statement struct {
	text string
	args []any
}

// way makes statements, one after the other. It calls through f, so it is for
// peers, and for work that takes much longer than a call.
func way(name string, f func() (string, []any, error)) pair.Way {
	return pair.New(name, func(n int) (s statement, err error) {
		for range n {
			if s.text, s.args, err = f(); err != nil {
				return s, err
			}
		}
		return s, nil
	}, statement.print)
}

func peerWay(name string, f func() (string, []any, error)) pair.Way { return way(name, f).Peer() }

// print is the condition with its values in their places.
func (s statement) print() (string, error) {
	_, text, found := strings.Cut(s.text, "WHERE ")
	if !found {
		text = s.text
	}
	var err error
	used := 0
	text = placeholder.ReplaceAllStringFunc(text, func(p string) string {
		i := used
		if p != "?" {
			i, _ = strconv.Atoi(p[1:])
			i--
		}
		if i < 0 || i >= len(s.args) {
			err = fmt.Errorf("%s has no argument: %s", p, s.text)
			return p
		}
		used++
		value, failed := printValue(s.args[i])
		if failed != nil {
			err = failed
		}
		return value
	})
	if used != len(s.args) {
		err = fmt.Errorf("%d arguments for %d places: %s", len(s.args), used, s.text)
	}
	return strings.TrimSpace(meaningless.Replace(text)), err
}

var (
	placeholder = regexp.MustCompile(`\$\d+|\?`)
	// One spelling for what the ways write differently.
	meaningless = strings.NewReplacer(
		// PostgreSQL holds NaN to be above every number, and memory does not.
		` AND "invoices"."amount" < 'NaN'::float8`, ``,
		`"invoices".`, ``, `invoices.`, ``, `"`, ``, `(`, ``, `)`, ``,
		`E'`, ``, `'`, ``,
		`::text[]`, ``, `::text`, ``, `::float8`, ``,
		`= ANY `, `IN `, `, `, `,`)
)

func printValue(v any) (string, error) {
	if valuer, ok := v.(driver.Valuer); ok {
		plain, err := valuer.Value()
		if err != nil {
			return "", err
		}
		v = plain
	}
	switch v := v.(type) {
	case []string:
		return strings.Join(v, ","), nil
	case []any:
		texts := make([]string, len(v))
		for i := range v {
			texts[i] = fmt.Sprint(v[i])
		}
		return strings.Join(texts, ","), nil
	case string:
		if strings.HasPrefix(v, "{") { // an array, as text
			return strings.Trim(v, "{}"), nil
		}
		return v, nil
	}
	return fmt.Sprint(v), nil
}

// buffers are what a caller keeps between two requests to append to.
type buffers struct {
	text []byte
	args []any
}

// statement copies what was appended, which the next request overwrites.
func (b *buffers) statement() statement {
	return statement{string(b.text), slices.Clone(b.args)}
}
