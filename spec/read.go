package spec

import (
	"database/sql/driver"
	"math"
	"reflect"
	"strings"
	"time"
)

// at leads to the column of a row, not ok where the column is null.
func (c *column) at(r row) (place, bool) { return follow(c.path, r) }

// value reads the column of a row as a Value, whatever its form.
func (c *column) value(r row) Value {
	p, ok := c.at(r)
	if !ok {
		return Null
	}
	switch c.form {
	case formBool:
		return boolValue(readBool(p))
	case formInt:
		return intValue(int64(widthOf(c).read(p)))
	case formUint:
		return uintValue(widthOf(c).read(p))
	case formFloat:
		return rowFloat(widthOf(c).readFloat(p))
	case formString:
		return rowText(readString(p))
	case formBytes:
		return rowBytes(readBytes(p))
	case formTime:
		return rowTime(readTime(p))
	case formOctets:
		return uuidValue(readOctets(p))
	case formValuer:
		return c.field.row(valuerValue(readReflect(c, p)))
	case formReflect:
	}
	v := readReflect(c, p)
	if v.CanAddr() && marshalsByPointer(reflect.PointerTo(c.typ)) {
		v = v.Addr()
	}
	return c.field.row(rowValue(v.Interface()))
}

// valuerValue asks a driver.Valuer. A nil one is null, and is not asked.
func valuerValue(v reflect.Value) Value {
	if (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) && v.IsNil() {
		return Null
	}
	valuer, ok := v.Interface().(driver.Valuer)
	if !ok {
		return invalidValue("no driver.Valuer")
	}
	value, err := valuer.Value()
	if err != nil {
		return invalidValue("a value whose Value method failed")
	}
	return rowValue(value)
}

// row brings a value that a row holds to the kind of its field. One that does
// not fit is there, so it is not null, and compares with nothing.
func (f Field) row(v Value) Value {
	if !v.isUsable() {
		return v
	}
	if f.List && v.kind == KindList {
		return rowList(v, f.Kind)
	}
	w, reason := Field{Kind: f.Kind, List: f.List}.whole(v)
	if reason != "" {
		return otherValue(reason)
	}
	return w
}

// rowList converts the elements; one that does not fit is there and equals
// nothing.
func rowList(v Value, kind Kind) Value {
	elements := v.List()
	for i, e := range elements {
		w, reason := convert(e, kind)
		if reason != "" {
			w = otherValue(reason)
		}
		elements[i] = w
	}
	return Value{kind: KindList, list: &elements}
}

// rowValue returns what a row holds as a Value.
func rowValue(v any) Value { return rowValues.of(v) }

// rowText takes texts of any length and content.
func rowText(s string) Value { return Value{kind: KindString, str: s} }

// rowFloat takes infinities, which order as IEEE 754 and every engine say. Not a
// number is there, and compares with nothing.
func rowFloat(f float64) Value {
	if math.IsNaN(f) {
		return otherValue("not a number")
	}
	if f == 0 {
		f = 0
	}
	return Value{kind: KindFloat, num: math.Float64bits(f)}
}

// rowTime takes the zero time, which a database stores as the year 1.
func rowTime(t time.Time) Value {
	if !isStorable(t) {
		return invalidValue("an instant outside the years 1 to 9999")
	}
	return Value{kind: KindTime, num: uint64(t.UnixMicro())}
}

// The first second of the year 1 and the last of the year 9999.
const firstSecond, lastSecond = -62135596800, 253402300799

func isStorable(t time.Time) bool { return t.Unix() >= firstSecond && t.Unix() <= lastSecond }

func rowBytes(b []byte) Value {
	if b == nil {
		return Null
	}
	return Value{kind: KindBytes, str: string(b)}
}

// mapReader returns how to read a field of a map.
func mapReader(field string, declared *Field) func(row) Value {
	find := mapFinder(field)
	return func(r row) Value {
		switch v, way := find(readMap(r)); way {
		case wayOpen:
			return declaredValue(v, declared)
		case wayAbsent:
			return Null
		case wayTwofold:
			return invalidValue("both a key of the whole name and a nested one")
		}
		return invalidValue("no map on the way to the field")
	}
}

// way is how a path through maps ends.
type way uint8

const (
	wayOpen    way = iota // at a value, which is nil where the key is missing
	wayAbsent             // a map on the way is nil or missing
	wayTwofold            // at two values
	wayBlocked            // at something that is no map
)

// mapFinder returns how to find what a path leads to. A key of the whole name is
// taken if nothing nested could be meant; else a dot leads into a map.
func mapFinder(path string) func(map[string]any) (any, way) {
	keys := strings.Split(path, ".")
	return func(m map[string]any) (any, way) {
		if v, ok := m[path]; ok && len(keys) > 1 { // a key with a dot in it
			if _, nested := m[keys[0]]; nested {
				return nil, wayTwofold
			}
			return v, wayOpen
		}
		for _, key := range keys[:len(keys)-1] {
			next, ok := asMap(m[key])
			if !ok {
				return nil, wayBlocked
			}
			if m = next; m == nil {
				return nil, wayAbsent
			}
		}
		return m[keys[len(keys)-1]], wayOpen
	}
}

func declaredValue(v any, declared *Field) Value {
	if declared != nil {
		return declared.row(rowValue(v))
	}
	return rowValue(v)
}

// asMap returns nil for what is missing. A named map type is a map as well.
func asMap(v any) (m map[string]any, ok bool) {
	switch x := v.(type) {
	case nil:
		return nil, true
	case map[string]any:
		return x, true
	}
	if r := reflect.ValueOf(v); r.Kind() == reflect.Map && r.CanConvert(typeMap) {
		return r.Convert(typeMap).Interface().(map[string]any), true
	}
	return nil, false
}
