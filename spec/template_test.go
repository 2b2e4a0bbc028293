package spec_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// claimValues is a value of every kind, and those that are refused somewhere.
func claimValues() []spec.Value {
	values := []spec.Value{
		spec.Null, spec.Of(true), spec.Of(7), spec.Of(-1), spec.Of(uint64(math.MaxUint64)), spec.Of(0.5), spec.Of(math.NaN()),
		spec.Of(decimal15), spec.Of("ann"), spec.Of(""), spec.Of("a.b"), spec.Of("a("), spec.Of("a\x00"), spec.Of("\x80"),
		spec.Of([]byte("ann")), spec.Of(noon), spec.Of(time.Time{}), spec.Of(spec.Date{Year: 2024, Month: 2, Day: 29}), spec.Of(id),
		listValue("a", "b"), listValue(), spec.Of(spec.Var("x")), spec.Of(spec.Ref("x")), listWithNull(),
		spec.Of(strings.Repeat("x", spec.MaxText)), spec.Of(false), spec.Of(math.MinInt64), spec.Of(math.MaxInt64),
	}
	for _, bits := range []int{27, 39, 55} { // as many as a number has beside others, and one more
		values = append(values, spec.Of(1<<bits-1), spec.Of(1<<bits), spec.Of(-1<<bits), spec.Of(-1<<bits-1))
	}
	return values
}

var decimal15, _ = spec.ParseDecimal("1.50")

func listWithNull() spec.Value {
	v, _ := spec.ValueOf([]any{"a", nil})
	return v
}

// templates have variables in every place that one can stand in.
func templates() []spec.Specification {
	a, b := spec.Var("a"), spec.Var("b")
	list := []spec.Specification{
		spec.All(), spec.None(), spec.IsNull("text"), spec.Eq("text", "x"),
		spec.In("text", spec.Of(a), spec.Of("x"), spec.Of(b)),
		spec.And(spec.Eq("text", a), spec.Ne("i", b)), spec.Or(spec.Eq("text", b), spec.Eq("name", a), spec.Eq("i", spec.Var("c"))),
		spec.Not(spec.And(spec.Lt("i", a), spec.Not(spec.Gte("text", a)))),
		spec.Any("tags", spec.And(spec.Eq("name", a), spec.Every("more", spec.Eq("name", b)))),
	}
	for op := spec.OpEq; op <= spec.OpContainsFold; op++ {
		list = append(list, spec.NewLeaf("text", op, spec.Of(a)), spec.And(spec.NewLeaf("text", op, spec.Of(b)), spec.NewLeaf("i", op, spec.Of(a))))
	}
	return list
}

// Binding a template gives what Specification.Bind gives, in every respect.
func TestTemplateBindsAsSpecifications(t *testing.T) {
	values, bound := claimValues(), 0
	for _, open := range templates() {
		template, err := spec.NewTemplate(open)
		if err != nil {
			t.Fatalf("%v: %v", open, err)
		}
		vars := template.Vars()
		if !slices.Equal(vars, open.Vars()) || !template.Open().Equal(open) {
			t.Errorf("%v: the template is %v of %v", open, template.Open(), vars)
		}
		tuple := make([]spec.Value, len(vars))
		for n := range max(1, int(math.Pow(float64(len(values)), float64(min(2, len(vars)))))) {
			for i := range tuple {
				tuple[i] = values[n%len(values)]
				n /= len(values)
			}
			have, err := template.Bind(tuple...)
			want, wantErr := open.Bind(func(name string) (spec.Value, bool) {
				i := slices.Index(vars, name)
				return tuple[i], i >= 0
			})
			if !reflect.DeepEqual(err, wantErr) || !have.Equal(want) || have.String() != want.String() || have.IsAll() != want.IsAll() ||
				have.IsNone() != want.IsNone() || have.IsTemplate() || have.Err() != nil {
				t.Errorf("%v with %v: have %v (error %v), want %v (error %v)", open, tuple, have, err, want, wantErr)
			}
			of, ok := have.Template()
			if ok != (of != nil) || ok && of != template {
				t.Errorf("%v with %v: it is of template %v, %v", open, tuple, of, ok)
			}
			for i, v := range tuple {
				if ok && !have.Bound(i).Equal(v) {
					t.Errorf("%v with %v: variable %d is %v", open, tuple, i, have.Bound(i))
				}
				text := have.Bound(i).Text()
				args, appended := have.AppendBound([]any{1}, []uint8{uint8(i), uint8(i)})
				if want := ok && v.Kind() == spec.KindString; appended != want ||
					want && !slices.Equal(args, []any{1, text, text}) || !want && len(args) != 1 {
					t.Errorf("%v with %v: variable %d is the text %q; appended %v", open, tuple, i, text, args)
				}
			}
			if ok {
				bound++
			}
			if _, appended := have.AppendBound(nil, []uint8{uint8(len(vars))}); appended {
				t.Errorf("%v: appended a text of no variable", open)
			}
			if !have.Bound(-1).IsNull() || !have.Bound(len(vars)).IsNull() {
				t.Errorf("%v: a value of no variable", open)
			}
		}
	}
	if bound < 500 {
		t.Errorf("only %d were bound as templates", bound)
	}
}

func TestTemplateRefuses(t *testing.T) {
	one, two := must(spec.NewTemplate(p))(t), must(spec.NewTemplate(p))(t)
	if one.ID() == two.ID() || one.ID() == 0 || (*spec.Template)(nil).ID() != 0 {
		t.Errorf("IDs %d, %d", one.ID(), two.ID())
	}
	if _, err := spec.NewTemplate(spec.Eq("", 1)); !errors.Is(err, spec.ErrUnknownField) {
		t.Errorf("of an error: %v", err)
	}
	var none *spec.Template
	if s, err := none.Bind(); err != nil || !s.IsNone() || !none.Open().IsNone() || none.Vars() != nil {
		t.Errorf("the nil template: %v, %v", s, err)
	}
	template := must(spec.NewTemplate(spec.Eq("a", spec.Var("b")).And(spec.Eq("b", spec.Var("a")))))(t)
	if s, err := template.Bind(spec.Of(1)); !errors.Is(err, spec.ErrUnbound) || !s.IsNone() {
		t.Errorf("a value too few: %v, %v", s, err)
	}
}

// What a template is bound to is a specification like others: it joins, is negated,
// travels, and can be made a template again.
func TestBoundIsASpecification(t *testing.T) {
	open := spec.Eq("text", spec.Var("a")).Or(spec.Gt("i", spec.Var("b")))
	s := must(must(spec.NewTemplate(open))(t).Bind(spec.Of("x"), spec.Of(7)))(t)
	plain := spec.Eq("text", "x").Or(spec.Gt("i", 7))
	for name, pair := range map[string][2]spec.Specification{
		"itself": {s, plain}, "and": {s.And(p), plain.And(p)}, "or": {spec.Or(q, s), spec.Or(q, plain)}, "not": {s.Not(), plain.Not()},
		"any": {spec.Any("r", s), spec.Any("r", plain)}, "bound again": {must(s.Bind(nil))(t), plain},
		"template": {must(spec.NewTemplate(s))(t).Open(), plain},
		"parsed":   {must(spec.Parse(s.String()))(t), plain},
	} {
		if !pair[0].Equal(pair[1]) || !pair[1].Equal(pair[0]) {
			t.Errorf("%s: have %v, want %v", name, pair[0], pair[1])
		}
	}
	data := must(s.MarshalJSON())(t)
	var back spec.Specification
	if err := back.UnmarshalJSON(data); err != nil || !back.Equal(plain) {
		t.Errorf("JSON %s: %v", data, err)
	}
	if n := len(slices.Collect(s.Leaves())); n != 2 {
		t.Errorf("%d leaves", n)
	}
}

// registered is claims that a payload shares with others.
type registered struct {
	Issuer  string `json:"iss"`
	Subject string `json:"sub"`
}

// binderPayload has claims of every form.
type binderPayload struct {
	Before int8
	registered
	Text  string  `json:"text"`
	PText *string `json:"p_text"`
	Int   int64   `json:"int"`
	Int8  int8    `json:"int8"`
	Int16 int16   `json:"int16"`
	Int32 *int32  `json:"int32"`
	Uint  uint64  `json:"uint"`
	Float float64 `json:"float"`
	Bool  bool    `json:"bool"`
	Time  time.Time
	Bytes []byte
	Key   [16]byte `spec:"key,uuid"`
	List  []string
	Date  spec.Date
	Deep  *struct{ City string }
}

// drawPayload draws a payload with hostile texts and boundary numbers.
func drawPayload(random *rand.Rand) binderPayload {
	texts := []string{"", "a", "ann", "12345678", "123456789", "\x00", "a\x00", "12345678\x00", "é", "1234567é", "\x80", "12345678\x80", strings.Repeat("x", 63),
		strings.Repeat("x", 64), strings.Repeat("x", 65), strings.Repeat("x", spec.MaxText), strings.Repeat("x", spec.MaxText+1), "\x7f", "\x01"}
	text := func() string { return texts[random.IntN(len(texts))] }
	p := binderPayload{
		registered: registered{text(), text()}, Text: text(), Int: int64(random.Uint64()), Int8: int8(random.Uint32()), Int16: int16(random.Uint32()), Uint: random.Uint64(),
		Float: []float64{0, math.Copysign(0, -1), 1.5, math.NaN(), math.Inf(1)}[random.IntN(5)], Bool: random.IntN(2) == 0, Time: []time.Time{{}, noon}[random.IntN(2)],
	}
	if random.IntN(3) > 0 {
		p.PText, p.Int32, p.Deep = ptr(text()), ptr(int32(random.Uint32())), &struct{ City string }{text()}
		p.Bytes, p.Key, p.List, p.Date = []byte(text()), id, []string{text(), "x"}, spec.Date{Year: 2024, Month: 1, Day: 1}
	}
	return p
}

// A binder gives what getting each claim and binding it gives, and for a claim that
// says nothing the error that names it.
func TestBinderBindsAsClaims(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	names := []string{"text", "sub", "sub", "iss", "p_text", "int", "int8", "int16", "int32", "uint", "float", "bool", "time", "bytes", "key", "list", "date", "deep.city"}
	get := map[string]func(*binderPayload) spec.Value{}
	for _, name := range names {
		get[name], _, _ = spec.ClaimGetter[binderPayload](name)
	}
	direct := 0
	for range 4_000 {
		var terms []spec.Specification
		for range random.IntN(4) {
			name := names[random.IntN(len(names))]
			op := []spec.Op{spec.OpEq, spec.OpNe, spec.OpHasPrefix, spec.OpIn, spec.OpMatches, spec.OpContains}[random.IntN(6)]
			terms = append(terms, spec.NewLeaf("f", op, spec.Of(spec.Var(name))))
		}
		open := spec.And(terms...)
		binder, err := spec.NewBinder[binderPayload](open)
		pointers, perr := spec.NewBinder[*binderPayload](open)
		if err != nil || perr != nil {
			t.Fatal(err, perr)
		}
		payload := drawPayload(random)
		missing := ""
		want, wantErr := open.Bind(func(name string) (spec.Value, bool) { return get[name](&payload), true })
		for _, name := range open.Vars() {
			if missing == "" && saysNothing(get[name](&payload)) {
				missing = name
			}
		}
		have, err := binder.Bind(&payload)
		at := &payload
		same, sameErr := pointers.Bind(&at)
		var unbound *spec.UnboundError
		switch {
		case missing != "":
			if !errors.As(err, &unbound) || unbound.Name != missing || !have.IsNone() {
				t.Errorf("%v: claim %s is missing: %v, error %v", open, missing, have, err)
			}
		case !reflect.DeepEqual(err, wantErr) || !have.Equal(want):
			t.Errorf("%v of %+v: have %v (error %v), want %v (error %v)", open, payload, have, err, want, wantErr)
		}
		if !reflect.DeepEqual(err, sameErr) || err == nil && !have.Equal(same) {
			t.Errorf("%v by a pointer: %v (error %v), want %v (error %v)", open, same, sameErr, have, err)
		}
		if _, ok := have.Template(); ok {
			direct++
		}
	}
	if direct < 500 {
		t.Errorf("only %d were bound as templates", direct)
	}
}

func saysNothing(v spec.Value) bool {
	switch v.Kind() {
	case spec.KindNull:
		return true
	case spec.KindString:
		return v.Text() == ""
	case spec.KindBytes:
		return len(v.Bytes()) == 0
	case spec.KindUUID:
		return v.UUID() == [16]byte{}
	case spec.KindList:
		return slices.ContainsFunc(v.List(), saysNothing)
	}
	return false
}

// What a caller changes afterwards changes nothing.
func TestBinderCopies(t *testing.T) {
	binder := must(spec.NewBinder[*binderPayload](spec.Eq("f", spec.Var("text")).And(spec.In("g", spec.Var("list")), spec.Eq("h", spec.Var("bytes")))))(t)
	payload := &binderPayload{Text: "ann", List: []string{"a"}, Bytes: []byte("b")}
	s := must(binder.Bind(&payload))(t)
	before := s.String()
	payload.Text, payload.List[0], payload.Bytes[0] = "eve", "e", 'e'
	if after := s.String(); after != before {
		t.Errorf("have %s, was %s", after, before)
	}
}

func TestBinderRefuses(t *testing.T) {
	open := spec.Eq("f", spec.Var("text"))
	var none *spec.Binder[binderPayload]
	if s, err := none.Bind(&binderPayload{Text: "x"}); !errors.Is(err, spec.ErrUnbound) || !s.IsNone() || none.Template() != nil {
		t.Errorf("the nil binder: %v, %v", s, err)
	}
	b := must(spec.NewBinder[*binderPayload](open))(t)
	for _, payload := range []**binderPayload{nil, new(*binderPayload)} {
		if s, err := b.Bind(payload); !errors.Is(err, spec.ErrUnbound) || !s.IsNone() {
			t.Errorf("of a nil payload: %v, %v", s, err)
		}
	}
	if s, err := must(spec.NewBinder[int](spec.IsNull("f")))(t).Bind(nil); err != nil || !s.Equal(spec.IsNull("f")) {
		t.Errorf("without variables: %v, %v", s, err)
	}
	for name, want := range map[string]error{"nothing": spec.ErrUnknownField, "deep": spec.ErrType} {
		if b, err := spec.NewBinder[binderPayload](spec.Eq("f", spec.Var(name))); !errors.Is(err, want) || b != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if b, err := spec.NewBinder[int](open); !errors.Is(err, spec.ErrField) || b != nil {
		t.Errorf("of an int: %v", err)
	}
	if b, err := spec.NewBinder[binderPayload](spec.Eq("", 1)); err == nil || b != nil {
		t.Error("of an error")
	}
	maps := must(spec.NewBinder[map[string]any](open))(t)
	for _, payload := range []map[string]any{nil, {}, {"text": ""}, {"text": []string{"x"}}, {"text": map[string]any{}}} {
		if s, err := maps.Bind(&payload); payload["text"] == nil && err == nil || s.IsAll() {
			t.Errorf("%v: %v, %v", payload, s, err)
		}
	}
}

// Callers who are served at once see their own rows.
func TestBinderOfManyCallers(t *testing.T) {
	binder := must(spec.NewBinder[binderPayload](spec.Eq("text", spec.Var("text")).And(spec.Eq("i64", spec.Var("int")))))(t)
	var group sync.WaitGroup
	for n := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			payload := binderPayload{Text: strings.Repeat("x", n+1), Int: int64(n)}
			row, other := flat{Text: payload.Text, I64: payload.Int}, flat{Text: payload.Text, I64: payload.Int + 1}
			for range 500 {
				s, err := binder.Bind(&payload)
				rows, ferr := spec.Filter(s, []flat{other, row, {}})
				if err != nil || ferr != nil || len(rows) != 1 || rows[0].I64 != payload.Int {
					t.Errorf("caller %d: %v, errors %v, %v", n, s, err, ferr)
				}
			}
		}()
	}
	group.Wait()
}
