package sqlspectest

import (
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
)

// linked are the links of relations, from both ends.
type linked struct {
	from, to map[string]map[int64]int64
}

func linksOf(tables spectest.Tables) linked {
	l := linked{map[string]map[int64]int64{}, map[string]map[int64]int64{}}
	for name, links := range tables.Links {
		l.from[name], l.to[name] = map[int64]int64{}, map[int64]int64{}
		for _, link := range links {
			l.from[name][link.From] = link.To
			l.to[name][link.To] = link.From
		}
	}
	return l
}

// nobody is an id that no row has.
const nobody = -1

// relation adds the columns that hold two tables together, or the table between
// them, and returns what the table has to be told of it.
func (d *database) relation(at string, r spec.Relation, near, far *table, other *sqlspec.Table) sqlspec.Option {
	name, id := spectest.LinkName(at, r), d.storage.types[spec.KindInt]
	column := "ref " + r.Name
	switch {
	case r.One: // a row that is absent: no key, or one that no row has
		near.addKey(column, id, func(row spectest.Row) any {
			to, ok := d.links.from[name][spectest.ID(row)]
			switch {
			case ok:
				return to
			case spectest.ID(row)%2 == 0:
				return int64(nobody)
			}
			return nil
		})
		return sqlspec.ToOne(r.Name, other, sqlspec.On(column, "id"))
	case spectest.IsLink(r.Name):
		link := newTable()
		link.addKey("from", id, func(row spectest.Row) any { return row["from"] })
		link.addKey("to", id, func(row spectest.Row) any { return row["to"] })
		d.tables = append(d.tables, link)
		d.stores = append(d.stores, func(tables spectest.Tables) (*table, []spectest.Row) {
			return link, linkRows(tables.Links[name])
		})
		return sqlspec.ManyToMany(r.Name, other, link.called, sqlspec.On("id", "from"), sqlspec.On("to", "id"))
	}
	far.addKey(column, id, func(row spectest.Row) any {
		if from, ok := d.links.to[name][spectest.ID(row)]; ok {
			return from
		}
		return nil
	})
	return sqlspec.ToMany(r.Name, other, sqlspec.On("id", column))
}

// linkRows are the rows of a table between two: some twice, which changes nothing,
// and some that lead nowhere.
func linkRows(links []spectest.Link) (rows []spectest.Row) {
	for i, l := range links {
		rows = append(rows, spectest.Row{"from": l.From, "to": l.To})
		if i%3 == 0 {
			rows = append(rows, spectest.Row{"from": l.From, "to": l.To}, spectest.Row{"from": l.From, "to": int64(nobody)}, spectest.Row{"from": nil, "to": l.To})
		}
	}
	return rows
}
