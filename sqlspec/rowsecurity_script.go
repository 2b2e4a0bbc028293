package sqlspec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// rowSecurity writes the policies of one table.
type rowSecurity struct {
	table  *Table
	claims *spec.Schema
}

// write takes the lock of ALTER TABLE first, so that nobody reads the table between
// its old policies and its new ones.
func (r rowSecurity) write(policies []Policy) (string, error) {
	statements := []string{
		"BEGIN",
		"SET LOCAL array_nulls = on", // a null in a list would be the text NULL
		"ALTER TABLE " + r.table.Name() + " ENABLE ROW LEVEL SECURITY",
		"ALTER TABLE " + r.table.Name() + " FORCE ROW LEVEL SECURITY",
		r.dropAll(),
	}
	created, err := r.createAll(policies)
	if err != nil {
		return "", err
	}
	statements = append(statements, created...)
	if len(created) > 0 {
		statements = append(statements, r.mark(policies, created))
	}
	return strings.Join(append(statements, "COMMIT"), ";\n") + ";\n", nil
}

func (r rowSecurity) createAll(policies []Policy) ([]string, error) {
	created := make([]string, len(policies))
	for i, p := range policies {
		var err error
		if created[i], err = r.create(p, policies[:i]); err != nil {
			return nil, &PolicyError{Policy: p.Name, err: err}
		}
	}
	return created, nil
}

// dropAll drops whatever policies the table has.
func (r rowSecurity) dropAll() string {
	relation := textLiteral(r.table.Name()) + "::regclass"
	return "DO " + textLiteral(`DECLARE rolespec_p name; BEGIN
  FOR rolespec_p IN SELECT polname FROM pg_catalog.pg_policy WHERE polrelid = `+relation+` LOOP
    EXECUTE format('DROP POLICY %I ON %s', rolespec_p, `+relation+`);
  END LOOP;
END`)
}

// create writes a policy that comes after others.
func (r rowSecurity) create(p Policy, others []Policy) (string, error) {
	if err := p.check(); err != nil {
		return "", err
	}
	if slices.ContainsFunc(others, func(other Policy) bool { return other.Name == p.Name }) {
		return "", fmt.Errorf("%w: the name is declared twice", ErrPolicy)
	}
	var b strings.Builder
	kind := "PERMISSIVE"
	if p.Restrictive {
		kind = "RESTRICTIVE"
	}
	fmt.Fprintf(&b, "CREATE POLICY %s ON %s AS %s FOR %s TO %s", quote(p.Name), r.table.Name(), kind, p.Command, p.roles())
	using, check := p.conditions()
	for _, part := range []struct {
		keyword   string
		condition *spec.Specification
	}{{"USING", using}, {"WITH CHECK", check}} {
		if part.condition == nil {
			continue
		}
		text, err := r.condition(*part.condition, p.Needs)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "\n  %s (%s)", part.keyword, text)
	}
	return b.String(), nil
}

// conditions returns what stands behind USING and WITH CHECK; nil for nothing.
func (p Policy) conditions() (using, check *spec.Specification) {
	if p.Command != ForInsert {
		return &p.Using, p.Check
	}
	if p.Check != nil {
		return nil, p.Check
	}
	return nil, &p.Using
}

func (p Policy) roles() string {
	quoted := make([]string, len(p.To))
	for i, role := range p.To {
		quoted[i] = quote(role)
		if role == Public {
			quoted[i] = "PUBLIC" // no role can have this name
		}
	}
	return strings.Join(quoted, ", ")
}

func (p Policy) check() error {
	switch p.Command {
	case ForAll, ForInsert, ForUpdate:
	case ForSelect, ForDelete:
		if p.Check != nil {
			return fmt.Errorf("%w: %s writes no row, it cannot have a check", ErrPolicy, p.Command)
		}
	default:
		return fmt.Errorf("%w: no command", ErrPolicy)
	}
	if len(p.To) == 0 {
		return fmt.Errorf("%w: it is for no role", ErrPolicy)
	}
	for _, name := range append([]string{p.Name}, p.To...) {
		if err := checkName(name); err != nil {
			return fmt.Errorf("%w: %w", ErrPolicy, err)
		}
	}
	if p.Command == ForInsert && p.Check != nil && !p.Using.IsNone() {
		return fmt.Errorf("%w: an insert has a check, and no rows to use", ErrPolicy)
	}
	return nil
}
