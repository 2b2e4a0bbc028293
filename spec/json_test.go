package spec_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// jsonTests are specifications and the one text that each is written as.
var jsonTests = []struct {
	name string
	s    spec.Specification
	want string
}{
	{"All", spec.All(), `{"op":"empty"}`},
	{"None", spec.None(), `{"op":"none"}`},
	{"zero", spec.Specification{}, `{"op":"none"}`},
	{"Eq", spec.Eq("a", 1), `{"op":"eq","field":"a","value":1}`},
	{"Ne", spec.Ne("a", 1), `{"op":"neq","field":"a","value":1}`},
	{"Lt", spec.Lt("a", 1), `{"op":"lt","field":"a","value":1}`},
	{"Lte", spec.Lte("a", 1), `{"op":"lte","field":"a","value":1}`},
	{"Gt", spec.Gt("a", 1), `{"op":"gt","field":"a","value":1}`},
	{"Gte", spec.Gte("a", 1), `{"op":"gte","field":"a","value":1}`},
	{"Distinct", spec.Distinct("a", 1), `{"op":"distinct","field":"a","value":1}`},
	{"In", spec.In("a", 1, 2), `{"op":"in","field":"a","value":[1,2]}`},
	{"NotIn", spec.NotIn("a", 1), `{"op":"not","spec":{"op":"in","field":"a","value":[1]}}`},
	{"IsNull", spec.IsNull("a"), `{"op":"isnone","field":"a","value":null}`},
	{"Contains", spec.Contains("a", "x"), `{"op":"contains","field":"a","value":"x"}`},
	{"HasPrefix", spec.HasPrefix("a", "x"), `{"op":"startswith","field":"a","value":"x"}`},
	{"HasSuffix", spec.HasSuffix("a", "x"), `{"op":"endswith","field":"a","value":"x"}`},
	{"Matches", spec.Matches("a", `\d+`), `{"op":"matches","field":"a","value":"\\d+"}`},
	{"Overlaps", spec.Overlaps("a", "x"), `{"op":"overlaps","field":"a","value":["x"]}`},
	{"Under", spec.Under("a", "x.y"), `{"op":"under","field":"a","value":"x.y"}`},
	{"EqualFold", spec.EqualFold("a", "x"), `{"op":"equalfold","field":"a","value":"x"}`},
	{"ContainsFold", spec.ContainsFold("a", "x"), `{"op":"containsfold","field":"a","value":"x"}`},
	{"And", spec.And(p, q), `{"op":"and","specs":[{"op":"eq","field":"p","value":1},{"op":"eq","field":"q","value":2}]}`},
	{"Or", spec.Or(p, q), `{"op":"or","specs":[{"op":"eq","field":"p","value":1},{"op":"eq","field":"q","value":2}]}`},
	{"Not", spec.Not(p), `{"op":"not","spec":{"op":"eq","field":"p","value":1}}`},
	{"Any", spec.Any("owner.groups", p), `{"op":"any","relation":"owner.groups","spec":{"op":"eq","field":"p","value":1}}`},
	{"Every", spec.Every("groups", spec.None()), `{"op":"every","relation":"groups","spec":{"op":"none"}}`},

	{"null", spec.Eq("a", spec.Null), `{"op":"eq","field":"a","value":null}`},
	{"true", spec.Eq("a", true), `{"op":"eq","field":"a","value":true}`},
	{"false", spec.Eq("a", false), `{"op":"eq","field":"a","value":false}`},
	{"least int", spec.Eq("a", math.MinInt64), `{"op":"eq","field":"a","value":-9223372036854775808}`},
	{"greatest uint", spec.Eq("a", uint64(math.MaxUint64)), `{"op":"eq","field":"a","value":18446744073709551615}`},
	{"integer beyond 64 bits", spec.Eq("a", dec("18446744073709551616")), `{"op":"eq","field":"a","value":18446744073709551616}`},
	{"negative beyond 64 bits", spec.Eq("a", dec("-9223372036854775809")), `{"op":"eq","field":"a","value":-9223372036854775809}`},
	{"decimal", spec.Eq("a", dec("12.50")), `{"op":"eq","field":"a","value":{"decimal":"12.5"}}`},
	{"decimal that is an integer", spec.Eq("a", dec("7")), `{"op":"eq","field":"a","value":{"decimal":"7"}}`},
	{"decimal zero", spec.Eq("a", dec("0")), `{"op":"eq","field":"a","value":{"decimal":"0"}}`},
	{"long fraction", spec.Eq("a", dec("18446744073709551616.5")), `{"op":"eq","field":"a","value":{"decimal":"18446744073709551616.5"}}`},
	{"float", spec.Eq("a", 0.1), `{"op":"eq","field":"a","value":0.1}`},
	{"float that is an integer", spec.Eq("a", 7.0), `{"op":"eq","field":"a","value":7.0}`},
	{"negative zero", spec.Eq("a", math.Copysign(0, -1)), `{"op":"eq","field":"a","value":0.0}`},
	{"great float", spec.Eq("a", 1e300), `{"op":"eq","field":"a","value":1e+300}`},
	{"least float", spec.Eq("a", math.SmallestNonzeroFloat64), `{"op":"eq","field":"a","value":5e-324}`},
	{"greatest float", spec.Eq("a", -math.MaxFloat64), `{"op":"eq","field":"a","value":-1.7976931348623157e+308}`},
	{"bytes", spec.Eq("a", []byte{0, 255}), `{"op":"eq","field":"a","value":{"bytes":"AP8="}}`},
	{"no bytes", spec.Eq("a", []byte{}), `{"op":"eq","field":"a","value":{"bytes":""}}`},
	{"time", spec.Eq("a", noon.In(tokyo).Add(time.Microsecond)), `{"op":"eq","field":"a","value":{"time":"2024-07-01T12:00:00.000001Z"}}`},
	{"date", spec.Eq("a", date(33, 4, 3)), `{"op":"eq","field":"a","value":{"date":"0033-04-03"}}`},
	{"uuid", spec.Eq("a", id), `{"op":"eq","field":"a","value":{"uuid":"` + idText + `"}}`},
	{"variable", spec.Eq("a", spec.Var("user.id")), `{"op":"eq","field":"a","value":{"var":"user.id"}}`},
	{"variable for a list", spec.NewLeaf("a", spec.OpIn, spec.Of(spec.Var("ids"))), `{"op":"in","field":"a","value":{"var":"ids"}}`},
	{"variable in a list", spec.In("a", spec.Var("x"), spec.Var("y")), `{"op":"in","field":"a","value":[{"var":"x"},{"var":"y"}]}`},
	{"field", spec.Ne("a", spec.Ref("b.c")), `{"op":"neq","field":"a","value":{"field":"b.c"}}`},
	{"list", spec.Eq("a", listValue(1, nil, "x", []any{true, 1.0})), `{"op":"eq","field":"a","value":[1,null,"x",[true,1.0]]}`},
	{"empty list", spec.Eq("a", listValue()), `{"op":"eq","field":"a","value":[]}`},

	{"text that looks like a value", spec.Eq("a", `{"var":"x"}`), `{"op":"eq","field":"a","value":"{\"var\":\"x\"}"}`},
	{"text that looks like a number", spec.Eq("a", "1.0"), `{"op":"eq","field":"a","value":"1.0"}`},
	{"text beyond ASCII", spec.Eq("a", "é日😀"), `{"op":"eq","field":"a","value":"é日😀"}`},
	{"control characters", spec.Eq("a", "\n\t\x1f\x7f"), `{"op":"eq","field":"a","value":"\u000a\u0009\u001f\u007f"}`},
	{"text that cannot be seen", spec.Eq("a", "\u2028\u202e\ufeff\U000e0001"), `{"op":"eq","field":"a","value":"\u2028\u202e\ufeff\udb40\udc01"}`},
	{"replacement character", spec.Eq("a", "\ufffd"), `{"op":"eq","field":"a","value":"` + "\ufffd" + `"}`},
	{"field with a NUL", spec.Eq("a\x00", 1), `{"op":"eq","field":"a\u0000","value":1}`},
	{"field like a key", spec.Eq(`op":"empty`, 1), `{"op":"eq","field":"op\":\"empty","value":1}`},
}

func TestJSON(t *testing.T) {
	for _, test := range jsonTests {
		have, err := test.s.MarshalJSON()
		if string(have) != test.want || err != nil {
			t.Errorf("%s: have %s (error %v), want %s", test.name, have, err, test.want)
		}
		if !json.Valid(have) {
			t.Errorf("%s: %s is no JSON", test.name, have)
		}
		checkReads(t, test.name, test.want, test.s)
	}
}

// checkReads reads a text by the method and by encoding/json.
func checkReads(t *testing.T, name, text string, want spec.Specification) {
	t.Helper()
	read, unmarshalled := spec.All(), spec.All()
	if err := read.UnmarshalJSON([]byte(text)); err != nil || !read.Equal(want) {
		t.Errorf("%s: %s is read as %v (error %v), want %v", name, text, read, err, want)
	}
	if err := json.Unmarshal([]byte(text), &unmarshalled); err != nil || !unmarshalled.Equal(want) {
		t.Errorf("%s: %s is unmarshalled as %v (error %v), want %v", name, text, unmarshalled, err, want)
	}
}

// Texts that nobody writes here and that say the same.
func TestReadsJSON(t *testing.T) {
	eq := spec.Eq("a", 1)
	for text, want := range map[string]spec.Specification{
		`{"op":"==","field":"a","value":1}`:                                          eq,
		`{"op":"!=","field":"a","value":1}`:                                          spec.Ne("a", 1),
		`{"op":"<","field":"a","value":1}`:                                           spec.Lt("a", 1),
		`{"op":"<=","field":"a","value":1}`:                                          spec.Lte("a", 1),
		`{"op":">","field":"a","value":1}`:                                           spec.Gt("a", 1),
		`{"op":">=","field":"a","value":1}`:                                          spec.Gte("a", 1),
		`{"op":"!","spec":{"op":"empty"}}`:                                           spec.None(),
		`{"op":"!","spec":{"op":"isnone","field":"a"}}`:                              spec.NotNull("a"),
		`{"op":"&","specs":[{"op":"empty"}]}`:                                        spec.All(),
		`{"op":"|","specs":[{"op":"none"}]}`:                                         spec.None(),
		`{"op":"and","specs":[]}`:                                                    spec.All(),
		`{"op":"or","specs":[]}`:                                                     spec.None(),
		`{"op":"isnone","field":"a","value":null}`:                                   spec.IsNull("a"),
		`{"op":"in","field":"a","value":[]}`:                                         spec.None(),
		`{"op":"in","field":"a","value":null}`:                                       spec.Eq("a", spec.Null),
		`{"op":"overlaps","field":"a","value":[1,null]}`:                             spec.Eq("a", spec.Null),
		`{"value":1,"field":"a","op":"eq"}`:                                          eq,
		" \t\r\n{ \"op\" : \"eq\" ,\n\"field\":\"a\",\"value\": 1 } \n":              eq,
		`{"\u006fp":"\u0065q","f\u0069eld":"\u0061","value":1}`:                      eq,
		`{"op":"eq","field":"a","value":-0}`:                                         spec.Eq("a", 0),
		`{"op":"eq","field":"a","value":-0.0}`:                                       spec.Eq("a", 0.0),
		`{"op":"eq","field":"a","value":1E0}`:                                        spec.Eq("a", 1.0),
		`{"op":"eq","field":"a","value":10e-1}`:                                      spec.Eq("a", 1.0),
		`{"op":"eq","field":"a","value":9223372036854775808}`:                        spec.Eq("a", uint64(1<<63)),
		`{"op":"eq","field":"a","value":"\"\\\/\b\f\n\r\té"}`:                        spec.Eq("a", "\"\\/\b\f\n\r\té"),
		`{"op":"eq","field":"a","value":"\uD83d\ude00\u00e9"}`:                       spec.Eq("a", "😀é"),
		`{"op":"eq","field":"a","value":{ "date" : "2024-07-01" }}`:                  spec.Eq("a", date(2024, 7, 1)),
		`{"op":"eq","field":"a","value":{"\u0064ate":"2024-07-01"}}`:                 spec.Eq("a", date(2024, 7, 1)),
		`{"op":"eq","field":"a","value":{"time":"2024-07-01T14:00:00+02:00"}}`:       spec.Eq("a", noon),
		`{"op":"eq","field":"a","value":{"uuid":"` + strings.ToUpper(idText) + `"}}`: spec.Eq("a", id),
		`{"op":"eq","field":"a","value":{"decimal":"007.50"}}`:                       spec.Eq("a", dec("7.5")),
		`{"op":"and","specs":[{"op":"and","specs":[{"op":"eq","field":"p","value":1}]},{"op":"not","spec":{"op":"not","spec":{"op":"eq","field":"q","value":2}}}]}`: spec.And(p, q),
	} {
		checkReads(t, "read", text, want)
	}
}

// Every operator and every kind has a name of its own in JSON.
func TestJSONNamesEveryOperator(t *testing.T) {
	seen := map[string]spec.Op{}
	for op := spec.OpEq; op.String() != "no operator"; op++ {
		value := spec.Of(spec.Var("x"))
		text, err := spec.NewLeaf("f", op, value).MarshalJSON()
		var form struct{ Op string }
		if err := json.Unmarshal(text, &form); err != nil {
			t.Fatal(err)
		}
		if other, twice := seen[form.Op]; twice || form.Op == "" || err != nil {
			t.Errorf("%v is called %q, as is %v (error %v)", op, form.Op, other, err)
		}
		seen[form.Op] = op
	}
	if len(seen) < 17 {
		t.Errorf("only %d operators were looked at", len(seen))
	}
}

// The JSON in the documentation is JSON that is read, and every operator is in it.
func TestJSONInTheDocumentation(t *testing.T) {
	source, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(source), "// # JSON\n")
	section, _, _ = strings.Cut(section, "// # ")
	words, read := strings.Fields(section), 0
	for _, word := range words {
		if !strings.HasPrefix(word, "{") || strings.Contains(word, "...") {
			continue
		}
		if !strings.HasPrefix(word, `{"op"`) {
			word = `{"op":"eq","field":"a","value":` + word + "}"
		}
		var s spec.Specification
		if err := s.UnmarshalJSON([]byte(word)); err != nil {
			t.Errorf("%s: %v", word, err)
		}
		if back, err := s.MarshalJSON(); string(back) != word {
			t.Errorf("%s is written as %s (error %v)", word, back, err)
		}
		read++
	}
	if read < 10 {
		t.Errorf("only %d texts were read", read)
	}
	for op := spec.OpEq; op.String() != "no operator"; op++ {
		text, _ := spec.NewLeaf("f", op, spec.Of(spec.Var("x"))).MarshalJSON()
		var form struct{ Op string }
		if err := json.Unmarshal(text, &form); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(words, form.Op) && !strings.Contains(section, `{"op":"`+form.Op+`"`) {
			t.Errorf("%v, called %s, is not in the documentation", op, form.Op)
		}
	}
}

func TestJSONOfAnError(t *testing.T) {
	for name, test := range invalidTests {
		if text, err := test.s.MarshalJSON(); err == nil || text != nil || !isError(err, test.want) {
			t.Errorf("%s: have %s (error %v), want %v", name, text, err, test.want)
		}
		if text, err := json.Marshal(map[string]any{"a": spec.All(), "s": test.s}); err == nil || !isError(err, test.want) {
			t.Errorf("%s: marshalled as %s (error %v), want %v", name, text, err, test.want)
		}
	}
}
