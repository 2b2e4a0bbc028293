package spec

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Scalar is what a value of a specification may be made of. It is closed: nil,
// lists, maps, complex numbers and structs do not compile.
//
// A string is text; []byte is bytes, and null where nil; [16]byte is a UUID; a
// [Variable] is filled in by [Specification.Bind].
type Scalar interface {
	~bool |
		~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 |
		~float32 | ~float64 | ~string | ~[]byte | ~[16]byte |
		time.Time | Date | Decimal | Value | Variable | Reference
}

// Of returns v as a Value. What no engine can hold (NaN, text that is not
// UTF-8, an instant of the year 10000 ...) becomes a value that makes every
// specification built on it an error; see [Specification.Err].
func Of[V Scalar](v V) Value {
	switch x := any(v).(type) {
	case string:
		return stringValue(x)
	case int:
		return intValue(int64(x))
	case int64:
		return intValue(x)
	case bool:
		return boolValue(x)
	case Variable:
		return x.value()
	case Reference:
		return x.value()
	case Value:
		return x
	}
	return constants.reflect(reflect.ValueOf(v))
}

// Nullable returns *v as a Value, and [Null] where v is nil: for a claim that
// may be absent.
func Nullable[V Scalar](v *V) Value {
	if v == nil {
		return Null
	}
	return Of(*v)
}

// ValueOf returns any Go value as a Value: what [Scalar] allows, nil and nil
// pointers (null), pointers, json.Number, sql.Null and its like, slices and
// arrays of these (a list), and encoding.TextMarshaler (its text). Anything else,
// and what [Of] cannot take, is an error.
func ValueOf(v any) (Value, error) {
	value := constantOf(v)
	switch value.kind {
	case kindInvalid:
		return Null, errors.New("spec: " + value.str)
	case kindOther:
		return Null, fmt.Errorf("spec: a %T is no value", v)
	case KindList:
		if value = listValue(value.elements()); value.kind == kindInvalid {
			return Null, errors.New("spec: " + value.str)
		}
	}
	return value, nil
}

// constantOf is ValueOf that tells "something is there" from "unusable".
func constantOf(v any) Value { return constants.of(v) }

// conversion turns Go values into Values. Rows may hold what constants may not,
// at every level, so there are two.
type conversion struct {
	text  func(string) Value
	float func(float64) Value
	time  func(time.Time) Value
	bytes func([]byte) Value
}

var (
	constants = conversion{stringValue, floatValue, timeValue, bytesValue}
	rowValues = conversion{rowText, rowFloat, rowTime, rowBytes}
)

func (c conversion) of(v any) Value {
	switch x := v.(type) {
	case nil:
		return Null
	case string:
		return c.text(x)
	case int64:
		return intValue(x)
	case int:
		return intValue(int64(x))
	case float64:
		return c.float(x)
	case bool:
		return boolValue(x)
	case json.Number:
		return numberValue(string(x))
	case Value:
		return x
	case []Value:
		if x == nil {
			return Null
		}
		elements := slices.Clone(x)
		return Value{kind: KindList, list: &elements}
	}
	return c.reflect(reflect.ValueOf(v))
}

func (c conversion) reflect(v reflect.Value) Value {
	t := v.Type()
	switch t {
	case typeTime:
		return c.time(v.Interface().(time.Time))
	case typeDate:
		return dateValue(v.Interface().(Date))
	case typeDecimal:
		return decimalValue(v.Interface().(Decimal))
	case typeVariable:
		return v.Interface().(Variable).value()
	case typeReference:
		return v.Interface().(Reference).value()
	case typeValue:
		return v.Interface().(Value)
	}
	switch t.Kind() {
	case reflect.Bool:
		return boolValue(v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return intValue(v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return uintValue(v.Uint())
	case reflect.Float32, reflect.Float64:
		return c.float(v.Float())
	case reflect.String:
		return c.text(v.String())
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return Null
		}
		if marshalsByPointer(t) {
			return c.marshaler(v)
		}
		return c.of(v.Elem().Interface())
	case reflect.Slice, reflect.Array:
		return c.sequence(v)
	case reflect.Struct:
		if isNullable(t) {
			if !v.Field(1).Bool() {
				return Null
			}
			return c.of(v.Field(0).Interface())
		}
	}
	return c.marshaler(v)
}

func (c conversion) sequence(v reflect.Value) Value {
	t := v.Type()
	switch {
	case v.Kind() == reflect.Slice && v.IsNil():
		return Null
	case t == typeRawJSON: // bytes by its type only: nobody compares JSON byte for byte
		return otherValue("JSON text")
	case isUUID(t):
		return uuidValue(v.Convert(typeUUID).Interface().([16]byte))
	case t.Implements(typeTextMarshaler):
		return c.marshaler(v)
	case t.Elem().Kind() == reflect.Uint8 && t.Kind() == reflect.Slice:
		return c.bytes(v.Bytes())
	}
	elements := make([]Value, v.Len())
	for i := range elements {
		e := v.Index(i)
		if e.CanAddr() && marshalsByPointer(reflect.PointerTo(e.Type())) {
			e = e.Addr()
		}
		elements[i] = c.of(e.Interface())
	}
	return Value{kind: KindList, list: &elements}
}

func (c conversion) marshaler(v reflect.Value) Value {
	if !v.CanInterface() {
		return otherValue("an object")
	}
	m, ok := v.Interface().(encoding.TextMarshaler)
	if !ok {
		return otherValue("an object")
	}
	text, err := m.MarshalText()
	if err != nil {
		return invalidValue("a value whose MarshalText failed")
	}
	return c.text(string(text))
}

// marshalsByPointer reports whether t is a pointer whose MarshalText its element
// does not have, as *big.Int is. A string or a number is itself all the same.
func marshalsByPointer(t reflect.Type) bool {
	if t.Kind() != reflect.Pointer || !t.Implements(typeTextMarshaler) || t.Elem().Implements(typeTextMarshaler) {
		return false
	}
	switch t.Elem().Kind() {
	case reflect.Struct, reflect.Array, reflect.Slice, reflect.Map:
		return !isUUID(t.Elem())
	}
	return false
}

// numberValue reads a JSON number: an integer exactly, however long, and
// anything else as the nearest float.
func numberValue(text string) Value {
	if !strings.ContainsAny(text, ".eE") {
		d, err := ParseDecimal(text)
		if err != nil {
			return invalidValue("a number of more than 400 digits, or none at all")
		}
		if v, ok := d.integer(); ok {
			return v
		}
		return decimalValue(d)
	}
	f, err := json.Number(text).Float64()
	if err != nil {
		return invalidValue("a number outside the range of a float")
	}
	return floatValue(f)
}

var (
	typeTime          = reflect.TypeFor[time.Time]()
	typeDate          = reflect.TypeFor[Date]()
	typeDecimal       = reflect.TypeFor[Decimal]()
	typeVariable      = reflect.TypeFor[Variable]()
	typeReference     = reflect.TypeFor[Reference]()
	typeValue         = reflect.TypeFor[Value]()
	typeUUID          = reflect.TypeFor[[16]byte]()
	typeRawJSON       = reflect.TypeFor[json.RawMessage]()
	typeMap           = reflect.TypeFor[map[string]any]()
	typeTextMarshaler = reflect.TypeFor[encoding.TextMarshaler]()
)

func isUUID(t reflect.Type) bool {
	return t.Kind() == reflect.Array && t.Len() == 16 && t.Elem().Kind() == reflect.Uint8
}

// isNullable reports whether t is a pair of a value and a bool called Valid:
// sql.NullString, sql.Null[T], uuid.NullUUID, pgtype.Text and their like.
func isNullable(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.NumField() == 2 &&
		t.Field(1).Name == "Valid" && t.Field(1).Type.Kind() == reflect.Bool &&
		t.Field(0).IsExported()
}
