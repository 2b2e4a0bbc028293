package spec_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
)

type checkedTask struct {
	AccountID int64
	Owner     *string
	State     string
	Tags      []string
	Comments  []checkedComment
}

type checkedComment struct{ Author string }

func ExampleCheck() {
	type task struct {
		AccountID int
		Owner     *string
	}
	mine := spec.And(spec.Eq("account_id", 7), spec.Eq("owner", "ann"))
	err := spec.Check(mine, &task{AccountID: 8})
	fmt.Println(errors.Is(err, spec.ErrCheck))
	fmt.Println(err)
	// Output:
	// true
	// spec: row does not satisfy the specification: Eq("account_id") is false, Eq("owner") is unknown (the row has no value here)
}

func ExampleMatcher_Check() {
	type task struct {
		ID    int
		State string
	}
	m, err := spec.Compile[task](spec.In("state", "open", "done"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range []task{{1, "open"}, {2, "gone"}} {
		var failed *spec.CheckError
		if errors.As(m.Check(&row), &failed) {
			fmt.Println(row.ID, failed.Failures[0])
		}
	}
	// Output: 2 In("state") is false
}

func TestCheck(t *testing.T) {
	const F, U = spec.False, spec.Unknown
	const noValue = "the row has no value here"
	mine, open, ann := spec.Eq("account_id", 7), spec.Eq("state", "open"), spec.Eq("owner", "ann")
	isBob := spec.Eq("author", "bob")
	row := checkedTask{AccountID: 8, State: "open", Comments: []checkedComment{{"bob"}, {"eve"}}}
	failure := func(field string, op spec.Op, negated bool, truth spec.Truth, reason string) spec.CheckFailure {
		return spec.CheckFailure{Field: field, Op: op, Negated: negated, Truth: truth, Reason: reason}
	}
	account := failure("account_id", spec.OpEq, false, F, "")
	owner := failure("owner", spec.OpEq, false, U, noValue)
	for name, test := range map[string]struct {
		s    spec.Specification
		want []spec.CheckFailure
	}{
		"false":                         {mine, []spec.CheckFailure{account}},
		"unknown":                       {ann, []spec.CheckFailure{owner}},
		"unknown stays so under Not":    {ann.Not(), []spec.CheckFailure{failure("owner", spec.OpEq, true, U, noValue)}},
		"negated":                       {open.Not(), []spec.CheckFailure{failure("state", spec.OpEq, true, F, "")}},
		"of And those that fail":        {spec.And(open, mine, ann), []spec.CheckFailure{account, owner}},
		"of Or all":                     {spec.Or(open.Not(), mine), []spec.CheckFailure{failure("state", spec.OpEq, true, F, ""), account}},
		"an Or that is true is silent":  {spec.And(spec.Or(mine, open), ann), []spec.CheckFailure{owner}},
		"a negated Or is an And":        {spec.Not(spec.Or(mine, open)), []spec.CheckFailure{failure("state", spec.OpEq, true, F, "")}},
		"a negated And is an Or":        {spec.Not(spec.And(open, spec.Eq("account_id", 8))), []spec.CheckFailure{failure("state", spec.OpEq, true, F, ""), failure("account_id", spec.OpEq, true, F, "")}},
		"related rows":                  {spec.Every("comments", isBob), []spec.CheckFailure{{Field: "comments", Quantity: spec.Universal, Truth: F}}},
		"related rows, negated":         {spec.Any("comments", isBob).Not(), []spec.CheckFailure{{Field: "comments", Quantity: spec.Existential, Negated: true, Truth: F}}},
		"None":                          {spec.None(), nil},
		"the zero specification":        {spec.Specification{}, nil},
		"compared with null":            {spec.Eq("account_id", spec.Null), []spec.CheckFailure{failure("account_id", spec.OpEq, false, U, "nothing compares with None")}},
		"unknown by a null in the list": {spec.NotIn("state", spec.Of("x"), spec.Null), []spec.CheckFailure{failure("state", spec.OpIn, true, U, "the list has a None")}},
	} {
		err := spec.Check(test.s, &row)
		var failed *spec.CheckError
		if !errors.As(err, &failed) || !errors.Is(err, spec.ErrCheck) {
			t.Errorf("%s: the error is %v, want a *CheckError", name, err)
			continue
		}
		if diff := cmp.Diff(test.want, failed.Failures); diff != "" {
			t.Errorf("%s: %v (-want +have):\n%s", name, test.s, diff)
		}
	}
	if err := spec.Check(spec.And(open, spec.Any("comments", isBob)), &row); err != nil {
		t.Errorf("a row that satisfies: %v", err)
	}
}

func TestCheckWithoutARow(t *testing.T) {
	var zero *spec.Matcher[checkedTask]
	for name, err := range map[string]error{
		"nil row":            spec.Check[checkedTask](spec.All(), nil),
		"pointer to nil row": spec.Check(spec.All(), new(*checkedTask)),
		"nil Matcher":        zero.Check(&checkedTask{}),
		"zero Matcher":       new(spec.Matcher[checkedTask]).Check(&checkedTask{}),
	} {
		if !errors.Is(err, spec.ErrCheck) {
			t.Errorf("%s: the error is %v, want ErrCheck", name, err)
		}
	}
}

// What does not compile is a mistake of the program, not of the row.
func TestCheckOfWhatDoesNotCompile(t *testing.T) {
	for want, s := range map[error]spec.Specification{
		spec.ErrUnknownField: spec.Eq("acount", 7).Not(),
		spec.ErrUnbound:      spec.Eq("owner", spec.Var("sub")),
		spec.ErrType:         spec.Eq("owner", 7).Not(),
	} {
		if err := spec.Check(s, &checkedTask{}); !errors.Is(err, want) || errors.Is(err, spec.ErrCheck) {
			t.Errorf("%v: the error is %v, want %v", s, err, want)
		}
	}
}

func TestCheckErrorIsShort(t *testing.T) {
	terms := make([]spec.Specification, 500)
	for i := range terms {
		terms[i] = spec.Eq("account_id", i+1)
	}
	err := spec.Check(spec.Or(terms...), &checkedTask{})
	if text := err.Error(); len(text) > 600 || !strings.HasSuffix(text, "and 490 more") {
		t.Errorf("%s", text)
	}
}

// A value may be somebody's data: no error shows one, whatever is wrong with it.
func TestCheckErrorsShowNoValue(t *testing.T) {
	const secret = "s3cr3t"
	d := seeded(31)
	for range scale(20_000) {
		s := drawSpecification(d, 3)
		r := drawRow(d)
		r.row.Text, r.row.DecText, r.row.Stamp, r.row.Ref = secret, secret, secret, secret
		for _, field := range []string{"text", "dec_text", "stamp", "ref", "status"} {
			s = s.And(spec.Distinct(field, spec.Null).Not(), spec.Ne(field, spec.Null))
		}
		err := spec.Check(s.And(spec.Contains("text", secret+"x"), spec.Matches("name", secret)), &r.row)
		if err == nil || strings.Contains(err.Error(), secret) || strings.Contains(fmt.Sprintf("%+v", errors.Unwrap(err)), secret) {
			t.Fatalf("the error is %v", err)
		}
		var failed *spec.CheckError
		if errors.As(err, &failed) && strings.Contains(fmt.Sprintf("%#v", failed.Failures), secret) {
			t.Fatalf("the failures are %#v", failed.Failures)
		}
	}
}

// occurrence is a leaf as a specification asks for it.
type occurrence struct {
	field   string
	op      spec.Op
	negated bool
}

// cured is the truth of a node for a row if every named leaf were as the
// specification asks for it. It stands on its own: And is a minimum, Or a maximum.
func cured(t *testing.T, n spec.Node, negated bool, r *wide, named map[occurrence]bool) spec.Truth {
	switch n := n.(type) {
	case spec.Negation:
		return cured(t, n.Term(), !negated, r, named)
	case spec.Junction:
		var truth spec.Truth
		for i := range n.Len() {
			term := cured(t, n.Term(i), negated, r, named)
			switch {
			case i == 0:
				truth = term
			case (n.Connective() == spec.Conjunction) != negated:
				truth = truth.And(term)
			default:
				truth = truth.Or(term)
			}
		}
		return truth
	case spec.Leaf:
		if named[occurrence{n.Field, n.Op, negated}] {
			return spec.True
		}
		truth := must(spec.Compile[wide](spec.NewLeaf(n.Field, n.Op, n.Value)))(t).Truth(r)
		if negated {
			return truth.Not()
		}
		return truth
	}
	t.Fatalf("a node of type %T", n)
	return spec.Unknown
}

// Check fails where Match is false, each failure it names is one, and were they
// all otherwise the row would pass.
func TestCheckIsMatch(t *testing.T) {
	d := seeded(32)
	failures := 0
	for range scale(20_000) {
		s, r := drawSpecification(d, 4), drawRow(d)
		m := must(spec.Compile[wide](s))(t)
		err := m.Check(&r.row)
		if (err == nil) != m.Match(&r.row) {
			t.Fatalf("%v: Check says %v, Match says %v", s, err, m.Match(&r.row))
		}
		var failed *spec.CheckError
		if !errors.As(err, &failed) || s.IsNone() {
			continue
		}
		named := map[occurrence]bool{}
		for _, f := range failed.Failures {
			named[occurrence{f.Field, f.Op, f.Negated}] = true
			if f.Truth == spec.True || (f.Reason == "") != (f.Truth == spec.False) {
				t.Fatalf("%v: the failure %+v", s, f)
			}
		}
		failures += len(failed.Failures)
		if len(failed.Failures) == 0 || cured(t, s.Node(), false, &r.row, named) != spec.True {
			t.Fatalf("%v: would still not be true without %v", s, failed.Failures)
		}
	}
	t.Logf("%d failures named", failures)
}
