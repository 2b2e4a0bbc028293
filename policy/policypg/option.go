package policypg

import (
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/policy"
)

// Option changes what the functions of this package do. One that is not about a
// function changes nothing there.
type Option func(*settings)

// Table names the table of the policies; the default is rolespec_policy, where the
// search path of the connection has it. A name of two parts is a schema, which has
// to exist, and a table: Table("access", "policies"). Names are quoted, so they are
// exact; that of the table has at most 50 bytes.
func Table(name ...string) Option {
	return func(s *settings) { s.table = append(pgx.Identifier(nil), name...) }
}

// After makes [Publish] and [Rollback] fail with [ErrConflict] unless the policy is
// at that revision: the one that was read before it was edited. 0 is for a policy
// that is not there yet. Without it the last one to publish wins.
func After(revision int64) Option {
	return func(s *settings) { s.after = &revision }
}

// Check makes [Publish] and [Rollback] refuse a policy of which check returns an
// error: one with a claim that the services do not have ([policy.NewService]), or
// one whose tests fail. It is called with a policy that [policy.Parse] takes, and
// may be given several times.
func Check(check func(*policy.Policy) error) Option {
	return func(s *settings) {
		if check != nil {
			s.checks = append(s.checks, check)
		}
	}
}

// ListenOn makes the source of [Source] listen for notices through another pool:
// where its own leads to a standby or through a pooler of transactions, neither of
// which can LISTEN.
func ListenOn(pool *pgxpool.Pool) Option {
	return func(s *settings) { s.listener = pool }
}

type settings struct {
	table    pgx.Identifier
	after    *int64
	checks   []func(*policy.Policy) error
	listener *pgxpool.Pool
}

// maxTable leaves room for what is added to the name in PostgreSQL's 63 bytes.
const maxTable = 50

func settingsOf(opts []Option) (settings, error) {
	s := settings{table: pgx.Identifier{"rolespec_policy"}}
	for _, opt := range opts {
		if opt != nil {
			opt(&s)
		}
	}
	if n := len(s.table); n != 1 && n != 2 {
		return s, fmt.Errorf("%w: the name of a table has one part or two", ErrOption)
	}
	for _, part := range s.table {
		if part == "" || len(part) > maxTable || strings.ContainsRune(part, 0) {
			return s, fmt.Errorf("%w: the name of a table has 1 to %d bytes", ErrOption, maxTable)
		}
	}
	if s.after != nil && *s.after < 0 {
		return s, fmt.Errorf("%w: a revision is not below 0", ErrOption)
	}
	return s, nil
}

// settingsFor is settingsOf for what is done with a database.
func settingsFor(db DB, opts []Option) (settings, error) {
	s, err := settingsOf(opts)
	if err == nil && db == nil {
		err = fmt.Errorf("%w: there is no database", ErrOption)
	}
	return s, err
}

// quoted returns the name of what belongs to the table, quoted: the table itself
// for no suffix.
func (s settings) quoted(suffix string) string {
	name := append(pgx.Identifier(nil), s.table...)
	name[len(name)-1] += suffix
	return name.Sanitize()
}

// label names a revision of a policy in errors.
func (s settings) label(name string, revision int64) string {
	return fmt.Sprintf("%s/%s@%d", strings.Join(s.table, "."), name, revision)
}
