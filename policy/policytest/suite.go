package policytest

import (
	"io/fs"
	"iter"
	"slices"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// Suite is a file of cases that was read and found sound, with its policy and its
// rows. It never changes and may be used by any number of goroutines at once. The
// nil Suite has no cases.
type Suite struct {
	name     string
	policy   *policy.Policy
	service  *roles.Service[policy.Claims]
	declared []roles.Declaration
	callers  []caller
	tables   []*table
	checks   []check
}

// Row is a row that a suite gives.
type Row struct {
	Key    string // the value of its key, in the text form: 1, or "a"
	Where  string // file:line:column
	Values map[string]any
}

// Load reads the suite in a file, and the policy and the rows that it names. What
// is wrong with the suite or its rows is an [Errors], what is wrong with the policy
// a [policy.Errors]; the suite is then nil.
func Load(path string) (*Suite, error) { return load(onDisk(path)) }

// LoadFS is Load for a file of a file system. The files that the suite names have
// to be in it as well.
func LoadFS(fsys fs.FS, name string) (*Suite, error) { return load(inFS(fsys, name)) }

// Name returns the name of the file.
func (s *Suite) Name() string {
	if s == nil {
		return ""
	}
	return s.name
}

// Policy returns the policy that is tested; nil for the nil Suite.
func (s *Suite) Policy() *policy.Policy {
	if s == nil {
		return nil
	}
	return s.policy
}

// Callers yields the names and the claims of the callers, in the order of the file,
// without those whose claims stand in a case. Integers are int64 where they fit,
// other numbers json.Number. The claims are for reading only.
func (s *Suite) Callers() iter.Seq2[string, policy.Claims] {
	return func(yield func(string, policy.Claims) bool) {
		if s == nil {
			return
		}
		for _, c := range s.callers {
			if !yield(c.name, c.claims) {
				return
			}
		}
	}
}

// Rows returns the rows of a resource, or of an endpoint where the policy declares
// no resources, in the order of the file; nil where the suite gives none.
//
// Their values are for [spec.Compile] with the schema of the resource: a
// [spec.Value] for a field, a map for a related row or for fields with a dot in
// their names, a list of maps for several related rows. They are for reading only.
func (s *Suite) Rows(resource string) []Row {
	if s == nil {
		return nil
	}
	for _, t := range s.tables {
		if t.name == resource {
			return slices.Clone(t.rows)
		}
	}
	return nil
}

// caller is who asks: a name, or a place where the claims stand.
type caller struct {
	name   string
	claims policy.Claims
}

// table is the rows of a resource.
type table struct {
	name   string
	key    spec.Field
	schema *spec.Schema // nil where the policy declares no resources
	keyOf  func(values *map[string]any) spec.Value
	rows   []Row
	byKey  map[string]int
}

func (t *table) keys() []string {
	keys := make([]string, len(t.rows))
	for i, row := range t.rows {
		keys[i] = row.Key
	}
	return keys
}
