//go:build !rolespec_safe

package spec

import (
	"reflect"
	"unsafe"
)

// This file is the only one that touches memory by address.
//
// Why this is safe: a row is the address of a variable of the type that the layout was
// made from, or of an element of a slice of them, kept alive by the caller's pointer or
// slice. A path holds the offsets that reflect reports for that type, and follows a
// pointer only where the type has a pointer and only when it is not nil. What lies at
// the end is read as the basic type that its reflect.Kind says it is laid out as. Rows
// of a table are as far apart as their type is large, and none is asked for that is not
// there. A pointer of a core is read as what its core says that it was made of. An
// interface is two words, a table or type and where the value lies. Nothing that is
// there already is written. The build tag rolespec_safe replaces this file by
// row_safe.go, with the same results.

type (
	row     = unsafe.Pointer
	place   = unsafe.Pointer
	pointer = unsafe.Pointer // to the bytes of a text, a number, or values: see core
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

// at leads to the column of a row, not ok where the column is null.
func (a *access) at(r row) (place, bool) {
	if a.direct {
		return unsafe.Add(r, a.offset), true
	}
	return follow(a.path, r)
}

// table is rows side by side, as those of a slice are, or pointers to them.
type table struct {
	first    unsafe.Pointer
	size     uintptr
	pointers bool
}

func tableOf[T any](base rowBase, rows []T) table {
	return table{unsafe.Pointer(unsafe.SliceData(rows)), unsafe.Sizeof(*new(T)), base == basePointer}
}

// from returns the rows from number i on.
func (b table) from(i int) table {
	return table{unsafe.Add(b.first, uintptr(i)*b.size), b.size, b.pointers}
}

// row returns a row of the table, not ok where it is a nil pointer.
func (b table) row(i int) (row, bool) {
	p := unsafe.Add(b.first, uintptr(i)*b.size)
	if b.pointers {
		p = *(*unsafe.Pointer)(p)
	}
	return p, p != nil
}

// cells is a column of a table in which no row is nil, in as many fields as the compiler
// keeps in registers.
type cells struct {
	first  unsafe.Pointer
	size   uintptr
	deref  bool
	offset uintptr // behind the pointer
}

// cells returns the column at the end of a way that is read in blocks.
func (b table) cells(a *access) cells {
	if a.deref || b.pointers { // and then a.pointer is 0
		return cells{unsafe.Add(b.first, a.pointer), b.size, true, a.offset}
	}
	return cells{unsafe.Add(b.first, a.offset), b.size, false, 0}
}

// at returns where a value is; it must be there.
func (c cells) at(i uint16) place {
	p := unsafe.Add(c.first, uintptr(i)*c.size)
	if c.deref {
		p = unsafe.Add(*(*unsafe.Pointer)(p), c.offset)
	}
	return p
}

// has reports whether there is a value of the column in a row, which must be there.
func (b *table) has(a *access, i uint16) bool {
	p, _ := b.row(int(i))
	if a.deref {
		if p = *(*unsafe.Pointer)(unsafe.Add(p, a.pointer)); p == nil {
			return false
		}
	}
	return !a.flag || *(*bool)(unsafe.Add(p, a.valid))
}

// load reads what lies at a place, which must be laid out as V is.
func load[V any](p place) V                           { return *(*V)(p) }
func loadAt[V any](r row, offset uintptr) V           { return *(*V)(unsafe.Add(r, offset)) }
func start[V any](s []V) place                        { return unsafe.Pointer(unsafe.SliceData(s)) }
func reflectAt(t reflect.Type, p place) reflect.Value { return reflect.NewAt(t, p).Elem() }

func pointToText(s string) pointer      { return unsafe.Pointer(unsafe.StringData(s)) }
func pointToNumber(n *uint64) pointer   { return unsafe.Pointer(n) }
func pointToValues(vs *[]Value) pointer { return unsafe.Pointer(vs) }
func textAt(p pointer, n int) string    { return unsafe.String((*byte)(p), n) }

func numberAt(p pointer) *uint64  { return (*uint64)(p) }
func valuesAt(p pointer) *[]Value { return (*[]Value)(p) }

// put makes an interface of the value at p, which is of the type of the one in to.
func put[I any](to *I, p pointer) { (*[2]unsafe.Pointer)(unsafe.Pointer(to))[1] = p }
func pointTo[V any](v *V) pointer { return unsafe.Pointer(v) }
