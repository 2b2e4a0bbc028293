package sqlspec

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// RowSecurityDiff is how the row security of a table differs from what is declared:
// what the script of [Table.RowSecurity] would change. The zero RowSecurityDiff is no
// difference.
type RowSecurityDiff struct {
	Off     bool     // row security is not enabled
	Unbound bool     // it is not forced on the owner
	Missing []string // policies that are declared and not there
	Unknown []string // policies that are there and not declared
	Changed []string // policies that are there in another form
}

// IsEmpty reports whether there is no difference.
func (d RowSecurityDiff) IsEmpty() bool {
	return !d.Off && !d.Unbound && len(d.Missing)+len(d.Unknown)+len(d.Changed) == 0
}

// String returns a line for each difference, "" for none.
func (d RowSecurityDiff) String() string {
	var b strings.Builder
	if d.Off {
		b.WriteString("row security is not enabled\n")
	}
	if d.Unbound {
		b.WriteString("row security is not forced on the owner\n")
	}
	for _, part := range []struct {
		what  string
		names []string
	}{{"missing", d.Missing}, {"unknown", d.Unknown}, {"changed", d.Changed}} {
		for _, name := range part.names {
			fmt.Fprintf(&b, "policy %q is %s\n", name, part.what)
		}
	}
	return b.String()
}

// RowSecurityDiff compares the row security that the table has in the database with
// what is declared. PostgreSQL keeps expressions in a form of its own, so the script of
// [Table.RowSecurity] leaves a mark in the comment of each policy: of what was declared,
// and of what PostgreSQL made of it. A policy whose mark does not fit, because somebody
// altered it, or because the database was restored from a dump, counts as changed: run
// the script again.
//
// It is an error where RowSecurity would be one, and where there is no such table.
func (t *Table) RowSecurityDiff(ctx context.Context, db Queryer, claims *spec.Schema, policies ...Policy) (RowSecurityDiff, error) {
	if t == nil {
		return RowSecurityDiff{}, fmt.Errorf("%w: it is nil", ErrTable)
	}
	script := rowSecurity{table: t.bare(), claims: claims}
	created, err := script.createAll(policies)
	if err != nil {
		return RowSecurityDiff{}, err
	}
	have, diff, err := script.marks(ctx, db)
	if err != nil {
		return RowSecurityDiff{}, err
	}
	for i, p := range policies {
		switch m, there := have[p.Name]; {
		case !there:
			diff.Missing = append(diff.Missing, p.Name)
		case m.comment != markOf(created[i])+" "+m.stored:
			diff.Changed = append(diff.Changed, p.Name)
		}
		delete(have, p.Name)
	}
	for name := range have {
		diff.Unknown = append(diff.Unknown, name)
	}
	slices.Sort(diff.Unknown)
	return diff, nil
}

// policyDigest is what PostgreSQL has of a policy, as it keeps it.
const policyDigest = "md5(concat_ws('|', polqual::text, polwithcheck::text, polroles::text, polcmd::text, polpermissive::text))"

// markOf is the mark of what is declared.
func markOf(create string) string {
	sum := sha256.Sum256([]byte(create))
	return "rolespec " + hex.EncodeToString(sum[:8])
}

// mark writes the marks of policies that were just created.
func (r rowSecurity) mark(policies []Policy, created []string) string {
	marks := make([]string, len(policies))
	for i, p := range policies {
		marks[i] = "(" + textLiteral(p.Name) + ", " + textLiteral(markOf(created[i])) + ")"
	}
	relation := textLiteral(r.table.Name()) + "::regclass"
	return "DO " + textLiteral(`DECLARE rolespec_p record; BEGIN
  FOR rolespec_p IN SELECT polname, mark, `+policyDigest+` AS stored FROM pg_catalog.pg_policy
    JOIN (VALUES `+strings.Join(marks, ", ")+`) AS rolespec_m(name, mark) ON name = polname::text WHERE polrelid = `+relation+` LOOP
    EXECUTE format('COMMENT ON POLICY %I ON %s IS %L', rolespec_p.polname, `+relation+`, rolespec_p.mark || ' ' || rolespec_p.stored);
  END LOOP;
END`)
}

// mark is what a policy says of itself, and what PostgreSQL has of it.
type mark struct{ comment, stored string }

func (r rowSecurity) marks(ctx context.Context, db Queryer) (map[string]mark, RowSecurityDiff, error) {
	var diff RowSecurityDiff
	rows, err := db.QueryContext(ctx, `SELECT relrowsecurity, relforcerowsecurity, polname, obj_description(p.oid, 'pg_policy'), `+policyDigest+`
FROM pg_catalog.pg_class AS c LEFT JOIN pg_catalog.pg_policy AS p ON polrelid = c.oid WHERE c.oid = to_regclass($1)`, r.table.Name())
	if err != nil {
		return nil, diff, err
	}
	defer rows.Close()
	have := map[string]mark{}
	found := false
	for rows.Next() {
		var enabled, forced bool
		var name, comment, text sql.NullString
		if err := rows.Scan(&enabled, &forced, &name, &comment, &text); err != nil {
			return nil, diff, err
		}
		found, diff.Off, diff.Unbound = true, !enabled, !forced
		if name.Valid {
			have[name.String] = mark{comment.String, text.String}
		}
	}
	if err := rows.Err(); err != nil {
		return nil, diff, err
	}
	if !found {
		return nil, diff, fmt.Errorf("%w: %w", ErrTable, errNoTable)
	}
	return have, diff, nil
}

var errNoTable = errors.New("the database has no such table")
