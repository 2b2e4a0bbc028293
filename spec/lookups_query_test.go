package spec_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// sampleFields are the fields of a sample, and one that no sample has.
var sampleFields = []string{"bool", "int", "uint", "float", "decimal", "text", "bytes", "time", "date", "uuid", "status", "tags", "nums", "gone"}

func TestFromQuery(t *testing.T) {
	sc := must(spec.SchemaOf[sample]())(t)
	for query, want := range map[string]spec.Specification{
		"":                                      spec.All(),
		"text=x":                                spec.Eq("text", "x"),
		"text=":                                 spec.Eq("text", ""),
		"text=null":                             spec.Eq("text", "null"),
		"text=7":                                spec.Eq("text", "7"),
		"text=a%20%26%20b":                      spec.Eq("text", "a & b"),
		"text__in=a&text__in=b":                 spec.In("text", "a", "b"),
		"text__in=a,b":                          spec.In("text", "a,b"),
		"text__in=":                             spec.In("text", ""),
		"text__contains=x":                      spec.Contains("text", "x"),
		"text__startswith=x":                    spec.HasPrefix("text", "x"),
		"text__matches=x%2B":                    spec.Matches("text", "x+"),
		"text__isnone=true":                     spec.IsNull("text"),
		"text__isnone=false":                    spec.NotNull("text"),
		"bool=true":                             spec.Eq("bool", true),
		"bool__neq=false":                       spec.Ne("bool", false),
		"int=7":                                 spec.Eq("int", 7),
		"int=-7":                                spec.Eq("int", -7),
		"int=7.0":                               spec.Eq("int", 7),
		"int__lt=18446744073709551615":          spec.Lt("int", uint64(1<<64-1)),
		"uint__gte=18446744073709551615":        spec.Gte("uint", uint64(1<<64-1)),
		"float=7":                               spec.Eq("float", 7.0),
		"float__lt=1e300":                       spec.Lt("float", 1e300),
		"float=0.1":                             spec.Eq("float", 0.1),
		"decimal=0.10":                          spec.Eq("decimal", dec("0.1")),
		"decimal=7":                             spec.Eq("decimal", dec("7")),
		"bytes=AP8%3D":                          spec.Eq("bytes", []byte{0, 255}),
		"time__gte=2024-07-01T14:00:00%2B02:00": spec.Gte("time", noon),
		"time__lt=2024-07-01T12:00:00.000001Z":  spec.Lt("time", noon.Add(time.Microsecond)),
		"date=2024-07-01":                       spec.Eq("date", date(2024, 7, 1)),
		"uuid=" + idText:                        spec.Eq("uuid", id),
		"status=open":                           spec.Eq("status", "open"),
		"tags__contains=x":                      spec.Contains("tags", "x"),
		"tags__overlaps=x&tags__overlaps=y":     spec.Overlaps("tags", "x", "y"),
		"tags__isnone=true":                     spec.IsNull("tags"),
		"nums__contains=7":                      spec.Contains("nums", 7),
		"int__gte=1&int__lt=9&bool=true":        spec.And(spec.Eq("bool", true), spec.Gte("int", 1), spec.Lt("int", 9)),
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		have, err := spec.FromQuery(values, sc, sampleFields...)
		if err != nil || !have.Equal(want) {
			t.Errorf("%s: have %v (error %v), want %v", query, have, err, want)
		}
		if _, err := spec.Compile[sample](have); err != nil {
			t.Errorf("%s: does not compile: %v", query, err)
		}
	}
	if have, err := spec.FromQuery(map[string][]string{"text__in": {}}, sc, "text"); err != nil || !have.IsNone() {
		t.Errorf("in of nothing: have %v (error %v), want None", have, err)
	}
}

func TestFromQueryRefuses(t *testing.T) {
	sc := must(spec.SchemaOf[sample]())(t)
	for query, test := range map[string]struct {
		key string
		err error
	}{
		"secret=x":                            {"secret", spec.ErrNotAllowed},
		"text__like=x":                        {"text__like", spec.ErrNotAllowed},
		"page=2":                              {"page", spec.ErrNotAllowed},
		"gone=x":                              {"gone", spec.ErrUnknownField},
		"text=a&text=b":                       {"text", nil},
		"text__contains=a&text__contains=b":   {"text__contains", nil},
		"text__isnone=true&text__isnone=true": {"text__isnone", nil},
		"text__isnone=1":                      {"text__isnone", nil},
		"text__isnone=":                       {"text__isnone", nil},
		"text=%00":                            {"text", spec.ErrValue},
		"text=%ff":                            {"text", spec.ErrValue},
		"text__matches=(":                     {"text__matches", spec.ErrPattern},
		"text__under=a..b":                    {"text__under", spec.ErrValue},
		"text__overlaps=a":                    {"text__overlaps", spec.ErrType},
		"bool=1":                              {"bool", spec.ErrValue},
		"bool=True":                           {"bool", spec.ErrValue},
		"bool__contains=true":                 {"bool__contains", spec.ErrType},
		"int=":                                {"int", spec.ErrValue},
		"int=x":                               {"int", spec.ErrValue},
		"int=0x10":                            {"int", spec.ErrValue},
		"int=%2B7":                            {"int", spec.ErrValue},
		"int=%207":                            {"int", spec.ErrValue},
		"int=07":                              {"int", spec.ErrValue},
		"int=1_000":                           {"int", spec.ErrValue},
		"int=7.5":                             {"int", spec.ErrType},
		"int__in=1&int__in=x":                 {"int__in", spec.ErrValue},
		"int__startswith=1":                   {"int__startswith", spec.ErrType},
		"float=NaN":                           {"float", spec.ErrValue},
		"float=Inf":                           {"float", spec.ErrValue},
		"float=1e400":                         {"float", spec.ErrValue},
		"decimal=1e3":                         {"decimal", spec.ErrValue},
		"decimal=":                            {"decimal", spec.ErrValue},
		"bytes=AP8":                           {"bytes", spec.ErrValue},
		"time=2024-07-01":                     {"time", spec.ErrValue},
		"time=2024-07-01T12:00:00":            {"time", spec.ErrValue},
		"time=0001-01-01T00:00:00Z":           {"time", spec.ErrValue},
		"date=2024-02-30":                     {"date", spec.ErrValue},
		"uuid=x":                              {"uuid", spec.ErrValue},
		"status=closed":                       {"status", spec.ErrType},
		"status__lt=open":                     {"status__lt", spec.ErrType},
		"tags=x":                              {"tags", spec.ErrType},
		"tags__in=x":                          {"tags__in", spec.ErrType},
		"nums__contains=x":                    {"nums__contains", spec.ErrValue},
		"text=x&int=x&bool=x":                 {"bool", spec.ErrValue},
	} {
		values, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		have, err := spec.FromQuery(values, sc, sampleFields...)
		checkLookupError(t, query, have, err, test.key, test.err)
	}
	have, err := spec.FromQuery(map[string][]string{"text": {}}, sc, "text")
	checkLookupError(t, "no text at all", have, err, "text", nil)
	have, err = spec.FromQuery(map[string][]string{"text": {"x"}}, nil, "text")
	checkLookupError(t, "no schema", have, err, "text", spec.ErrUnknownField)
}

// The fields of one related row are fields like any other; those of many are not.
func TestFromQueryOfRelations(t *testing.T) {
	person := must(spec.NewSchema(spec.Field{Name: "name", Kind: spec.KindString}, spec.Field{Name: "age", Kind: spec.KindInt}))(t)
	tree := must(person.Relate(spec.Relation{Name: "parent", One: true}, spec.Relation{Name: "friends", Rows: person}))(t)
	allowed := []string{"parent.age", "parent.parent.name", "friends.name", "parent"}
	have, err := spec.FromQuery(map[string][]string{"parent__age__gte": {"40"}, "parent__parent__name": {"ann"}}, tree, allowed...)
	if want := spec.And(spec.Gte("parent.age", 40), spec.Eq("parent.parent.name", "ann")); err != nil || !have.Equal(want) {
		t.Errorf("have %v (error %v), want %v", have, err, want)
	}
	have, err = spec.FromQuery(map[string][]string{"friends__name": {"ann"}}, tree, allowed...)
	checkLookupError(t, "many rows", have, err, "friends__name", spec.ErrUnknownField)
	have, err = spec.FromQuery(map[string][]string{"parent": {"ann"}}, tree, allowed...)
	checkLookupError(t, "a row", have, err, "parent", spec.ErrType)
	have, err = spec.FromQuery(map[string][]string{"parent__name": {"ann"}}, tree, allowed...)
	checkLookupError(t, "not allowed", have, err, "parent__name", spec.ErrNotAllowed)
}

// FuzzFromQuery: whatever callers send, the specification names allowed fields
// only, compiles for the rows, and is None beside an error.
func FuzzFromQuery(f *testing.F) {
	for _, query := range []string{"text=x", "int__gte=1&int__lt=9", "tags__overlaps=x&tags__overlaps=y", "secret=1", "text__matches=(", "a__b__in=1", "time=2024-07-01T14:00:00Z", "date__in=2024-07-01", "text.x=1", "=1"} {
		f.Add(query)
	}
	sc, err := spec.SchemaOf[sample]()
	if err != nil {
		f.Fatal(err)
	}
	allowed := map[string]bool{"text": true, "int": true, "tags": true, "date": true, "decimal": true}
	names := []string{"text", "int", "tags", "date", "decimal"}
	f.Fuzz(func(t *testing.T, query string) {
		values, _ := url.ParseQuery(query)
		s, err := spec.FromQuery(values, sc, names...)
		if err != nil {
			if !s.IsNone() || !isError(err, spec.ErrLookup) {
				t.Fatalf("have %v (error %v), want None and a LookupError", s, err)
			}
			return
		}
		for leaf := range s.Leaves() {
			if !allowed[leaf.Field] {
				t.Fatalf("%q asks for %s", query, leaf.Field)
			}
		}
		if _, err := spec.Compile[sample](s); err != nil {
			t.Fatalf("%q gives %v, which does not compile: %v", query, s, err)
		}
		if s.IsAll() != (len(values) == 0) { // no lookup is passed over
			t.Fatalf("%q gives %v", query, s)
		}
	})
}
