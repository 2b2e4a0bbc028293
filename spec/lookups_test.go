package spec_test

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// askable is what callers may filter by in these tests.
var askable = []string{"a", "b", "name", "owner.city", "in", "a.in", "a.b.c", "eq"}

func TestFromLookups(t *testing.T) {
	for name, test := range map[string]struct {
		lookups map[string]any
		want    spec.Specification
	}{
		"none":                      {nil, spec.All()},
		"empty":                     {map[string]any{}, spec.All()},
		"no operator":               {map[string]any{"a": 1}, spec.Eq("a", 1)},
		"path":                      {map[string]any{"owner__city": "Rome"}, spec.Eq("owner.city", "Rome")},
		"path with a dot":           {map[string]any{"owner.city__neq": "Rome"}, spec.Ne("owner.city", "Rome")},
		"long path":                 {map[string]any{"a__b__c__lt": 1}, spec.Lt("a.b.c", 1)},
		"eq":                        {map[string]any{"a__eq": 1}, spec.Eq("a", 1)},
		"neq":                       {map[string]any{"a__neq": 1}, spec.Ne("a", 1)},
		"lt":                        {map[string]any{"a__lt": 1}, spec.Lt("a", 1)},
		"lte":                       {map[string]any{"a__lte": 1}, spec.Lte("a", 1)},
		"gt":                        {map[string]any{"a__gt": 1}, spec.Gt("a", 1)},
		"gte":                       {map[string]any{"a__gte": 1}, spec.Gte("a", 1)},
		"symbols":                   {map[string]any{"a__==": 1, "a__!=": 2, "a__<": 3, "a__<=": 4, "a__>": 5, "a__>=": 6}, spec.And(spec.Ne("a", 2), spec.Lt("a", 3), spec.Lte("a", 4), spec.Eq("a", 1), spec.Gt("a", 5), spec.Gte("a", 6))},
		"distinct":                  {map[string]any{"a__distinct": nil}, spec.Distinct("a", spec.Null)},
		"in":                        {map[string]any{"a__in": []int{1, 2}}, spec.In("a", 1, 2)},
		"in of anything":            {map[string]any{"a__in": []any{1, "x", nil}}, spec.In("a", spec.Of(1), spec.Of("x"), spec.Null)},
		"in of nothing":             {map[string]any{"a__in": []any{}}, spec.None()},
		"in null":                   {map[string]any{"a__in": nil}, spec.Eq("a", spec.Null)},
		"null":                      {map[string]any{"a__isnone": true}, spec.IsNull("a")},
		"not null":                  {map[string]any{"a__isnone": false}, spec.NotNull("a")},
		"contains":                  {map[string]any{"a__contains": "x"}, spec.Contains("a", "x")},
		"startswith":                {map[string]any{"a__startswith": "x"}, spec.HasPrefix("a", "x")},
		"endswith":                  {map[string]any{"a__endswith": "x"}, spec.HasSuffix("a", "x")},
		"matches":                   {map[string]any{"a__matches": "x"}, spec.Matches("a", "x")},
		"overlaps":                  {map[string]any{"a__overlaps": []string{"x"}}, spec.Overlaps("a", "x")},
		"under":                     {map[string]any{"a__under": "x.y"}, spec.Under("a", "x.y")},
		"equalfold":                 {map[string]any{"a__equalfold": "x"}, spec.EqualFold("a", "x")},
		"containsfold":              {map[string]any{"a__containsfold": "x"}, spec.ContainsFold("a", "x")},
		"field called in":           {map[string]any{"in": 1}, spec.Eq("in", 1)},
		"field called in, asked in": {map[string]any{"in__in": []int{1}}, spec.In("in", 1)},
		"field called a.in":         {map[string]any{"a__in__eq": 1}, spec.Eq("a.in", 1)},
		"compared with nil":         {map[string]any{"a": nil}, spec.Eq("a", spec.Null)},
		"number of JSON":            {map[string]any{"a": json.Number("1.0")}, spec.Eq("a", 1.0)},
		"other Go values":           {map[string]any{"a": &noon, "b": id}, spec.And(spec.Eq("a", noon), spec.Eq("b", id))},
		"variable":                  {map[string]any{"a": spec.Var("x")}, spec.Eq("a", spec.Var("x"))},
		"allowed field":             {map[string]any{"a": spec.Ref("b")}, spec.Eq("a", spec.Ref("b"))},
		"text like a value":         {map[string]any{"a": `{"var":"x"}`}, spec.Eq("a", `{"var":"x"}`)},
		"several, sorted":           {map[string]any{"name__lt": "x", "b": 2, "name": "y", "a__gte": 1}, spec.And(spec.Gte("a", 1), spec.Eq("b", 2), spec.Eq("name", "y"), spec.Lt("name", "x"))},
		"one that absorbs":          {map[string]any{"a__in": []int{}, "b": 1}, spec.None()},
	} {
		have, err := spec.FromLookups(test.lookups, askable...)
		if err != nil || !have.Equal(test.want) {
			t.Errorf("%s: have %v (error %v), want %v", name, have, err, test.want)
		}
	}
}

func TestFromLookupsRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		lookups map[string]any
		key     string
		err     error
	}{
		"a field that is not allowed":         {map[string]any{"a": 1, "secret": 1}, "secret", spec.ErrNotAllowed},
		"another case":                        {map[string]any{"A": 1}, "A", spec.ErrNotAllowed},
		"below one":                           {map[string]any{"a__secret": 1}, "a__secret", spec.ErrNotAllowed},
		"above one":                           {map[string]any{"owner": 1}, "owner", spec.ErrNotAllowed},
		"the beginning of one":                {map[string]any{"nam": 1}, "nam", spec.ErrNotAllowed},
		"blanks":                              {map[string]any{" a": 1}, " a", spec.ErrNotAllowed},
		"no name":                             {map[string]any{"": 1}, "", spec.ErrNotAllowed},
		"no name but an operator":             {map[string]any{"__gte": 1}, "__gte", spec.ErrNotAllowed},
		"no operator":                         {map[string]any{"a__like": "%"}, "a__like", spec.ErrNotAllowed},
		"operator in capitals":                {map[string]any{"a__GTE": 1}, "a__GTE", spec.ErrNotAllowed},
		"empty operator":                      {map[string]any{"a__": 1}, "a__", spec.ErrNotAllowed},
		"two operators":                       {map[string]any{"a__gte__lte": 1}, "a__gte__lte", spec.ErrNotAllowed},
		"not":                                 {map[string]any{"a__not": 1}, "a__not", spec.ErrNotAllowed},
		"or":                                  {map[string]any{"a__or": []any{}}, "a__or", spec.ErrNotAllowed},
		"empty":                               {map[string]any{"a__empty": nil}, "a__empty", spec.ErrNotAllowed},
		"any":                                 {map[string]any{"a__any": nil}, "a__any", spec.ErrNotAllowed},
		"three underscores":                   {map[string]any{"a___b": 1}, "a___b", spec.ErrNotAllowed},
		"SQL":                                 {map[string]any{"1=1 OR a": 1}, "1=1 OR a", spec.ErrNotAllowed},
		"a reference to what is not":          {map[string]any{"a": spec.Ref("secret")}, "a", spec.ErrNotAllowed},
		"a reference as a Value":              {map[string]any{"a__lt": spec.Of(spec.Ref("secret"))}, "a__lt", spec.ErrNotAllowed},
		"a reference in a list":               {map[string]any{"a__in": []any{spec.Ref("b")}}, "a__in", spec.ErrType},
		"isnone of a number":                  {map[string]any{"a__isnone": 1}, "a__isnone", nil},
		"isnone of null":                      {map[string]any{"a__isnone": nil}, "a__isnone", nil},
		"isnone of a text":                    {map[string]any{"a__isnone": "false"}, "a__isnone", nil},
		"in a text":                           {map[string]any{"a__in": "abc"}, "a__in", spec.ErrType},
		"contains a list":                     {map[string]any{"a__contains": []int{1}}, "a__contains", spec.ErrType},
		"matches a number":                    {map[string]any{"a__matches": 1}, "a__matches", spec.ErrType},
		"a bad pattern":                       {map[string]any{"a__matches": "("}, "a__matches", spec.ErrPattern},
		"no path":                             {map[string]any{"a__under": "a b"}, "a__under", spec.ErrValue},
		"NaN":                                 {map[string]any{"a": math.NaN()}, "a", spec.ErrValue},
		"NUL":                                 {map[string]any{"a": "\x00"}, "a", spec.ErrValue},
		"a map":                               {map[string]any{"a": map[string]any{"var": "x"}}, "a", spec.ErrValue},
		"a struct":                            {map[string]any{"a": struct{}{}}, "a", spec.ErrValue},
		"a specification":                     {map[string]any{"a": spec.All()}, "a", spec.ErrValue},
		"the first of several":                {map[string]any{"z": 1, "y": 1, "a": 1, "x": 1}, "x", spec.ErrNotAllowed},
		"beside what absorbs":                 {map[string]any{"a__in": []int{}, "x": 1}, "x", spec.ErrNotAllowed},
		"a bad value before what is absorbed": {map[string]any{"a__in": []int{}, "b": "\x00"}, "b", spec.ErrValue},
	} {
		have, err := spec.FromLookups(test.lookups, askable...)
		checkLookupError(t, name, have, err, test.key, test.err)
	}
}

// checkLookupError holds that an error names its key and has None beside it.
func checkLookupError(t *testing.T, name string, have spec.Specification, err error, key string, want error) {
	t.Helper()
	var refused *spec.LookupError
	switch {
	case !errors.As(err, &refused) || !errors.Is(err, spec.ErrLookup) || refused.Key != key || refused.Reason == "":
		t.Errorf("%s: have the error %v, want one for the key %q", name, err, key)
	case want != nil && !errors.Is(err, want):
		t.Errorf("%s: have the error %v, want %v", name, err, want)
	case want == nil && (errors.Is(err, spec.ErrNotAllowed) || errors.Is(err, spec.ErrField)):
		t.Errorf("%s: the error %v is about something else", name, err)
	}
	if !have.IsNone() {
		t.Errorf("%s: beside the error stands %v, want None", name, have)
	}
}

// Who forgets the list allows nothing, not even to ask nothing.
func TestNothingIsAllowedByDefault(t *testing.T) {
	sc := must(spec.SchemaOf[sample]())(t)
	for _, lookups := range []map[string]any{nil, {}, {"text": "x"}, {"": 1}} {
		for _, allowed := range [][]string{nil, {}} {
			have, err := spec.FromLookups(lookups, allowed...)
			checkLookupError(t, "lookups", have, err, "", spec.ErrNotAllowed)
			query := map[string][]string{}
			for key := range lookups {
				query[key] = []string{"x"}
			}
			have, err = spec.FromQuery(query, sc, allowed...)
			checkLookupError(t, "query", have, err, "", spec.ErrNotAllowed)
		}
	}
	for _, keys := range [][]string{nil, {}, {"text"}} {
		if have, err := spec.SortKeys(keys); !errors.Is(err, spec.ErrNotAllowed) || have != nil {
			t.Errorf("have %v (error %v), want ErrNotAllowed", have, err)
		}
	}
}

// The text of an error shows the key, not all of a long one, and no value.
func TestLookupErrorsShowNoValue(t *testing.T) {
	const secret = "s3cr3t"
	for _, lookups := range []map[string]any{{"a__matches": "(" + secret}, {"a": secret + "\x00"}, {"a__in": secret}, {"a__under": secret + "/"}, {"a__isnone": secret}} {
		if _, err := spec.FromLookups(lookups, "a"); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%v: the error is %v", lookups, err)
		}
	}
	_, err := spec.FromLookups(map[string]any{strings.Repeat("k", 1000): 1}, "a")
	if err == nil || len(err.Error()) > 200 || !strings.Contains(err.Error(), "kkk") {
		t.Errorf("the error is %v", err)
	}
}

func TestSortKeys(t *testing.T) {
	allowed := []string{"name", "owner.city", "-odd"}
	for _, test := range []struct {
		keys []string
		want []spec.SortKey
		key  string // of the error
	}{
		{nil, []spec.SortKey{}, ""},
		{[]string{"name"}, []spec.SortKey{{Field: "name"}}, ""},
		{[]string{"-name", "owner__city"}, []spec.SortKey{{"name", true}, {"owner.city", false}}, ""},
		{[]string{"-owner.city", "name"}, []spec.SortKey{{"owner.city", true}, {"name", false}}, ""},
		{[]string{"--odd"}, []spec.SortKey{{"-odd", true}}, ""},
		{[]string{"name", "-name"}, nil, "-name"},
		{[]string{"owner.city", "owner__city"}, nil, "owner__city"},
		{[]string{"name", "secret"}, nil, "secret"},
		{[]string{"-odd"}, nil, "-odd"},
		{[]string{"--name"}, nil, "--name"},
		{[]string{"Name"}, nil, "Name"},
		{[]string{""}, nil, ""},
		{[]string{"name desc"}, nil, "name desc"},
		{[]string{"name__gte"}, nil, "name__gte"},
	} {
		have, err := spec.SortKeys(test.keys, allowed...)
		if (err == nil) != (test.want != nil) || !reflect.DeepEqual(have, test.want) {
			t.Errorf("%q: have %v (error %v), want %v", test.keys, have, err, test.want)
		}
		if err != nil {
			checkLookupError(t, strings.Join(test.keys, " "), spec.None(), err, test.key, err)
		}
	}
}
