//go:build !rolespec_safe

package spec

import (
	"reflect"
	"time"
	"unsafe"
)

// This file and row_safe.go are the only ones that touch the memory of a row.
//
// Why this is safe: a row is the address of a variable of the type that the
// layout was made from, kept alive by the caller's pointer. A path holds the
// offsets that reflect reports for that type, and follows a pointer only where
// the type has a pointer and only when it is not nil. What lies at the end is
// read as the basic type that its reflect.Kind says it is laid out as. Nothing
// is written. The build tag rolespec_safe replaces this file by reflection, with
// the same results.

type (
	row   = unsafe.Pointer
	place = unsafe.Pointer
)

// rowOf returns the row behind r, not ok where there is none.
func rowOf[T any](base rowBase, r *T) (row, bool) {
	p := unsafe.Pointer(r)
	if base == basePointer && p != nil {
		p = *(*unsafe.Pointer)(p)
	}
	return p, p != nil
}

// follow walks a path, not ok where something on it is null.
func follow(path []step, r row) (place, bool) {
	for i := range path {
		st := &path[i]
		if st.flag && !*(*bool)(unsafe.Add(r, st.valid)) {
			return nil, false
		}
		r = unsafe.Add(r, st.offset)
		if st.deref {
			if r = *(*unsafe.Pointer)(r); r == nil {
				return nil, false
			}
		}
	}
	return r, true
}

// readRows returns where the elements of a slice of any type begin, and how many
// there are: the headers of all slices are laid out alike.
func readRows(p place) (first place, n int) {
	header := *(*[]struct{})(p)
	return unsafe.Pointer(unsafe.SliceData(header)), len(header)
}

// rowAt returns an element of such a slice, not ok where it is a nil pointer. One
// row is where it is.
func (f *family) rowAt(first place, i int) (row, bool) {
	if f.one {
		return first, true
	}
	p := unsafe.Add(first, uintptr(i)*f.size)
	if f.pointers {
		p = *(*unsafe.Pointer)(p)
	}
	return p, p != nil
}

func readBool(p place) bool        { return *(*bool)(p) }
func readString(p place) string    { return *(*string)(p) }
func readBytes(p place) []byte     { return *(*[]byte)(p) }
func readTime(p place) time.Time   { return *(*time.Time)(p) }
func readOctets(p place) [16]byte  { return *(*[16]byte)(p) }
func readMap(r row) map[string]any { return *(*map[string]any)(r) }
func readInt64(p place) int64      { return *(*int64)(p) }
func readInt32(p place) int64      { return int64(*(*int32)(p)) }
func readInt16(p place) int64      { return int64(*(*int16)(p)) }
func readInt8(p place) int64       { return int64(*(*int8)(p)) }
func readUint64(p place) uint64    { return *(*uint64)(p) }
func readUint32(p place) uint64    { return uint64(*(*uint32)(p)) }
func readUint16(p place) uint64    { return uint64(*(*uint16)(p)) }
func readUint8(p place) uint64     { return uint64(*(*uint8)(p)) }
func readFloat64(p place) float64  { return *(*float64)(p) }
func readFloat32(p place) float64  { return float64(*(*float32)(p)) }
func readReflect(c *column, p place) reflect.Value {
	return reflect.NewAt(c.typ, p).Elem()
}
