package spec

import "reflect"

// absent is no row.
var absent row

// children are the related rows of one row.
type children struct {
	family *family
	first  place
	n      int
	listed []any // of a map
}

// childReader returns the related rows of a row, not ok where nobody knows them:
// because a row on the way to them is absent, or because a map has no list there.
type childReader func(row) (children, bool)

// row returns the related row at i, not ok where nobody knows what it is.
func (c *children) row(i int) (row, bool) {
	if c.family != nil {
		return c.family.rowAt(c.first, i)
	}
	m, ok := asMap(c.listed[i])
	if !ok || m == nil {
		return absent, false
	}
	return rowOf(baseMap, &m)
}

// children returns how to read the rows of a relation, their layout, and whether
// there is at most one.
func (c compiler) children(relation string) (read childReader, rows *layout, one bool) {
	if c.layout.base == baseMap {
		if r := c.layout.schema.relation(relation, 0); r != nil {
			return mapChildren(relation, &r.one), &layout{base: baseMap, schema: r.rows()}, r.one
		}
		return mapChildren(relation, nil), c.layout, false
	}
	f, rows := c.layout.family(relation)
	if f.one {
		return f.single, rows, true
	}
	return f.many, rows, false
}

func (f *family) many(r row) (children, bool) {
	p, ok := follow(f.path, r)
	if !ok {
		return children{}, false
	}
	first, n := readRows(p)
	return children{family: f, first: first, n: n}, true
}

func (f *family) single(r row) (children, bool) {
	last := len(f.path) - 1
	parent, ok := follow(f.path[:last], r)
	if !ok {
		return children{}, false
	}
	p, ok := follow(f.path[last:], parent)
	if !ok {
		return children{}, true
	}
	return children{family: f, first: p, n: 1}, true
}

// mapChildren reads the rows of a relation of a map: a list of maps or one map. A
// list that is null or missing may just not have been loaded; one row that is
// declared and missing is absent.
func mapChildren(relation string, one *bool) childReader {
	find := mapFinder(relation)
	return func(r row) (children, bool) {
		v, way := find(readMap(r))
		switch m, isMap := asMap(v); {
		case way != wayOpen:
			return children{}, false
		case v == nil:
			return children{}, one != nil && *one
		case isMap && (one == nil || *one):
			return children{listed: []any{m}, n: 1}, true
		case one != nil && *one:
			return children{}, false
		}
		listed, ok := asList(v)
		return children{listed: listed, n: len(listed)}, ok
	}
}

func asList(v any) ([]any, bool) {
	if list, ok := v.([]any); ok {
		return list, true
	}
	r := reflect.ValueOf(v)
	if r.Kind() != reflect.Slice || !r.Type().Elem().ConvertibleTo(typeMap) {
		return nil, false
	}
	list := make([]any, r.Len())
	for i := range list {
		list[i] = r.Index(i).Interface()
	}
	return list, true
}
