//go:build rolespec_safe

package spec

import (
	"reflect"
	"time"
)

// The same as row_unsafe.go and row_read.go by reflection.

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

func (a *access) at(r row) (place, bool) { return follow(a.path, r) }

type table struct {
	rows     reflect.Value
	base     rowBase
	pointers bool
	begin    int
}

func tableOf[T any](base rowBase, rows []T) table {
	return table{rows: reflect.ValueOf(rows), base: base, pointers: base == basePointer}
}

func (b table) from(i int) table {
	b.begin += i
	return b
}

func (b table) row(i int) (row, bool) {
	r := b.rows.Index(b.begin + i)
	if b.pointers {
		return r.Elem(), !r.IsNil()
	}
	return r, true
}

type cells struct {
	table  table
	access *access
}

func (b table) cells(a *access) cells { return cells{b, a} }

func (c cells) at(i uint16) place {
	r, _ := c.table.row(int(i))
	p, _ := c.access.at(r)
	return p
}

func (b *table) has(a *access, i uint16) bool {
	r, _ := b.row(int(i))
	_, ok := a.at(r)
	return ok
}

func readAs[V number](p place) V {
	switch {
	case p.CanInt():
		return V(p.Int())
	case p.CanUint():
		return V(p.Uint())
	case p.CanFloat():
		return V(p.Float())
	}
	return V(b2i(p.Bool()))
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

func readBool(p place) bool                        { return p.Bool() }
func readString(p place) string                    { return p.String() }
func readBytes(p place) []byte                     { return p.Bytes() }
func readTime(p place) time.Time                   { return p.Interface().(time.Time) }
func readOctets(p place) [16]byte                  { return p.Convert(typeUUID).Interface().([16]byte) }
func readMap(r row) map[string]any                 { return r.Convert(typeMap).Interface().(map[string]any) }
func readReflect(_ *column, p place) reflect.Value { return p }

type pointer = any

func pointToText(s string) pointer      { return s }
func pointToNumber(n *uint64) pointer   { return n }
func pointToValues(vs *[]Value) pointer { return vs }
func textAt(p pointer, n int) string    { return p.(string)[:n] }
func numberAt(p pointer) *uint64        { return p.(*uint64) }
func valuesAt(p pointer) *[]Value       { return p.(*[]Value) }

func readField(r row, c *claim) string {
	p, _ := follow(c.path, r)
	return readString(p)
}

func rootedLeaf(l Leaf) *root { return &root{node: l} }
