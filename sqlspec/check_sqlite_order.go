package sqlspec

import (
	"database/sql"
	"encoding/json"
	"strings"
)

// samples are texts that the collations people use tell apart from bytes.
var samples = []string{"a", "A", "a ", "b", "B", "z", "ß", "ss", "á", "a\u0301", "😀"}

// How the samples compare, each with each, byte for byte and but for the case of
// the letters of ASCII.
var (
	binaryOrder = orderOf(func(s string) string { return s })
	noCaseOrder = orderOf(lowerASCII)
)

func orderOf(seen func(string) string) string {
	var b strings.Builder
	for _, x := range samples {
		for _, y := range samples {
			b.WriteByte("<=>"[strings.Compare(seen(x), seen(y))+1])
		}
	}
	return b.String()
}

// order is how the samples compare in a column. No pragma tells its collation,
// but a column of a subquery inherits it, and no row has to be read for that.
func (q *sqliteCatalogue) order(l *live, have *liveColumn) string {
	if have.collation != "" {
		return have.collation
	}
	list, err := json.Marshal(samples)
	if err != nil { // no string fails
		q.err = err
		return ""
	}
	var b strings.Builder
	column := quote(have.name)
	q.rows(func(r *sql.Rows) error {
		var sign string
		err := r.Scan(&sign)
		b.WriteString(sign)
		return err
	}, "SELECT CASE WHEN a.c < b.value THEN '<' WHEN a.c = b.value THEN '=' ELSE '>' END FROM (SELECT "+column+
		" AS c, 0 AS n FROM "+quote(l.path...)+" WHERE 0 UNION ALL SELECT value, key FROM json_each(?1)) AS a, json_each(?1) AS b ORDER BY a.n, b.key", string(list))
	have.collation = b.String()
	return have.collation
}

// differ: as it compares, SQLite converts the text of the one to a number where
// the other has the affinity of numbers.
func (q *sqliteCatalogue) differ(near, far *liveColumn) (problem, advice string) {
	a, b := keyAffinity(near), keyAffinity(far)
	switch {
	case a != b:
		return "have the affinities " + a + " and " + b + ": one of them is converted, or they are never equal", ""
	case a != "TEXT":
		return "", ""
	case q.order(near.in, near) != q.order(far.in, far):
		return "have different collations, of which that of the first counts", ""
	case near.collation != binaryOrder:
		return "", "have a collation that is not BINARY, so that different texts can be equal"
	}
	return "", ""
}

// keyAffinity takes NUMERIC for INTEGER, which does the same.
func keyAffinity(c *liveColumn) string {
	if is := affinityOf(c.typ); is != "NUMERIC" {
		return is
	}
	return "INTEGER"
}
