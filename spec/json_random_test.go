package spec_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

var jsonSpecs = flag.Int("json.specs", 0, "random specifications that go through JSON, where not as many as usual")

// hostileJSON is text that would like to be JSON, and worse.
func hostileJSON(d dice) string {
	s := hostile(d)
	for range d(3) {
		s += one(d, []string{`{"op":"empty"}`, `"},{"op":"empty"},{"op":"eq","field":"a","value":"`, `x" || # || a == "`, `"}`, `\u0041`, `\`, `","field":"`, "<", "&", "\u2028", "\U0001f600", "\U000e0001", "\ufeff", "\ufffd", "\x7f", "\x01", "null", "/"})
	}
	return s
}

// drawAny is a specification of any operator over any kind, with relations,
// variables, references and hostile names, and no schema in mind.
func drawAny(d dice, depth int) spec.Specification {
	if depth > 0 {
		switch d(10) {
		case 0, 1:
			return spec.And(drawAnys(d, depth)...)
		case 2, 3:
			return spec.Or(drawAnys(d, depth)...)
		case 4:
			return spec.Not(drawAny(d, depth-1))
		case 5:
			return spec.Any("r"+hostileJSON(d), drawAny(d, depth-1))
		case 6:
			return spec.Every("r"+hostileJSON(d), drawAny(d, depth-1))
		}
	}
	return one(d, []func() spec.Specification{
		spec.All, spec.None,
		func() spec.Specification { return drawSpecification(d, 0) },
		func() spec.Specification { return drawAnyLeaf(d) },
		func() spec.Specification { return drawAnyLeaf(d) },
		func() spec.Specification { return drawAnyLeaf(d) },
	})()
}

func drawAnys(d dice, depth int) []spec.Specification {
	terms := make([]spec.Specification, d(5))
	for i := range terms {
		terms[i] = drawAny(d, depth-1)
	}
	return terms
}

// drawAnyLeaf may have an error: not every value fits every operator.
func drawAnyLeaf(d dice) spec.Specification {
	op := spec.OpEq + spec.Op(d(int(spec.OpContainsFold)))
	field := "f" + hostileJSON(d)
	switch {
	case d(6) == 0:
		return spec.NewLeaf(field, op, spec.Of(spec.Var("v"+hostileJSON(d))))
	case op == spec.OpUnder:
		return spec.Under(field, one(d, paths))
	case op == spec.OpMatches && d(2) == 0:
		return spec.Matches(field, one(d, patternTexts))
	case op == spec.OpIn || op == spec.OpOverlaps:
		return spec.NewLeaf(field, op, drawJSONList(d, 2))
	case op >= spec.OpHasPrefix && op != spec.OpOverlaps:
		return spec.NewLeaf(field, op, spec.Of(hostileJSON(d)))
	case d(6) == 0:
		return spec.NewLeaf(field, op, spec.Of(spec.Ref("g"+hostileJSON(d))))
	}
	return spec.NewLeaf(field, op, drawJSONValue(d, 2))
}

func drawJSONList(d dice, depth int) spec.Value {
	elements := make([]any, d(4))
	for i := range elements {
		elements[i] = drawJSONValue(d, depth-1)
	}
	return listValue(elements...)
}

// drawJSONValue is a value of any kind but a reference.
func drawJSONValue(d dice, depth int) spec.Value {
	switch k := one(d, []spec.Kind{
		spec.KindNull, spec.KindBool, spec.KindInt, spec.KindUint, spec.KindFloat, spec.KindDecimal, spec.KindString,
		spec.KindBytes, spec.KindTime, spec.KindDate, spec.KindUUID, spec.KindList, spec.KindVariable,
	}); k {
	case spec.KindNull:
		return spec.Null
	case spec.KindString:
		return spec.Of(hostileJSON(d))
	case spec.KindBytes:
		return spec.Of([]byte(hostileJSON(d)))
	case spec.KindVariable:
		return spec.Of(spec.Var("v" + hostileJSON(d)))
	case spec.KindFloat:
		return drawFloat(d)
	case spec.KindDecimal:
		return spec.Of(dec(one(d, []string{"", "-"}) + strings.Repeat(fmt.Sprint(d(10)), 1+d(30)) + one(d, []string{"", ".5", ".000"})))
	case spec.KindTime:
		return spec.Of(time.UnixMicro(int64(d(256))<<48|int64(d(256))<<30|int64(d(256))).UTC().AddDate(-d(200), 0, 0))
	case spec.KindList:
		if depth > 0 {
			return drawJSONList(d, depth)
		}
		return listValue()
	default:
		return one(d, constants[k])
	}
}

// drawFloat is any bits that are a finite number.
func drawFloat(d dice) spec.Value {
	bits := uint64(0)
	for range 8 {
		bits = bits<<8 | uint64(d(256))
	}
	if f := math.Float64frombits(bits); !math.IsNaN(f) && !math.IsInf(f, 0) {
		return spec.Of(f)
	}
	return spec.Of(float64(d(1000)) / 8)
}

// seen counts what has gone through JSON.
type seen struct {
	ops   map[spec.Op]int
	kinds map[spec.Kind]int
	nodes map[string]int
}

func (c seen) count(n spec.Node) {
	c.nodes[fmt.Sprintf("%T", n)]++
	switch n := n.(type) {
	case spec.Leaf:
		c.ops[n.Op]++
		c.countValue(n.Value)
	case spec.Negation:
		c.count(n.Term())
	case spec.Quantified:
		c.nodes[n.Quantifier().String()]++
		c.count(n.Term())
	case spec.Junction:
		c.nodes[n.Connective().String()]++
		for term := range n.Terms() {
			c.count(term)
		}
	}
}

func (c seen) countValue(v spec.Value) {
	c.kinds[v.Kind()]++
	for _, e := range v.List() {
		c.countValue(e)
	}
}

// What is written is read as what it was, by the method and by encoding/json, and
// written the same again.
func checkJSONRoundTrip(t *testing.T, s spec.Specification) {
	t.Helper()
	text, err := s.MarshalJSON()
	if err != nil {
		t.Fatalf("%v has no JSON: %v", s, err)
	}
	back := spec.All().Not().Not()
	if err := back.UnmarshalJSON(text); err != nil || !back.Equal(s) || back.String() != s.String() {
		t.Fatalf("have %v (error %v), want %v\n%s", back, err, s, text)
	}
	if again, err := back.MarshalJSON(); string(again) != string(text) || err != nil {
		t.Fatalf("written again: have %s (error %v), want %s", again, err, text)
	}
	marshalled, err := json.MarshalIndent(struct{ S spec.Specification }{s}, "", "\t")
	if err != nil {
		t.Fatalf("%v cannot be marshalled: %v", s, err)
	}
	var into struct{ S spec.Specification }
	if err := json.Unmarshal(marshalled, &into); err != nil || !into.S.Equal(s) {
		t.Fatalf("have %v (error %v), want %v\n%s", into.S, err, s, marshalled)
	}
}

func TestJSONRoundTrip(t *testing.T) {
	d := seeded(11)
	c := seen{map[spec.Op]int{}, map[spec.Kind]int{}, map[string]int{}}
	n := cmp.Or(*jsonSpecs, scale(20_000))
	for i := 0; i < n; {
		s := drawAny(d, 4)
		if s.Err() != nil {
			continue
		}
		i++
		c.count(s.Node())
		checkJSONRoundTrip(t, s)
	}
	for op := spec.OpEq; op <= spec.OpContainsFold; op++ {
		if c.ops[op] < n/500 {
			t.Errorf("%v was drawn %d times", op, c.ops[op])
		}
	}
	for k := spec.KindNull; k <= spec.KindField; k++ {
		if c.kinds[k] < n/500 {
			t.Errorf("the kind %v was drawn %d times", k, c.kinds[k])
		}
	}
	for _, node := range []string{"spec.Constant", "spec.Leaf", "spec.Negation", "and", "or", "any", "every"} {
		if c.nodes[node] < n/500 {
			t.Errorf("%s was drawn %d times", node, c.nodes[node])
		}
	}
	t.Logf("%d specifications: %v", n, c)
}

// What a schema has converted, and what was bound, goes through as well.
func TestJSONRoundTripOfResolved(t *testing.T) {
	d := seeded(12)
	sc := must(spec.SchemaOf[wide]())(t)
	for range scale(2_000) {
		s := drawSpecification(d, 3)
		checkJSONRoundTrip(t, must(sc.Resolve(s))(t))
		values := map[string]spec.Value{}
		template := templateOf(s.Node(), values)
		checkJSONRoundTrip(t, template)
		checkJSONRoundTrip(t, must(template.Bind(func(name string) (spec.Value, bool) { v, ok := values[name]; return v, ok }))(t))
	}
}

// FuzzUnmarshalJSON: what is read is JSON for encoding/json too, is sound, and
// goes through JSON again; what is refused is refused with a DecodeError and None.
func FuzzUnmarshalJSON(f *testing.F) {
	for _, test := range jsonTests {
		f.Add([]byte(test.want))
	}
	for _, test := range refusedJSON {
		if len(test.text) < 1000 { // what is long keeps the fuzzer busy shortening it
			f.Add([]byte(strings.Replace(test.text, "¦", "", 1)))
		}
	}
	d := seeded(13)
	for range 200 {
		if text, err := drawAny(d, 4).MarshalJSON(); err == nil {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s := spec.All()
		if err := s.UnmarshalJSON(data); err != nil {
			if !isError(err, spec.ErrDecode) || !s.IsNone() {
				t.Fatalf("have %v (error %v), want None and a DecodeError", s, err)
			}
			return
		}
		if !json.Valid(data) || s.Err() != nil {
			t.Fatalf("%q is read as %v", data, s)
		}
		checkJSONRoundTrip(t, s)
	})
}

// FuzzJSON writes a specification that is drawn from the bytes.
func FuzzJSON(f *testing.F) {
	f.Add([]byte{})
	for seed := range uint64(50) {
		d, data := seeded(seed), make([]byte, 20*seed)
		for i := range data {
			data[i] = byte(d(256))
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if s := drawAny(decoded(data), 4); s.Err() == nil {
			checkJSONRoundTrip(t, s)
		}
	})
}
