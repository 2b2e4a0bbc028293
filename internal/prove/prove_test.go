package prove_test

import (
	"testing"

	"github.com/rolespec/rolespec/internal/prove"
	"github.com/rolespec/rolespec/spec"
)

// document is the schema of the tests that are tables.
func document(t testing.TB) *spec.Schema {
	t.Helper()
	person := schemaOf(t, spec.Field{Name: "name", Kind: spec.KindString}, spec.Field{Name: "age", Kind: spec.KindInt, Nullable: true})
	sc, err := schemaOf(t,
		spec.Field{Name: "id", Kind: spec.KindInt},
		spec.Field{Name: "size", Kind: spec.KindInt, Nullable: true},
		spec.Field{Name: "quota", Kind: spec.KindUint},
		spec.Field{Name: "public", Kind: spec.KindBool},
		spec.Field{Name: "locked", Kind: spec.KindBool, Nullable: true},
		spec.Field{Name: "score", Kind: spec.KindFloat},
		spec.Field{Name: "price", Kind: spec.KindDecimal, Nullable: true},
		spec.Field{Name: "title", Kind: spec.KindString},
		spec.Field{Name: "note", Kind: spec.KindString, Nullable: true},
		spec.Field{Name: "status", Kind: spec.KindString, Labels: []string{"open", "done"}},
		spec.Field{Name: "day", Kind: spec.KindDate},
		spec.Field{Name: "at", Kind: spec.KindTime, Nullable: true},
		spec.Field{Name: "key", Kind: spec.KindUUID, Nullable: true},
		spec.Field{Name: "tags", Kind: spec.KindString, List: true, Nullable: true},
		spec.Field{Name: "owner_id", Kind: spec.KindInt},
		spec.Field{Name: "editor_id", Kind: spec.KindInt, Nullable: true},
	).Relate(
		spec.Relation{Name: "owner", Rows: person, One: true},
		spec.Relation{Name: "readers", Rows: person},
	)
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

var neverTests = []struct {
	text   string
	want   bool
	reason string
}{
	{"!#", true, "None is true of no row"},
	{"#", false, "All is true of every row"},
	{"id == 1", false, "there may be such a row"},
	{"id == 1 && id == 2", true, "a field has one value"},
	{"id > 1 && id < 2", true, "no integer is between"},
	{"score > 1.0 && score < 2.0", false, "floats are"},
	{"price > 1 && price < 1.001", false, "decimals are"},
	{"title > \"a\" && title < \"b\"", false, "texts are"},
	{"id >= 2 && id <= 1", true, "reversed bounds"},
	{"id in [1, 2] && id in [3, 4]", true, "lists without a common member"},
	{"id in [1, 2] && !(id in [1, 2, 3])", true, "a list inside another"},
	{"id in [1, 2] && id != 1 && id != 2", true, "no member is left"},
	{"id == None", true, "nothing equals null"},
	{"id == 1 && !(id == 1)", true, "a part and its negation"},
	{"id == 1 && id != 1", true, "an operator and its opposite"},
	{"id is None", true, "the schema says that it is never null"},
	{"size is None", false, "the schema says that it may be"},
	{"!(size == 1) && size is None", true, "a comparison with null is unknown, and so is its negation"},
	{"size > 3 && size is None", true, "of null nothing is greater"},
	{"size is distinct from 1 && size is None", false, "null is distinct from 1"},
	{"size is distinct from None && size is None", true, "null is not distinct from null"},
	{"not_there is None && not_there == 1", true, "null compares with nothing, whatever the kind"},
	{"not_there == 1 && not_there == \"x\"", true, "kinds never mix"},
	{"not_there == 1 && not_there == \"1\"", false, "both are one decimal, and the field may be of that kind"},
	{"not_there == \"1.5\" && not_there == \"1.50\"", false, "both are one decimal"},
	{"public == True && public == False", true, "a bool is one of two"},
	{"!(public == True) && !(public == False)", true, "and none else"},
	{"title startswith \"ab\" && title == \"xy\"", true, "a constant decides what it begins with"},
	{"title startswith \"ab\" && title == \"abc\"", false, "it begins so"},
	{"title startswith \"a\" && title startswith \"b\"", true, "prefixes that exclude each other"},
	{"title matches \"[0-9]+\" && title in [\"a\", \"b\"]", true, "no member matches"},
	{"title contains \"x\" && !(title contains \"x\")", true, "a part and its negation, for every operator"},
	{"title contains \"xy\" && !(title contains \"x\")", false, "texts inside of texts are not looked into"},
	{"title under \"a.b\" && title under \"a.c\"", true, "below two branches"},
	{"title == \"\" && title is None", true, "the empty text is not null"},
	{"tags contains \"x\" && tags is None", true, "nothing is in null"},
	{"tags contains \"x\" && tags contains \"y\"", false, "a list has many elements"},
	{"tags overlaps [\"x\"] && !(tags overlaps [\"x\"])", true, "a part and its negation"},
	{"quota < 0", false, "columns of engines without such a kind hold it"},
	{"owner_id == $sub && owner_id != $sub", true, "a variable is one value"},
	{"owner_id == $sub && owner_id == $account", false, "two variables may be one value"},
	{"editor_id == $sub && editor_id is None", true, "null equals no claim"},
	{"editor_id < $sub && editor_id >= $sub", true, "the same variable"},
	{"editor_id == $sub && editor_id is distinct from $sub", true, "what is equal is not distinct"},
	{"owner_id in [$sub] && !(owner_id in [$sub])", true, "a part and its negation"},
	{"editor_id in [$sub] && editor_id is None", true, "null is no member"},
	{"!(editor_id in [$sub]) && editor_id is None", false, "in a claim that is a list without elements is nothing, not even null"},
	{"owner_id in [$sub] && owner_id != $sub", false, "a claim in a list may be a list"},
	{"owner_id == editor_id && editor_id is None", true, "null equals no field"},
	{"owner_id < editor_id && editor_id < owner_id", true, "from both sides"},
	{"owner_id != owner_id", true, "a field equals itself or is unknown"},
	{"owner_id == editor_id && owner_id == 1 && editor_id == 2", false, "values are not carried from field to field"},
	{"owner.name == \"x\" && owner.name is None", true, "whether or not there is an owner"},
	{"owner.name is None", false, "there may be no owner"},
	{"any readers (age > 1 && age < 1)", true, "there is no such reader"},
	{"any readers (name == \"x\") && every readers (name == \"y\")", true, "the one is not as all are"},
	{"any readers (name == \"x\") && any readers (name == \"y\")", false, "there may be two"},
	{"any owner (name == \"x\") && any owner (name == \"y\")", true, "there is one owner"},
	{"every readers (age > 1 && age < 1)", false, "there may be no readers"},
	{"every owner (age > 1 && age < 1)", true, "of no owner it is false"},
	{"any readers (name == \"x\") && !(any readers (name in [\"x\", \"y\"]))", true, "it would be one of them"},
	{"every readers (name == \"x\") && !(every readers (name in [\"x\", \"y\"]))", true, "each would be one of them"},
	{"!(every readers (#))", false, "a row in the list may be null"},
	{"(id == 1 || id == 2) && (id == 3 || id == 4)", true, "no choice of terms"},
}

func TestNever(t *testing.T) {
	sc := document(t)
	for _, test := range neverTests {
		if have := prove.Never(spec.MustParse(test.text), sc); have != test.want {
			t.Errorf("Never(%s): have %v, want %v: %s", test.text, have, test.want, test.reason)
		}
	}
}

var alwaysTests = []struct {
	text   string
	want   bool
	reason string
}{
	{"#", true, "All"},
	{"!#", false, "None"},
	{"id == 1 || id != 1", true, "an int that is never null"},
	{"size == 1 || size != 1", false, "unknown of null"},
	{"size == 1 || size != 1 || size is None", true, "null is seen to"},
	{"size is None || size is not None", true, "of null, too, one is true"},
	{"size is distinct from 1 || size == 1", true, "distinct is never unknown of a row that can be read"},
	{"id < 3 || id >= 3", true, "both sides"},
	{"id < 3 || id > 3", false, "3 is left out"},
	{"id <= 3 || id >= 4", true, "no integer is between"},
	{"score <= 3.0 || score > 3.0", false, "not-a-number is neither"},
	{"score is not None", true, "but it is not null"},
	{"id is not None", true, "the schema says so"},
	{"day is not None", false, "of the zero Date nobody knows"},
	{"at is None || at is not None", false, "nor of an instant of the year 10000"},
	{"public == True || public == False", true, "a bool is one of two"},
	{"locked == True || locked == False", false, "but for null"},
	{"status in [\"open\", \"done\"]", false, "a row may hold a text that is no label, such as the empty one"},
	{"title startswith \"\"", true, "every text does"},
	{"note startswith \"\"", false, "null does not"},
	{"title > \"a\" || title <= \"a\"", true, "texts are ordered"},
	{"title contains \"x\" || !(title contains \"x\")", false, "unknown is not excluded where no values are tried"},
	{"not_there >= 3 || not_there < 3", false, "it may be null, or a text"},
	{"not_there is None || not_there is not None", false, "it may be what nobody can read"},
	{"owner_id == $sub || owner_id != $sub", false, "the claim may be null"},
	{"owner_id == owner_id", true, "never null"},
	{"editor_id == editor_id", false, "unknown of null"},
	{"score == score", false, "not-a-number equals nothing"},
	{"owner_id < editor_id || owner_id >= editor_id", false, "one may be null"},
	{"owner_id < id || owner_id >= id", true, "both are there"},
	{"owner_id == editor_id || owner_id is distinct from editor_id", true, "null is distinct from what is there"},
	{"editor_id == size || editor_id is distinct from size", false, "null is not distinct from null"},
	{"every readers (name is not None)", false, "what is no row satisfies nothing"},
	{"!(any readers (age == 1 && age == 2))", false, "who the readers are may be unknown"},
	{"(id > 1 || public == True) || (id <= 1 && public == False)", true, "across two fields"},
}

func TestAlways(t *testing.T) {
	sc := document(t)
	for _, test := range alwaysTests {
		if have := prove.Always(spec.MustParse(test.text), sc); have != test.want {
			t.Errorf("Always(%s): have %v, want %v: %s", test.text, have, test.want, test.reason)
		}
	}
}

var impliesTests = []struct {
	a, b   string
	want   bool
	reason string
}{
	{"id == 1", "id in [1, 2]", true, "it is a member"},
	{"id in [1, 2]", "id == 1", false, "or another"},
	{"id > 3", "id >= 4", true, "the next integer"},
	{"score > 3.0", "score >= 4.0", false, "floats are between"},
	{"size > 3", "size is not None", true, "what is greater is there"},
	{"!(size > 3)", "size <= 3", true, "unknown on both sides"},
	{"#", "size > 3 || size <= 3", false, "null"},
	{"size is not None", "size > 3 || size <= 3", true, "no null"},
	{"title startswith \"abc\"", "title startswith \"ab\"", true, "a longer prefix"},
	{"title under \"a.b\"", "title under \"a\"", true, "further below"},
	{"title under \"a\"", "title startswith \"a\"", true, "a path begins with what it is under"},
	{"title == \"abc\"", "title matches \"a.c\"", true, "a constant decides"},
	{"title endswith \"xyz\"", "title endswith \"z\"", false, "ends of texts are not looked into"},
	{"id == 1 && public == True", "public == True", true, "one of the terms"},
	{"public == True", "public == True || id == 1", true, "one term more"},
	{"owner_id == $sub", "owner_id == $sub || public == True", true, "a policy that grants more"},
	{"owner_id == $sub || public == True", "owner_id == $sub", false, "and not less"},
	{"owner_id == $sub", "owner_id == $account", false, "another claim"},
	{"editor_id == $sub", "editor_id == 1 || editor_id != 1", true, "what equals a claim is not null"},
	{"owner_id == $sub", "owner_id >= $sub", true, "equal is not less"},
	{"not_here == 1 && not_there == \"x\"", "not_here == not_there || not_here != not_there", false, "kinds never mix"},
	{"not_here == 1", "not_here == $sub || not_here is distinct from $sub", false, "nor with that of a claim"},
	{"any readers (name == \"x\")", "any readers (name in [\"x\", \"y\"])", true, "the same reader"},
	{"any owner (age > 3)", "every owner (age > 2)", true, "there is one owner"},
	{"any readers (age > 3)", "every readers (age > 2)", false, "there may be others"},
	{"any readers (#)", "any readers (name == name)", true, "a name is never null"},
	{"owner.age > 3", "any owner (age > 3)", false, "ways to one row are not compared"},
	{"day > date(\"2024-07-01\")", "day >= date(\"2024-07-02\")", true, "the next day"},
	{"key == \"00000000-0000-0000-0000-00000000000A\"", "key == \"00000000-0000-0000-0000-00000000000a\"", true, "one UUID"},
}

func TestImplies(t *testing.T) {
	sc := document(t)
	for _, test := range impliesTests {
		if have := prove.Implies(spec.MustParse(test.a), spec.MustParse(test.b), sc); have != test.want {
			t.Errorf("Implies(%s, %s): have %v, want %v: %s", test.a, test.b, have, test.want, test.reason)
		}
	}
}

var equivalentTests = []struct {
	a, b   string
	want   bool
	reason string
}{
	{"id == 1 || id == 2", "id in [2, 1]", true, "a list is its members"},
	{"!(id == 1 && public == True)", "!(id == 1) || !(public == True)", true, "De Morgan"},
	{"!(size == 1)", "size != 1", true, "unknown of null, both"},
	{"!(size == 1)", "size is distinct from 1", false, "null is distinct from 1"},
	{"id > 1 && id < 3", "id == 2", true, "one integer is between"},
	{"public != True", "public == False", true, "a bool is one of two"},
	{"owner_id < editor_id", "editor_id > owner_id", true, "from the other side"},
	{"(owner_id == $sub || public == True) && size == 1", "(size == 1 && public == True) || (size == 1 && owner_id == $sub)", true, "distribution"},
	{"owner_id == $sub", "owner_id == $sub && size == 1", false, "one condition more"},
	{"price == 1.50", "price == decimal(\"1.5\")", true, "numbers by what they are worth"},
}

func TestEquivalent(t *testing.T) {
	sc := document(t)
	for _, test := range equivalentTests {
		a, b := spec.MustParse(test.a), spec.MustParse(test.b)
		for _, have := range []bool{prove.Equivalent(a, b, sc), prove.Equivalent(b, a, sc)} {
			if have != test.want {
				t.Errorf("Equivalent(%s, %s): have %v, want %v: %s", test.a, test.b, have, test.want, test.reason)
			}
		}
	}
}

// What cannot be asked of any row proves nothing.
func TestErrorsProveNothing(t *testing.T) {
	bad, good := spec.Eq("id", spec.Var("")), spec.None()
	if bad.Err() == nil {
		t.Fatal("no error")
	}
	for _, sc := range []*spec.Schema{document(t), nil} {
		if prove.Never(bad, sc) || prove.Always(bad, sc) || prove.Implies(bad, good, sc) || prove.Implies(good, bad, sc) || prove.Implies(bad, bad, sc) || prove.Equivalent(bad, bad, sc) {
			t.Error("a specification with an error proves something")
		}
	}
	var zero spec.Specification
	if !prove.Never(zero, nil) || prove.Always(zero, nil) || !prove.Implies(zero, zero, nil) {
		t.Error("the zero Specification is None")
	}
}
