package sqlspec

import (
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// claimRead is how a policy reads a claim: in a sub-select that no row has a part in, so
// that it runs once.
type claimRead struct {
	sql     string // a value of the type asked for, or an array of them
	present string // true where it is there, and of its kind
}

// The names that a sub-select gives itself.
const (
	claimRow  = ownPrefix + "c"
	claimJSON = ownPrefix + "v"
	claimText = "(" + claimJSON + " #>> '{}')"
)

// claimValue returns how a claim is read for a column, and false where the two do
// not compare.
func claimValue(f spec.Field, c *column, typ string) (claimRead, bool) {
	test, ok := claimTest(f.Kind, c.field)
	if !ok {
		return claimRead{}, false
	}
	value := "CASE WHEN " + test + " THEN " + claimOf(c.field.Kind) + "::" + typ + " END"
	path := claimPath(f.Name)
	if !f.List {
		sql := "(SELECT " + value + " FROM (SELECT " + path + ") AS " + claimRow + "(" + claimJSON + "))"
		return claimRead{sql, "(" + sql + " IS NOT NULL)"}, true
	}
	isArray := "jsonb_typeof(" + path + ") = 'array'"
	sql := "ARRAY(SELECT " + value + " FROM jsonb_array_elements(CASE WHEN " + isArray + " THEN " + path + " END) AS " + claimRow + "(" + claimJSON + "))"
	return claimRead{sql, "((SELECT " + isArray + ") AND array_position(" + sql + ", NULL) IS NULL)"}, true
}

// claimPath finds the JSON of a claim, null where there is none. A setting that
// was made in an earlier transaction is left behind as an empty text.
func claimPath(name string) string {
	path := "NULLIF(current_setting('" + ClaimsSetting + "', true), '')::jsonb"
	for part := range strings.SplitSeq(name, ".") {
		path += " -> " + textLiteral(part)
	}
	return "(" + path + ")"
}

// claimOf is the text of a claim that its type reads. An instant is cut to
// microseconds, where the type would round it.
func claimOf(k spec.Kind) string {
	if k == spec.KindTime {
		return `regexp_replace(` + claimText + `, '([.][0-9]{6})[0-9]+', E'\\1')`
	}
	return claimText
}

// claimTest is true where the JSON of a claim is a value for the field. The types
// read more than that: 'infinity' and 'now' are instants, NaN is a number above all.
func claimTest(from spec.Kind, to spec.Field) (test string, ok bool) {
	is := func(typ string) string { return "jsonb_typeof(" + claimJSON + ") = '" + typ + "'" }
	form := func(pattern string) string { return is("string") + " AND " + claimText + " ~ '^" + pattern + "$'" }
	text := from == spec.KindString
	number := from == spec.KindInt || from == spec.KindUint
	switch to.Kind {
	case spec.KindBool:
		return is("boolean"), from == spec.KindBool
	case spec.KindInt, spec.KindUint:
		return is("number") + " AND " + claimText + " ~ '^-?[0-9]+$'", number
	case spec.KindFloat:
		return is("number"), from == spec.KindFloat
	case spec.KindDecimal:
		if number {
			return is("number") + " AND " + claimText + " ~ '^-?[0-9]+$'", true
		}
		if from == spec.KindDecimal {
			return "jsonb_typeof(" + claimJSON + ") IN ('number', 'string') AND " + claimText + " ~ '^" + decimalForm + "$'", true
		}
		return form(decimalForm), text
	case spec.KindTime:
		return form(dateForm + "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})"), text || from == to.Kind
	case spec.KindDate:
		return form(dateForm), text || from == to.Kind
	case spec.KindUUID:
		test := form("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
		if from == to.Kind {
			test += " AND " + claimText + " <> '00000000-0000-0000-0000-000000000000'"
		}
		return test, text || from == to.Kind
	case spec.KindString:
		return is("string") + textTest(to.Labels), text
	}
	return "", false
}

const (
	decimalForm = "-?[0-9]+([.][0-9]+)?"
	dateForm    = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
)

// textTest: an empty text says nothing, and no value is as long as that.
func textTest(labels []string) string {
	if len(labels) == 0 {
		return " AND octet_length" + claimText + " BETWEEN 1 AND " + strconv.Itoa(spec.MaxText)
	}
	quoted := make([]string, len(labels))
	for i, label := range labels {
		quoted[i] = textLiteral(label)
	}
	return " AND " + claimText + " <> '' AND " + claimText + " IN (" + strings.Join(quoted, ", ") + ")"
}
