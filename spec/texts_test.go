package spec_test

import (
	"fmt"
	"math"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// Arguments are what append gives, whatever room there is for how many of which sort, and
// keep what they were given before.
func TestArguments(t *testing.T) {
	sorts := []func(a *spec.Arguments, i int) any{
		func(a *spec.Arguments, i int) any {
			text := strings.Repeat("x", i)
			a.Text(text)
			return text
		},
		func(a *spec.Arguments, i int) any {
			n := []int64{0, -1, 255, 256, math.MinInt64, math.MaxInt64}[i%6]
			a.Int(n)
			return n
		},
		func(a *spec.Arguments, i int) any {
			f := []float64{0, 1, -0.5, math.MaxFloat64}[i%4]
			a.Float(f)
			return f
		},
		func(a *spec.Arguments, i int) any {
			a.Add(i%2 == 0)
			return i%2 == 0
		},
	}
	for seed := range 5_000 {
		before, spare, n, texts, numbers := seed%3, seed/3%4, seed/12%11, seed*7%6, seed*5%4
		args, want := make([]any, 0, before+spare), []any{}
		for i := range before {
			args, want = append(args, i), append(want, i)
		}
		var made spec.Arguments
		made.Reset(args, n, texts, numbers)
		for i := range n {
			want = append(want, sorts[(seed>>uint(i%13)^i)%len(sorts)](&made, i))
		}
		have := made.All()
		runtime.KeepAlive(args)
		if seed%100 == 0 {
			runtime.GC()
		}
		if !reflect.DeepEqual(append([]any{}, have...), want) || fmt.Sprint(have...) != fmt.Sprint(want...) {
			t.Fatalf("%d arguments after %d with room for %d, for %d texts and %d numbers: have %v, want %v", n, before, spare, texts, numbers, have, want)
		}
		made.Text("more")
		made.Int(1 << 40)
		made.Float(0.25)
		if !reflect.DeepEqual(append([]any{}, have...), want) || !reflect.DeepEqual(made.All()[len(want):], []any{"more", int64(1 << 40), 0.25}) {
			t.Fatalf("what is added changes what was there: %v", made.All())
		}
	}
	var none spec.Arguments
	none.Text("a")
	none.Int(-1)
	none.Float(1)
	if !reflect.DeepEqual(none.All(), []any{"a", int64(-1), 1.0}) {
		t.Errorf("the zero Arguments: %v", none.All())
	}
}
