package spectest

import (
	"fmt"
	"slices"
	"strings"

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
// and two that are nested. All but the id can be null.
func Fields() []spec.Field {
	fields := []spec.Field{{Name: "id", Kind: spec.KindInt}}
	for _, f := range stems {
		f.Nullable = true
		second := f
		second.Name += "2"
		fields = append(fields, f, second)
	}
	return append(slices.Clip(fields),
		spec.Field{Name: "size.width", Kind: spec.KindInt, Nullable: true},
		spec.Field{Name: "size.unit.name", Kind: spec.KindString, Nullable: true})
}

// newSchema is for fields that are known to make one.
func newSchema(fields []spec.Field) *spec.Schema {
	sc, err := spec.NewSchema(fields...)
	if err != nil {
		panic(fmt.Sprintf("spectest: %v", err))
	}
	return sc
}
