package spectest

import (
	"fmt"
	"strings"
	"sync"

	"github.com/rolespec/rolespec/spec"
)

// Stem is the name of a field without what leads to it and without the digits at
// its end: that of "size.whole2" is "whole". It says what the rows hold, where
// the kind alone does not:
//
//	cents   decimals of two digits after the point
//	path    texts that are paths, or nearly
//	tree    paths that an ltree of PostgreSQL can hold
//	mood    an enum of the labels calm, Calm and cross
//	local   instants, for a column without a time zone
//	token   UUIDs, for a column of bytes
//	labels  texts, for a column of JSON
//	tags    texts, for a column of another type of text
//	sealed  texts, for a column that holds codes of them
//
// and of a relation, which tables hold it:
//
//	groups, friends   a table between the two, as many lead to many
//
// So a field is stored in the same way wherever it appears.
func Stem(field string) string {
	return strings.TrimRight(field[strings.LastIndexByte(field, '.')+1:], "0123456789")
}

// stems are the kinds of the fields of the cases and of the worlds.
var stems = []spec.Field{
	{Name: "flag", Kind: spec.KindBool},
	{Name: "whole", Kind: spec.KindInt},
	{Name: "count", Kind: spec.KindUint},
	{Name: "real", Kind: spec.KindFloat},
	{Name: "amount", Kind: spec.KindDecimal},
	{Name: "cents", Kind: spec.KindDecimal},
	{Name: "name", Kind: spec.KindString},
	{Name: "path", Kind: spec.KindString},
	{Name: "tree", Kind: spec.KindString},
	{Name: "sealed", Kind: spec.KindString},
	{Name: "mood", Kind: spec.KindString, Labels: []string{"calm", "Calm", "cross"}},
	{Name: "raw", Kind: spec.KindBytes},
	{Name: "at", Kind: spec.KindTime},
	{Name: "local", Kind: spec.KindTime},
	{Name: "day", Kind: spec.KindDate},
	{Name: "key", Kind: spec.KindUUID},
	{Name: "token", Kind: spec.KindUUID},
	{Name: "flags", Kind: spec.KindBool, List: true},
	{Name: "wholes", Kind: spec.KindInt, List: true},
	{Name: "reals", Kind: spec.KindFloat, List: true},
	{Name: "amounts", Kind: spec.KindDecimal, List: true},
	{Name: "names", Kind: spec.KindString, List: true},
	{Name: "labels", Kind: spec.KindString, List: true},
	{Name: "tags", Kind: spec.KindString, List: true},
	{Name: "days", Kind: spec.KindDate, List: true},
	{Name: "keys", Kind: spec.KindUUID, List: true},
}

// Fields returns the fields of the rows of the cases: the id, two of every stem,
// two that are nested, and some of the rows of [Relations]. All but the ids can be
// null.
func Fields() []spec.Field {
	fields := []spec.Field{{Name: "id", Kind: spec.KindInt}}
	for _, f := range stems {
		f.Nullable = true
		second := f
		second.Name += "2"
		fields = append(fields, f, second)
	}
	fields = append(fields,
		spec.Field{Name: "size.width", Kind: spec.KindInt, Nullable: true},
		spec.Field{Name: "size.unit.name", Kind: spec.KindString, Nullable: true})
	for _, relation := range []string{"owner", "owner.groups", "comments", "comments.author", "groups"} {
		fields = append(fields,
			spec.Field{Name: relation + ".id", Kind: spec.KindInt},
			spec.Field{Name: relation + ".name", Kind: spec.KindString, Nullable: true},
			spec.Field{Name: relation + ".whole", Kind: spec.KindInt, Nullable: true},
			spec.Field{Name: relation + ".names", Kind: spec.KindString, Nullable: true, List: true})
	}
	return fields
}

// Relations returns the relations of the rows of the cases.
func Relations() []spec.Relation {
	return []spec.Relation{
		{Name: "owner", One: true}, {Name: "owner.boss", One: true}, {Name: "owner.groups"},
		{Name: "comments"}, {Name: "comments.author", One: true}, {Name: "comments.replies"},
		{Name: "groups"}, {Name: "parent", One: true}, {Name: "children"}, {Name: "friends"},
	}
}

var usualSchema = sync.OnceValue(func() *spec.Schema { return mustSchema(Fields(), Relations()) })

// mustSchema is for what is known to make a schema.
func mustSchema(fields []spec.Field, relations []spec.Relation) *spec.Schema {
	sc, err := NewSchema(fields, relations)
	if err != nil {
		panic(fmt.Sprintf("spectest: %v", err))
	}
	return sc
}
