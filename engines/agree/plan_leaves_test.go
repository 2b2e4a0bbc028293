package agree_test

import (
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// leafCases asks every column whatever it can be asked.
func leafCases(t *testing.T, d sqlspec.Dialect) (cases []planCase) {
	add := func(name string, s spec.Specification) { cases = append(cases, planCase{name, s}) }
	elsewhere := spec.Eq("id", 7)
	for _, c := range planColumns {
		value := func(n int) spec.Value {
			v, err := spec.ValueOf(c.value(n))
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		f, some := c.name, value(77)
		if c.isList() {
			add(f+" contains", spec.Contains(f, some))
			add(f+" overlaps", spec.Overlaps(f, some, value(78)))
			add(f+" contains not", spec.Not(spec.Contains(f, some)))
			continue
		}
		long := make([]spec.Value, 200)
		if d == sqlspec.MariaDB {
			long = make([]spec.Value, 1001) // so that it is one argument where it can be
		}
		for i := range long {
			long[i] = value(i + 1)
		}
		add(f+" eq", spec.Eq(f, some))
		add(f+" ne not", spec.Not(spec.Ne(f, some)))
		add(f+" distinct not", spec.Not(spec.Distinct(f, some)))
		add(f+" in", spec.In(f, some, value(78)))
		add(f+" eq or", spec.Or(spec.Eq(f, some), elsewhere))
		add(f+" in or", spec.Or(spec.In(f, some, value(78)), elsewhere))
		if f != "mood" && f != "maker" { // which have fewer values
			add(f+" in long", spec.In(f, long...))
		}
		if f != "mood" && f != "tree" && f != "code" && f != "maker" { // which have no order
			add(f+" between", spec.Between(f, some, value(78)))
		}
	}
	for _, f := range []string{"name", "nick", "path"} {
		add(f+" prefix", spec.HasPrefix(f, "user77"))
		add(f+" prefix or", spec.Or(spec.HasPrefix(f, "user77"), elsewhere))
		add(f+" under", spec.Under(f, "a7"))
		add(f+" under or", spec.Or(spec.Under(f, "a7"), elsewhere))
		add(f+" equalfold", spec.EqualFold(f, "user7777"))
		add(f+" containsfold", spec.ContainsFold(f, "ser7777"))
		add(f+" contains", spec.Contains(f, "ser7777"))
		add(f+" suffix", spec.HasSuffix(f, "r7777"))
		add(f+" matches", spec.Matches(f, ".*ser7777"))
	}
	add("name null", spec.IsNull("name"))
	add("tree under", spec.Under("tree", "a7"))
	add("tree under or", spec.Or(spec.Under("tree", "a7"), elsewhere))
	add("two fields", spec.Eq("maker", spec.Ref("account")))
	add("two fields and", spec.Eq("account", 7).And(spec.Eq("maker", spec.Ref("id"))))
	add("a part and", spec.Eq("account", 7).And(spec.Contains("path", "7")))
	add("an element and", spec.Eq("account", 7).And(spec.Contains("tags", "tag7")))
	add("nothing and", spec.Not(spec.Contains("nick", "7")).And(spec.Ne("path", "a")))
	return cases
}

// leafWalks are the leaves that no index serves.
var leafWalks = []planWalk{
	{"strict loose postgres bytes folds", "maker .*|two fields", "t", "there is no index"},
	{"strict loose postgres bytes folds", "nothing and|(tags|labels) contains not", "t", "nearly every row is like that"},
	{"strict loose postgres bytes folds", ".* (equalfold|containsfold|matches)", "t", "no index knows of Unicode's folding, or of a pattern"},
	{"strict loose bytes folds", ".* (contains|suffix)", "t", "no index finds a part of a text"},
	{"postgres", "(nick|path) (contains|suffix)", "t", "there is no index of trigrams"},
	{"strict loose bytes folds", "(tags|labels) (contains|overlaps)", "t", "no index looks into JSON"},
	{"strict loose", "price .*", "t", "decimals as text compare by a function"},
	{"strict loose", "nick between", "t", "an index of NOCASE has another order"},
	{"strict", "nick (prefix|under) or", "t", "a collation that is named is without an index under OR"},
	{"loose", "(name|nick|path|tree) (prefix|under) or", "t", "a collation that is named is without an index under OR"},
	{"folds", "(name|nick|path|tree) (between|prefix|under|prefix or|under or)", "t", "the order of the index is not that of bytes"},
	{"folds", "(name|nick|path|tree) in long", "t", "the list and the column have different collations"},
	{"bytes folds", "key between", "t", "the type UUID has an order of its own"},
}
