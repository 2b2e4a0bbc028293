package spec_test

import (
	"math"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// drawSound is any specification that can be built: every operator, every kind,
// relations, variables and references, under names that would like to be
// structure. Nothing of it has to fit a row.
func drawSound(d dice, depth int) spec.Specification {
	for {
		if s := drawUnchecked(d, depth); s.Err() == nil {
			return s
		}
	}
}

func drawUnchecked(d dice, depth int) spec.Specification {
	if depth > 0 {
		switch d(8) {
		case 0, 1, 2:
			terms := make([]spec.Specification, d(4))
			for i := range terms {
				terms[i] = drawUnchecked(d, depth-1)
			}
			return one(d, []func(...spec.Specification) spec.Specification{spec.And, spec.Or})(terms...)
		case 3:
			return spec.Not(drawUnchecked(d, depth-1))
		case 4:
			return one(d, []func(string, spec.Specification) spec.Specification{spec.Any, spec.Every})(drawName(d), drawUnchecked(d, depth-1))
		case 5:
			return one(d, []spec.Specification{spec.All(), spec.None()})
		}
	}
	op := one(d, everyOperator)
	switch op {
	case spec.OpIn, spec.OpOverlaps:
		return spec.NewLeaf(drawName(d), op, one(d, []spec.Value{drawList(d, 2), drawList(d, 2), spec.Of(spec.Var(drawName(d)))}))
	case spec.OpMatches:
		return spec.Matches(drawName(d), one(d, append(patternTexts, `\Q`+drawText(d))))
	case spec.OpUnder:
		return spec.Under(drawName(d), one(d, paths))
	case spec.OpHasPrefix, spec.OpHasSuffix, spec.OpEqualFold, spec.OpContainsFold:
		return spec.NewLeaf(drawName(d), op, spec.Of(drawText(d)))
	}
	return spec.NewLeaf(drawName(d), op, drawValue(d, 2))
}

var everyOperator = func() (ops []spec.Op) {
	for op := spec.OpEq; op.String() != "no operator"; op++ {
		ops = append(ops, op)
	}
	return ops
}()

// drawValue is a value of any kind, in lists at most so deep.
func drawValue(d dice, depth int) spec.Value {
	switch d(13) {
	case 0:
		return spec.Null
	case 1:
		return spec.Of(d(2) == 0)
	case 2:
		return spec.Of(int64(drawBits(d)))
	case 3:
		return spec.Of(drawBits(d))
	case 4:
		return spec.Of(math.Float64frombits(drawBits(d)))
	case 5:
		return spec.Of(spec.DecimalOf(int64(drawBits(d)), d(400)))
	case 6:
		return spec.Of([]byte(drawText(d)))
	case 7:
		return spec.Of(time.UnixMicro(int64(drawBits(d)%(2*instants)) - instants))
	case 8:
		return spec.Of(spec.DateOf(time.UnixMicro(int64(drawBits(d)%(2*instants)) - instants)))
	case 9:
		var octets [16]byte
		copy(octets[:], drawText(d))
		return spec.Of(octets)
	case 10:
		return spec.Of(spec.Var(drawName(d)))
	case 11:
		return one(d, []spec.Value{spec.Of(spec.Ref(drawName(d))), drawList(d, depth)})
	}
	return spec.Of(drawText(d))
}

// instants are the microseconds from 1970 to a little beyond the last instant.
const instants = 260_000_000_000_000_000

func drawList(d dice, depth int) spec.Value {
	elements := make([]any, d(4))
	for i := range elements {
		elements[i] = spec.Null
		if depth > 0 {
			elements[i] = drawValue(d, depth-1)
		}
	}
	list, err := spec.ValueOf(elements)
	if err != nil {
		return spec.Null
	}
	return list
}

// drawBits is a number at some edge, or any.
func drawBits(d dice) (bits uint64) {
	if d(2) == 0 {
		edges := []uint64{0, 1, 9, 10, 1 << 53, 1<<53 + 1, math.MaxInt64, 1 << 63, math.MaxUint64, math.Float64bits(0.1), math.Float64bits(1e21), math.Float64bits(5e-324), math.Float64bits(-1e300)}
		return one(d, edges) + uint64(d(3)) - 1
	}
	for range 8 {
		bits = bits<<8 | uint64(d(256))
	}
	return bits
}

// drawName is the name of a field, a relation or a variable.
func drawName(d dice) string {
	switch d(4) {
	case 0:
		return one(d, []string{"a", "b", "_x1", "a.b", "owner.name", "A.b_c.D0"})
	case 1:
		return one(d, []string{"in", "is", "not", "any", "every", "date", "True", "NONE", "nil", "a.in", "in.a", "and", "1a", "a.1", ".", "a.", "", " ", "a b"})
	}
	return "f" + drawText(d)
}

func drawText(d dice) string {
	switch d(8) {
	case 0: // each would end its quotes and let every row in
		return one(d, []string{`x" || # || a == "`, `x' || # || a == '`, "x` == 1 || # || `a", `x\" || # || a == \"`, `\`, `")) || (# || (a == "`})
	case 1, 2, 3:
		return hostile(d)
	}
	var b strings.Builder
	for range d(6) {
		b.WriteRune(one(d, []rune{rune(d(128)), rune(d(256)), rune(d(256) * 256), rune(d(256)*4096 + d(256)), '\ufffd', '\\', '"', '`', '\ufeff'}))
	}
	return b.String()
}

// spelled is a specification as one of many ways to write it, and as the
// constructors build it.
type spelled struct {
	text string
	s    spec.Specification
	op   string // the connective outside of parentheses
}

// leavesSpelled are comparisons in unusual spellings.
var leavesSpelled = []spelled{
	{"a==1", spec.Eq("a", 1), ""}, {"a == +01", spec.Eq("a", 1), ""}, {`b.c != 'x"'`, spec.Ne("b.c", `x"`), ""}, {"`b`>.5", spec.Gt("b", 0.5), ""},
	{"a is None", spec.IsNull("a"), ""}, {"a  is\nnot\tNone", spec.NotNull("a"), ""}, {"a not in [1,]", spec.NotIn("a", 1), ""}, {"a in []", spec.None(), ""},
	{"a not in [ ]", spec.All(), ""}, {"a overlaps []", spec.None(), ""}, {"a is not distinct from $x", spec.Not(spec.Distinct("a", spec.Var("x"))), ""},
	{"#", spec.All(), ""}, {"!#", spec.None(), ""}, {"! #", spec.None(), ""}, {"#", spec.All(), ""}, {"!#", spec.None(), ""},
}

func drawSpelled(d dice, depth int) spelled {
	if depth == 0 {
		return one(d, leavesSpelled)
	}
	switch d(6) {
	case 0:
		inner := drawSpelled(d, depth-1)
		return spelled{"!" + blank(d) + inParentheses(d, inner), inner.s.Not(), ""}
	case 1:
		inner := drawSpelled(d, depth-1)
		return spelled{"any  r.s" + inParentheses(d, inner), spec.Any("r.s", inner.s), ""}
	case 2:
		inner := drawSpelled(d, depth-1)
		return spelled{inParentheses(d, inner), inner.s, ""}
	case 3, 4:
		return drawJoined(d, depth)
	}
	return one(d, leavesSpelled)
}

func drawJoined(d dice, depth int) spelled {
	op, join := "&&", spec.And
	if d(2) == 0 {
		op, join = "||", spec.Or
	}
	var texts []string
	var terms []spec.Specification
	for range 2 + d(3) {
		term := drawSpelled(d, depth-1)
		if term.op != "" && (term.op != op || d(2) == 0) {
			term.text = inParentheses(d, term)
		}
		texts, terms = append(texts, term.text), append(terms, term.s)
	}
	return spelled{strings.Join(texts, blank(d)+op+blank(d)), join(terms...), op}
}

func inParentheses(d dice, s spelled) string { return "(" + blank(d) + s.text + blank(d) + ")" }

func blank(d dice) string { return one(d, []string{"", "", " ", "\n", " \t"}) }
