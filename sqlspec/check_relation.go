package sqlspec

import "strings"

// relation looks at the keys that lead from a table to another, and names what
// it finds after the relation.
func (c *checker) relation(near *live, name string, r *relation) {
	other, keys := near, r.keys
	if r.table != nil {
		other = c.live(r.table.name)
	}
	if r.link != "" {
		link := c.live(strings.Split(r.link, "."))
		switch {
		case c.err != nil:
			return
		case !link.exists:
			c.problem(name, "the database has no table or view %q, which leads there", link.name)
			return
		case !c.keys(name, near, link, keys):
			return
		}
		c.indexed(name, link, keys)
		near, keys = link, r.far
	}
	if c.err != nil || !other.exists || !c.keys(name, near, other, keys) { // a missing table is a finding of its own
		return
	}
	switch columns := keys.farColumns(); {
	case !r.one:
		c.indexed(name, other, keys)
	case other.view:
		c.advise(name, "%q is a view: nothing says that one row at most has the key %s", other.name, listed(columns))
	case !other.isUnique(columns):
		c.problem(name, "nothing says that one row of %q at most has the key %s: of many, any one would count", other.name, listed(columns))
	}
}

// keys reports whether the columns are there, and looks at how they compare.
func (c *checker) keys(name string, near, far *live, keys Keys) bool {
	there := true
	for _, k := range keys {
		a, b := near.column(k.near), far.column(k.far)
		for _, end := range []struct {
			table  *live
			column string
			have   *liveColumn
		}{{near, k.near, a}, {far, k.far, b}} {
			if end.have == nil {
				c.problem(name, "its key is column %q of %q, which is not there", end.column, end.table.name)
				there = false
			}
		}
		if a == nil || b == nil {
			continue
		}
		problem, advice := c.engine.differ(a, b)
		if problem != "" {
			c.problem(name, "its keys %q of %q and %q of %q %s", k.near, near.name, k.far, far.name, problem)
		} else if advice != "" {
			c.advise(name, "its keys %q of %q and %q of %q %s", k.near, near.name, k.far, far.name, advice)
		}
	}
	return there
}

// indexed: every row that is asked about its relation has to find the key there.
func (c *checker) indexed(name string, l *live, keys Keys) {
	if columns := keys.farColumns(); !l.view && !l.leads(columns) {
		c.advise(name, "no index of %q begins with the key %s", l.name, listed(columns))
	}
}

func (k Keys) farColumns() (columns []string) {
	for _, key := range k {
		columns = append(columns, key.far)
	}
	return columns
}

// listed writes names for people.
func listed(names []string) string { return `"` + strings.Join(names, `", "`) + `"` }
