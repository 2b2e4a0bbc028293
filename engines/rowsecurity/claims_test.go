package rowsecurity_test

import (
	"database/sql"
	"slices"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

var (
	// things have a field of every kind that a claim is compared with.
	thingSchema = must(spec.NewSchema(
		spec.Field{Name: "id", Kind: spec.KindInt}, nullable("name", spec.KindString), nullable("account", spec.KindInt),
		nullable("price", spec.KindDecimal), nullable("real", spec.KindFloat), nullable("done", spec.KindBool),
		nullable("key", spec.KindUUID), nullable("at", spec.KindTime), nullable("day", spec.KindDate),
		spec.Field{Name: "mood", Kind: spec.KindString, Nullable: true, Labels: []string{"calm", "cross"}},
		spec.Field{Name: "tags", Kind: spec.KindString, Nullable: true, List: true},
	))
	things = must(sqlspec.NewTable("things", thingSchema, sqlspec.As("t")))

	callerSchema = must(spec.NewSchema(
		spec.Field{Name: "sub", Kind: spec.KindString}, spec.Field{Name: "account", Kind: spec.KindInt},
		spec.Field{Name: "price", Kind: spec.KindDecimal}, spec.Field{Name: "weight", Kind: spec.KindFloat},
		spec.Field{Name: "admin", Kind: spec.KindBool}, spec.Field{Name: "key", Kind: spec.KindUUID},
		spec.Field{Name: "since", Kind: spec.KindTime}, spec.Field{Name: "day", Kind: spec.KindDate},
		spec.Field{Name: "groups", Kind: spec.KindString, List: true}, spec.Field{Name: "org.unit", Kind: spec.KindString},
		spec.Field{Name: "accounts", Kind: spec.KindInt, List: true},
	))
)

const makeThings = `CREATE TABLE things (id int8, name text, account int8, price numeric, real float8, done bool, key uuid, at timestamptz, day date, mood text, tags text[]);
INSERT INTO things VALUES
(1, '', 0, 0, 'NaN', false, '00000000-0000-0000-0000-000000000000', 'infinity', 'infinity', 'cross', '{}'),
(2, 'ann', 7, 12.50, 0.5, true, 'f8925348-ae8d-48f2-a5d1-37cfcc9978de', '2024-07-01T12:00:00Z', '2024-07-01', 'calm', '{red,ann}'),
(3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)`

func nullable(name string, kind spec.Kind) spec.Field {
	return spec.Field{Name: name, Kind: kind, Nullable: true}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// notEq is the condition to catch a claim that is taken for what it is not: it shows
// the rows that differ.
func notEq(field, claim string) spec.Specification { return spec.Ne(field, spec.Var(claim)) }

func TestClaims(t *testing.T) {
	v := func(name string) spec.Value { return spec.Of(spec.Var(name)) }
	anyone := spec.IsNull("name")
	tests := []struct {
		name     string
		claims   string
		template spec.Specification
		want     []int64
		reason   string
	}{
		{"equal", `{"sub": "ann"}`, spec.Eq("name", v("sub")), []int64{2}, "the claim is the value"},
		{"missing", `{}`, spec.Or(anyone, spec.Eq("name", v("sub"))), nil, "a caller without the claim sees nothing at all"},
		{"missing, distinct", `{}`, spec.Distinct("name", v("sub")), nil, "nothing is distinct from what is not there"},
		{"missing, negated", `{}`, spec.Not(spec.Eq("name", v("sub"))), nil, "nor under a negation"},
		{"null", `{"sub": null}`, spec.Distinct("name", v("sub")), nil, "null is missing"},
		{"empty", `{"sub": ""}`, spec.Eq("name", v("sub")), nil, "an empty text is missing, not the rows with an empty name"},
		{"distinct", `{"sub": "ann"}`, spec.Distinct("name", v("sub")), []int64{1, 3}, "what is null is distinct"},
		{"no setting", ``, notEq("name", "sub"), nil, "an empty setting has no claims"},
		{"an array", `["sub"]`, notEq("name", "sub"), nil, "only an object has claims"},
		{"a text", `"sub"`, notEq("name", "sub"), nil, "only an object has claims"},
		{"other case", `{"Sub": "ann"}`, notEq("name", "sub"), nil, "names are exact"},
		{"a number for a text", `{"sub": 7}`, notEq("name", "sub"), nil, "not of its kind"},
		{"nested", `{"org": {"unit": "ann"}}`, spec.Eq("name", v("org.unit")), []int64{2}, "a dot leads inside"},
		{"not nested", `{"org.unit": "ann"}`, notEq("name", "org.unit"), nil, "a name with a dot is not a path"},
		{"nested in a text", `{"org": "unit"}`, notEq("name", "org.unit"), nil, "a text has nothing inside"},
		{"integer", `{"account": 7}`, spec.Eq("account", v("account")), []int64{2}, "the claim is the value"},
		{"integer as text", `{"account": "7"}`, notEq("account", "account"), nil, "not of its kind"},
		{"fraction", `{"account": 7.5}`, notEq("account", "account"), nil, "not of its kind"},
		{"integer for a decimal", `{"account": 7}`, spec.Gt("price", v("account")), []int64{2}, "by what it is worth"},
		{"decimal", `{"price": "12.5"}`, spec.Eq("price", v("price")), []int64{2}, "by what it is worth"},
		{"decimal as number", `{"price": 12.50}`, spec.Eq("price", v("price")), []int64{2}, "by what it is worth"},
		{"decimal NaN", `{"price": "NaN"}`, spec.Lte("price", v("price")), nil, "NaN would be above all"},
		{"decimal infinity", `{"price": "Infinity"}`, spec.Lte("price", v("price")), nil, "infinity would be above all"},
		{"text NaN for a decimal", `{"sub": "NaN"}`, spec.Lte("price", v("sub")), nil, "not a decimal"},
		{"float", `{"weight": 0.5}`, spec.Lte("real", v("weight")), []int64{2}, "NaN compares with nothing"},
		{"float, greater", `{"weight": 0.1}`, spec.Gt("real", v("weight")), []int64{2}, "NaN compares with nothing"},
		{"float NaN", `{"weight": "NaN"}`, spec.Lte("real", v("weight")), nil, "not a number of JSON"},
		{"bool", `{"admin": true}`, spec.Eq("done", v("admin")), []int64{2}, "the claim is the value"},
		{"bool as text", `{"admin": "true"}`, notEq("done", "admin"), nil, "not of its kind"},
		{"uuid", `{"key": "F8925348-AE8D-48F2-A5D1-37CFCC9978DE"}`, spec.Eq("key", v("key")), []int64{2}, "digits in either case"},
		{"zero uuid", `{"key": "00000000-0000-0000-0000-000000000000"}`, spec.Eq("key", v("key")), nil, "missing"},
		{"no uuid", `{"sub": "ann"}`, notEq("key", "sub"), nil, "a text that is no UUID"},
		{"instant", `{"since": "2024-07-01T14:00:00+02:00"}`, spec.Eq("at", v("since")), []int64{2}, "in any zone"},
		{"instant, nanoseconds", `{"since": "2024-07-01T12:00:00.000000999Z"}`, spec.Eq("at", v("since")), []int64{2}, "cut, not rounded"},
		{"infinity", `{"since": "infinity"}`, spec.Lte("at", v("since")), nil, "no instant, though PostgreSQL has it"},
		{"now", `{"since": "now"}`, spec.Lte("at", v("since")), nil, "no instant, though PostgreSQL reads it"},
		{"a date for an instant", `{"since": "2024-07-02"}`, spec.Lte("at", v("since")), nil, "no instant"},
		{"date", `{"day": "2024-07-01"}`, spec.Lte("day", v("day")), []int64{2}, "the claim is the value"},
		{"tomorrow", `{"day": "tomorrow"}`, spec.Lte("day", v("day")), nil, "no date"},
		{"label", `{"sub": "calm"}`, notEq("mood", "sub"), []int64{1}, "the claim is the value"},
		{"no label", `{"sub": "Calm"}`, notEq("mood", "sub"), nil, "the enum has no such label"},
		{"one of a list", `{"groups": ["x", "ann"]}`, spec.In("name", v("groups")), []int64{2}, "an element is the value"},
		{"none of a list", `{"groups": ["x", "ann"]}`, spec.NotIn("name", v("groups")), []int64{1}, "null is unknown"},
		{"in nothing", `{"groups": []}`, spec.In("name", v("groups")), nil, "an empty list says something: nothing"},
		{"not in nothing", `{"groups": []}`, spec.NotIn("name", v("groups")), []int64{1, 2, 3}, "and so everything, also null"},
		{"in nothing or", `{"groups": []}`, spec.Or(anyone, spec.In("name", v("groups"))), []int64{3}, "and not that the claim is missing"},
		{"a list with values", `{"groups": ["x"]}`, spec.In("name", spec.Of("ann"), v("groups"), v("groups")), []int64{2}, "part of it is constant"},
		{"a list with a claim", `{"sub": "ann"}`, spec.NotIn("name", spec.Of("x"), v("sub")), []int64{1}, "part of it is constant"},
		{"no list", `{}`, spec.NotIn("name", v("groups")), nil, "missing"},
		{"a text for a list", `{"groups": "x"}`, spec.NotIn("name", v("groups")), nil, "not of its kind"},
		{"an object for a list", `{"groups": {"x": 1}}`, spec.NotIn("name", v("groups")), nil, "not of its kind"},
		{"null in a list", `{"groups": ["x", null]}`, spec.Or(anyone, spec.In("name", v("groups"))), nil, "missing, as a whole"},
		{"empty in a list", `{"groups": ["x", ""]}`, spec.In("name", v("groups")), nil, "missing, as a whole"},
		{"a number in a list", `{"groups": ["x", 7]}`, spec.Not(spec.Overlaps("tags", v("groups"))), nil, "not of its kind"},
		{"integers", `{"accounts": [7, 8]}`, spec.In("account", v("accounts")), []int64{2}, "an element is the value"},
		{"element", `{"sub": "red"}`, spec.Contains("tags", v("sub")), []int64{2}, "the list has it"},
		{"no element", `{"sub": "red"}`, spec.Not(spec.Contains("tags", v("sub"))), []int64{1}, "null is unknown"},
		{"overlap", `{"groups": ["x", "red"]}`, spec.Overlaps("tags", v("groups")), []int64{2}, "they share one"},
		{"overlap with nothing", `{"groups": []}`, spec.Not(spec.Overlaps("tags", v("groups"))), []int64{1, 2}, "they share none"},
		{"wildcards", `{"sub": "%"}`, spec.Contains("name", v("sub")), nil, "text, not a pattern"},
		{"prefix", `{"sub": "an"}`, spec.HasPrefix("name", v("sub")), []int64{2}, "it begins with it"},
		{"suffix", `{"sub": "nn"}`, spec.HasSuffix("name", v("sub")), []int64{2}, "it ends with it"},
		{"suffix, longer", `{"sub": "hann"}`, spec.HasSuffix("name", v("sub")), nil, "it is not long enough"},
		{"below", `{"sub": "an"}`, spec.Under("name", v("sub")), nil, "labels are compared as a whole"},
	}
	db := open(t)
	role := db.role(t, "caller")
	exec(t, db, makeThings)
	for _, test := range tests {
		script, err := things.RowSecurity(callerSchema, sqlspec.Policy{Name: "p", Command: sqlspec.ForAll, To: []string{role}, Using: test.template})
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		db.protect(t, script, things, role)
		tx, undo := db.as(t, role, test.claims)
		if have := mustIDs(t, tx, "SELECT id FROM things ORDER BY id"); !slices.Equal(have, test.want) {
			t.Errorf("%s (%s): %v of %s:\nhave %v\nwant %v", test.name, test.reason, test.template, test.claims, have, test.want)
		}
		undo()
	}
}

// What is not JSON, or no bigint, fails the statement, whichever row it is about.
func TestClaimsThatFail(t *testing.T) {
	db := open(t)
	role := db.role(t, "caller")
	exec(t, db, makeThings)
	script := must(things.RowSecurity(callerSchema, sqlspec.Policy{Name: "p", Command: sqlspec.ForAll, To: []string{role}, Using: notEq("account", "account")}))
	db.protect(t, script, things, role)
	for _, claims := range []string{`{`, `{"account": 7`, `account=7`, `{"account": 9223372036854775808}`, `{"account": 1e400}`} {
		tx, undo := db.as(t, role, claims)
		if found, err := ids(tx, "SELECT id FROM things"); err == nil || len(found) > 0 {
			t.Errorf("%s: rows %v, %v", claims, found, err)
		}
		undo()
	}
}

// A connection has no claims before its transaction, and none when it goes back to
// the pool.
func TestClaimsEndWithTheTransaction(t *testing.T) {
	db := open(t)
	role := db.role(t, "caller")
	exec(t, db, makeThings)
	script := must(things.RowSecurity(callerSchema, sqlspec.Policy{Name: "p", Command: sqlspec.ForAll, To: []string{role}, Using: notEq("name", "sub")}))
	db.protect(t, script, things, role)
	db.SetMaxOpenConns(1)
	outside := func(when string) {
		exec(t, db, `SET ROLE "`+role+`"`)
		if found := mustIDs(t, db, "SELECT id FROM things"); len(found) > 0 {
			t.Errorf("%s: have %v, want none", when, found)
		}
		exec(t, db, "RESET ROLE")
	}
	outside("before")
	for when, end := range map[string]func(*sql.Tx) error{"after a commit": (*sql.Tx).Commit, "after a rollback": (*sql.Tx).Rollback} {
		tx, _ := db.as(t, role, `{"sub": "x"}`)
		if found := mustIDs(t, tx, "SELECT id FROM things ORDER BY id"); !slices.Equal(found, []int64{1, 2}) {
			t.Errorf("within: have %v, want [1 2]", found)
		}
		if err := end(tx); err != nil {
			t.Fatal(err)
		}
		outside(when)
	}
}
