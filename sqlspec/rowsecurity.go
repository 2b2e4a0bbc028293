package sqlspec

import (
	"errors"
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// ErrPolicy is wrapped by a [*PolicyError] for a [Policy] that cannot be: no name,
// no role, no command, a name twice, a check where nothing is written.
var ErrPolicy = errors.New("sqlspec: policy cannot be used")

// Policy is one policy of PostgreSQL's row security. Its conditions may be
// templates: their variables are claims, read from [ClaimsSetting] as a statement
// runs. A claim that is missing, or is not of its kind, makes the condition true of
// no row, whatever else it says. The zero Policy is an error.
type Policy struct {
	Name string
	// Restrictive policies are and-ed onto what the permissive ones show, and show
	// nothing by themselves.
	Restrictive bool
	Command     Command
	// To are the database roles that it is for, [Public] for all of them.
	To []string
	// Using is for the rows that are there.
	Using spec.Specification
	// Check is for rows as they are written. Where it is nil, Using stands for
	// both. An insert has no rows that are there, and so no Using beside a Check.
	Check *spec.Specification
	// Needs are templates whose claims have to be there besides those of the
	// conditions; what else they say does not matter.
	Needs []spec.Specification
}

// Command is the statements that a [Policy] is for. The zero Command is none.
type Command string

// The commands.
const (
	ForAll    Command = "ALL"
	ForSelect Command = "SELECT"
	ForInsert Command = "INSERT"
	ForUpdate Command = "UPDATE"
	ForDelete Command = "DELETE"
)

// Public stands for every database role.
const Public = "public"

// ClaimsSetting is the setting of PostgreSQL that holds the claims of the caller,
// as one JSON object.
const ClaimsSetting = "rolespec.claims"

// SetClaims is the statement that hands the claims over, as its one argument: the
// JSON of the payload that was verified. They are gone when the transaction ends,
// so outside of one there are none, and a connection that goes back to its pool
// keeps nothing of its caller.
const SetClaims = "SELECT set_config('" + ClaimsSetting + "', $1, true)"

// PolicyError says which policy cannot be written, and why. Its text holds no
// value.
type PolicyError struct {
	Policy string
	err    error
}

// Error returns a sentence for a log.
func (e *PolicyError) Error() string { return fmt.Sprintf("sqlspec: policy %q: %v", e.Policy, e.err) }

// Unwrap returns what is wrong: [ErrPolicy], [ErrUnsupported], [ErrUnmapped], or an
// error of package spec.
func (e *PolicyError) Unwrap() error { return e.err }

// RowSecurity returns the statements that put the table under these policies, as
// one transaction. PostgreSQL then shows and takes the rows that memory does, in
// every statement, also in those that a program forgot to filter:
//
//	script, err := tasks.RowSecurity(claims, sqlspec.Policy{
//		Name: "own account", Command: sqlspec.ForAll, To: []string{"app"},
//		Using: spec.Eq("account_id", spec.Var("account")),
//	})
//
// The policies replace all that the table has, so that none is left that nobody
// declares, and running the script again changes nothing; what it would change,
// [Table.RowSecurityDiff] says. With no policies the table shows no row. With an error there are no statements.
//
// A row is visible where a permissive policy of the command and role is true and
// every restrictive one is. An update or delete needs the row to be visible to a
// SELECT as well, and so does a RETURNING.
//
// # Claims
//
// The schema declares the claims and their kinds, by the names that they have in the
// JSON; a dot in a name leads into a nested object. Each transaction begins with
// [SetClaims]. The JSON has numbers for int, uint and float, true or false for
// bool, an array for a list, and a text for everything else, as encoding/json writes
// the Go types; a decimal may be a number too. An empty text, the UUID of zeros and
// a list that has one of these or a null are missing, as they are in package roles.
//
// A claim of any kind but bytes is compared with a field of its kind; texts also with instants, dates,
// UUIDs and decimals, and integers with decimals. It is read once in a statement, not
// once for each row, and an index serves it as it serves a value, but for HasPrefix and
// Under.
//
// # What is refused
//
// Everything that [Table.SQL] refuses; relations, because the row security of the
// other table would decide what a policy sees; and with a claim as its value, what
// has to be compiled for the value: Matches, EqualFold and ContainsFold, an order or
// equality of lists, and columns with a codec or stored as Timestamp, Scaled, JSONB
// or Ltree. An integer claim beyond a bigint fails the statement.
//
// # Roles
//
// One database role owns the table and runs the script, another runs the program:
//
//	CREATE ROLE app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE;
//	GRANT SELECT, INSERT, UPDATE, DELETE ON tasks TO app;
//
// # What row security does not do
//
//   - Superusers, and roles with BYPASSRLS, pass it by. The owner does not, because it
//     is forced, but may switch it off.
//   - TRUNCATE, and the checks of unique and foreign keys, look at all rows: whether an
//     insert fails can tell that a hidden row exists. So can how long a statement
//     takes.
//   - A view reads with the rights of its owner unless it is a security_invoker, a
//     function that is SECURITY DEFINER always does, and a materialized view holds what
//     its owner saw.
//   - A partition that a statement names itself has only the policies of its own.
//   - An operator that is not leakproof waits for the policies, which can keep an index
//     of another condition from being used; a function marked LEAKPROOF that
//     is not shows the rows it was asked about.
//   - Whoever can run SQL of their own under the role can set the claims to what they
//     like: the setting is for programs that verify a caller, not for callers.
//   - Claims that are set for the session, not for the transaction, are those of the
//     next caller too, through a pool. SetClaims never does that.
func (t *Table) RowSecurity(claims *spec.Schema, policies ...Policy) (string, error) {
	if t == nil {
		return "", fmt.Errorf("%w: it is nil", ErrTable)
	}
	script := rowSecurity{table: t.bare(), claims: claims}
	return script.write(policies)
}

// bare returns the table without its alias, which a policy does not know.
func (t *Table) bare() *Table {
	bare := *t.In(Postgres)
	bare.alias = ""
	bare.columns = make(map[string]*column, len(t.columns))
	for name, c := range t.columns {
		own := *c
		bare.columns[name] = &own
	}
	bare.write('"')
	return &bare
}
