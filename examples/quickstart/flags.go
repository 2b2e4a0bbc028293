package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

const help = `Quickstart applies a policy to rows in SQL and in memory, and compares.

  go run ./examples/quickstart [-db FILE] [-rows N]

makes (or opens) a SQLite database of tasks, and shows what each of several
callers may see and change.

  go run ./examples/quickstart -db FILE -table NAME -rule COLUMN=CLAIM -claim CLAIM=VALUE

does the same with a table or view of your own database, which is only read: a
row is visible where the column equals what the caller's token says. For example

  go run ./examples/quickstart -db shop.db -table orders -rule customer=sub -claim sub=ann

  -db FILE            the database; by default one of tasks in your cache folder
  -rows N             how many tasks to make (default 100000)
  -table NAME         the table or view of your own database
  -rule COLUMN=CLAIM  the column must equal the claim; repeat it where all must hold
  -claim CLAIM=VALUE  what a caller's token would say; repeat it for more claims
  -token TOKEN        take the claims from a token instead, which is verified
  -key FILE           with the key in this file: a secret, or a public key in PEM

Exit status: 0 where the rows are the same everywhere, 1 where something failed or
they are not, 2 where the program was called wrongly.
NO_COLOR turns colours off.
`

// usageError says that the program was called wrongly, and how to call it.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// options are what the program was asked to do.
type options struct {
	db         string
	rows       int
	rowsAsked  bool // -rows was given
	table      string
	rules      []pair // column and claim
	claims     []pair // name and value
	token, key string
}

// A pair is the two sides of a flag like COLUMN=CLAIM.
type pair struct{ left, right string }

func parse(args []string) (options, error) {
	var o options
	fs := flag.NewFlagSet("quickstart", flag.ContinueOnError)
	fs.SetOutput(io.Discard) // errors go where run returns them
	fs.StringVar(&o.db, "db", "", "")
	fs.IntVar(&o.rows, "rows", 100_000, "")
	fs.StringVar(&o.table, "table", "", "")
	fs.StringVar(&o.token, "token", "", "")
	fs.StringVar(&o.key, "key", "", "")
	fs.Func("rule", "", func(s string) error { return appendPair(&o.rules, s, strings.LastIndex(s, "=")) })
	fs.Func("claim", "", func(s string) error { return appendPair(&o.claims, s, strings.Index(s, "=")) })
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return o, err
		}
		return o, usagef("%v (-help says more)", err)
	}
	fs.Visit(func(f *flag.Flag) { o.rowsAsked = o.rowsAsked || f.Name == "rows" })
	if problem := o.problem(fs.Args()); problem != "" {
		return o, usagef("%s (-help says more)", problem)
	}
	if o.db == "" {
		o.db = defaultPath(o.rows)
	}
	return o, nil
}

// problem names what does not go together.
func (o options) problem(rest []string) string {
	switch {
	case len(rest) > 0:
		return fmt.Sprintf("what is %q?", rest[0])
	case o.rows < 1:
		return "-rows must be at least 1"
	case o.table == "" && (o.rules != nil || o.claims != nil || o.token != "" || o.key != ""):
		return "-rule, -claim, -token and -key need a -table"
	case o.table != "" && o.db == "":
		return "-table needs a -db"
	case o.table != "" && o.rowsAsked:
		return "-rows is for the database of tasks, not for a -table"
	case (o.token == "") != (o.key == ""):
		return "-token and -key go together"
	case o.token != "" && o.claims != nil:
		return "-claim and -token exclude each other"
	}
	return ""
}

func appendPair(pairs *[]pair, s string, at int) error {
	if at < 1 || at == len(s)-1 {
		return errors.New("it needs something on both sides of =")
	}
	*pairs = append(*pairs, pair{s[:at], s[at+1:]})
	return nil
}

// defaultPath is a file of the user's cache folder, else of the folder for
// temporary files.
func defaultPath(rows int) string {
	name := fmt.Sprintf("quickstart-%d.db", rows)
	if cache, err := os.UserCacheDir(); err == nil {
		folder := filepath.Join(cache, "rolespec")
		if os.MkdirAll(folder, 0o700) == nil {
			return filepath.Join(folder, name)
		}
	}
	return filepath.Join(os.TempDir(), "rolespec-"+name)
}
