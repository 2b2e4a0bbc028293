//go:build rolespec_safe

package spec

import (
	"reflect"
	"time"
)

// The same as row_unsafe.go by reflection.

type (
	row   = reflect.Value
	place = reflect.Value
)

func rowOf[T any](base rowBase, r *T) (row, bool) {
	if r == nil {
		return row{}, false
	}
	v := reflect.ValueOf(r).Elem()
	if base == basePointer {
		if v.IsNil() {
			return row{}, false
		}
		v = v.Elem()
	}
	return v, true
}

func follow(path []step, r row) (place, bool) {
	for i := range path {
		st := &path[i]
		if st.flag && !r.FieldByName("Valid").Bool() {
			return place{}, false
		}
		r = r.Field(st.index)
		if st.deref {
			if r.IsNil() {
				return place{}, false
			}
			r = r.Elem()
		}
	}
	return r, true
}

func readRows(p place) (first place, n int) { return p, p.Len() }

func (f *family) rowAt(first place, i int) (row, bool) {
	if f.one {
		return first, true
	}
	r := first.Index(i)
	if f.pointers {
		if r.IsNil() {
			return row{}, false
		}
		r = r.Elem()
	}
	return r, true
}

func readBool(p place) bool        { return p.Bool() }
func readString(p place) string    { return p.String() }
func readBytes(p place) []byte     { return p.Bytes() }
func readTime(p place) time.Time   { return p.Interface().(time.Time) }
func readOctets(p place) [16]byte  { return p.Convert(typeUUID).Interface().([16]byte) }
func readMap(r row) map[string]any { return r.Convert(typeMap).Interface().(map[string]any) }
func readInt64(p place) int64      { return p.Int() }
func readInt32(p place) int64      { return p.Int() }
func readInt16(p place) int64      { return p.Int() }
func readInt8(p place) int64       { return p.Int() }
func readUint64(p place) uint64    { return p.Uint() }
func readUint32(p place) uint64    { return p.Uint() }
func readUint16(p place) uint64    { return p.Uint() }
func readUint8(p place) uint64     { return p.Uint() }
func readFloat64(p place) float64  { return p.Float() }
func readFloat32(p place) float64  { return p.Float() }

func readReflect(_ *column, p place) reflect.Value { return p }
