package rowsecurity_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// scenario is a line of rls.jsonl: a table under policies, and what PostgreSQL
// shows and takes of it for three callers.
type scenario struct {
	ID         string           `json:"id"`
	Rows       []map[string]any `json:"rows"`
	Candidates []map[string]any `json:"insert_candidates"`
	Policies   []casePolicy     `json:"policies"`
	Views      []view           `json:"views"`
}

type casePolicy struct {
	Name    string            `json:"name"`
	Kind    string            `json:"kind"`
	Command sqlspec.Command   `json:"command"`
	To      []string          `json:"to"`
	Using   *conformance.Tree `json:"using"`
	Check   *conformance.Tree `json:"with_check"`
}

type view struct {
	User   string   `json:"user"`
	Groups []string `json:"groups"`
	Select []int64  `json:"select"`
	Delete []int64  `json:"delete"`
	Update updated  `json:"update"`
	Insert []int64  `json:"insert"`
}

// updated is the rows that an update reached, or that a check refused one.
type updated struct {
	ids     []int64
	refused bool
}

func (u *updated) UnmarshalJSON(data []byte) error {
	if u.refused = string(data) == `"error:42501"`; u.refused {
		return nil
	}
	return json.Unmarshal(data, &u.ids)
}

var caseSchema = must(spec.NewSchema(
	spec.Field{Name: "id", Kind: spec.KindInt}, nullable("level", spec.KindInt), nullable("big", spec.KindInt), nullable("amount", spec.KindDecimal),
	nullable("owner", spec.KindString), nullable("dept", spec.KindString), nullable("region", spec.KindString), nullable("manager", spec.KindString),
	nullable("active", spec.KindBool), spec.Field{Name: "tags", Kind: spec.KindString, List: true, Nullable: true},
))

const caseColumns = `id int, owner text, dept text, level int, amount numeric(10,2), active boolean, region text, tags text[], manager text, big bigint`

// policies returns the policies of a scenario, for the groups by their own names.
func (s scenario) policies(t *testing.T) []sqlspec.Policy {
	t.Helper()
	read := func(tree *conformance.Tree) spec.Specification {
		read, err := tree.Specification()
		if err != nil {
			t.Fatalf("%s: %v", s.ID, err)
		}
		return read
	}
	var policies []sqlspec.Policy
	for _, c := range s.Policies {
		p := sqlspec.Policy{Name: c.Name, Restrictive: c.Kind == "restrictive", Command: c.Command, To: c.To}
		if c.Using != nil {
			p.Using = read(c.Using)
		}
		if c.Check != nil {
			check := read(c.Check)
			p.Check = &check
		}
		policies = append(policies, p)
	}
	return policies
}

// combined is what the policies that apply to the groups say of a command, put in
// one specification: of the rows that are there, and of those that are written.
func combined(policies []sqlspec.Policy, command sqlspec.Command, groups []string) (rows, check spec.Specification) {
	var shown, taken []spec.Specification
	rows, check = spec.All(), spec.All()
	for _, p := range policies {
		applies := slices.ContainsFunc(p.To, func(to string) bool { return to == sqlspec.Public || slices.Contains(groups, to) })
		if !applies || p.Command != command && p.Command != sqlspec.ForAll {
			continue
		}
		written := p.Using
		if p.Check != nil {
			written = *p.Check
		}
		if p.Restrictive {
			rows, check = rows.And(p.Using), check.And(written)
			continue
		}
		shown, taken = append(shown, p.Using), append(taken, written)
	}
	return rows.And(spec.Or(shown...)), check.And(spec.Or(taken...))
}

// answer gives a view by whatever finds rows: among those that are there, and
// among those that would be written.
func answer(policies []sqlspec.Policy, groups []string, there, candidates func(spec.Specification) []int64) view {
	visible, _ := combined(policies, sqlspec.ForSelect, groups)
	deletable, _ := combined(policies, sqlspec.ForDelete, groups)
	updatable, changed := combined(policies, sqlspec.ForUpdate, groups)
	_, inserted := combined(policies, sqlspec.ForInsert, groups)
	reached := visible.And(updatable)
	v := view{
		Select: there(visible), Delete: there(visible.And(deletable)), Insert: candidates(inserted),
		Update: updated{ids: there(reached)},
	}
	if !slices.Equal(v.Update.ids, there(reached.And(changed))) {
		v.Update = updated{refused: true}
	}
	return v
}

func (v view) equal(w view) bool {
	return slices.Equal(v.Select, w.Select) && slices.Equal(v.Delete, w.Delete) && slices.Equal(v.Insert, w.Insert) &&
		slices.Equal(v.Update.ids, w.Update.ids) && v.Update.refused == w.Update.refused
}
