package spectest

import (
	"time"

	"github.com/rolespec/rolespec/spec"
)

func (w *World) listLeaf(f spec.Field) spec.Specification {
	choice := w.rand.IntN(5)
	if Stem(f.Name) == "labels" { // a column of jsonb cannot be asked for more
		choice %= 3
	}
	switch choice {
	case 0, 1:
		return spec.Contains(f.Name, w.operand(element(f)))
	case 2:
		values := make([]spec.Value, w.rand.IntN(4))
		for i := range values {
			values[i] = w.operand(element(f))
		}
		return spec.Overlaps(f.Name, values...)
	}
	elements := make([]any, w.rand.IntN(3))
	for i := range elements {
		v := w.operand(element(f))
		if v.Kind() == spec.KindUint { // beyond 64 bits, for which lists have no order in SQL
			v = spec.Of(7)
		}
		if !v.IsNull() {
			elements[i] = v
		}
	}
	op, list := w.comparison(f, spec.OpIn), List(elements...)
	if op == spec.OpIn {
		return spec.In(f.Name, list, one(w.rand, []spec.Value{spec.Null, List()}))
	}
	return spec.NewLeaf(f.Name, op, list)
}

// element is what a list is a list of.
func element(f spec.Field) spec.Field {
	f.List = false
	return f
}

// operand draws a constant for a field: mostly one that rows hold, sometimes
// null, sometimes of a neighbouring kind of number, sometimes between two.
func (w *World) operand(f spec.Field) spec.Value {
	if w.rand.IntN(12) == 0 {
		return spec.Null
	}
	if near := neighbours(f); len(near) > 0 && w.rand.IntN(6) == 0 {
		return one(w.rand, near)
	}
	v, err := spec.ValueOf(one(w.rand, Pool(f)))
	if err != nil { // what a row may hold and a constant may not
		return spec.Null
	}
	return v
}

// neighbours are constants that a field accepts and no row holds as they are.
func neighbours(f spec.Field) []spec.Value {
	switch f.Kind {
	case spec.KindInt, spec.KindUint:
		return []spec.Value{spec.Of(uint64(1 << 63)), spec.Of(3.0), spec.Of(uint64(18446744073709551615)), spec.Of(spec.MustDecimal("7")), spec.Of(-5)}
	case spec.KindFloat:
		return []spec.Value{spec.Of(1), spec.Of(1 << 53), spec.Of(spec.MustDecimal("0.5"))}
	case spec.KindDecimal:
		near := []spec.Value{spec.Of(1), spec.Of(0.1), spec.Of(uint64(1 << 63)), spec.Of(-1.5), spec.Of(1.005)}
		if Stem(f.Name) == "cents" { // between two of what the column can hold
			near = append(near, spec.Of(spec.MustDecimal("-1.005")), spec.Of(spec.MustDecimal("0.001")), spec.Of(spec.MustDecimal("-100.999")))
		}
		return near
	case spec.KindTime:
		return []spec.Value{spec.Of(noon.Add(123 * time.Nanosecond)), spec.Of("2024-07-01T14:00:00+02:00"), spec.Of("2024-07-01T06:30:00-05:30")}
	case spec.KindDate:
		return []spec.Value{spec.Of("2024-06-30"), spec.Of("2024-03-01")}
	case spec.KindUUID:
		return []spec.Value{spec.Of("6BA7B810-9DAD-11D1-80B4-00C04FD430C8"), spec.Of("00000002-0000-1000-8000-000000000000")}
	}
	return nil
}
