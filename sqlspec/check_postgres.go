package sqlspec

import (
	"database/sql"
	"encoding/json"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// postgresCatalogue reads pg_catalog, and resolves names as a FROM does.
type postgresCatalogue struct{ *checker }

// connection looks at the settings that were seen to change what the conditions
// find.
func (q *postgresCatalogue) connection() bool {
	if encoding := q.text("SHOW server_encoding"); q.err == nil && encoding != "UTF8" {
		q.problem("", "the database is encoded in %s, not UTF8: asked about a character it has not, it answers with an error", encoding)
	}
	if encoding := q.text("SHOW client_encoding"); q.err == nil && encoding != "UTF8" {
		q.problem("", "client_encoding is %s, not UTF8: texts arrive as others", encoding)
	}
	if q.text("SHOW standard_conforming_strings") == "off" {
		q.problem("", "standard_conforming_strings is off: a client that writes arguments into the text writes others")
	}
	if q.text("SHOW array_nulls") == "off" {
		q.problem("", "array_nulls is off: a null in a list is the text NULL, and NotIn shows what it has to hide")
	}
	return true
}

func (q *postgresCatalogue) read(name []string) *live {
	l := &live{}
	var oid string
	q.rows(func(r *sql.Rows) error {
		l.exists = true
		return r.Scan(&oid, &l.view)
	}, `SELECT oid::text, relkind IN ('v', 'f') FROM pg_class WHERE oid = to_regclass($1) AND relkind IN ('r', 'p', 'v', 'm', 'f')`, quote(name...))
	if !l.exists {
		return l
	}
	q.rows(func(r *sql.Rows) error {
		var c liveColumn
		var labels string
		if err := r.Scan(&c.name, &c.null, &c.oid, &c.typ, &c.element, &c.precision, &c.collation, &c.folds, &labels); err != nil {
			return err
		}
		c.typ, c.collation = strings.ReplaceAll(c.typ, `"`, ""), strings.ReplaceAll(c.collation, `"`, "") // which quote_all_identifiers adds
		l.add(&c)
		return json.Unmarshal([]byte(labels), &c.labels)
	}, postgresColumns, oid)
	q.rows(func(r *sql.Rows) error {
		var i liveIndex
		var first bool
		var column string
		err := r.Scan(&first, &i.kind, &i.unique, &column, &i.foreign)
		l.addIndex(i, first, column)
		return err
	}, postgresIndexes, oid)
	return l
}

// postgresColumns looks through domains, to what is below them.
const postgresColumns = `SELECT a.attname::text, NOT a.attnotnull AND c.relkind NOT IN ('v', 'f'), a.atttypid::text, format_type(base.oid, NULL),
		CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE 0 END::text,
		CASE WHEN t.typname IN ('timestamp', 'timestamptz') AND base.typmod >= 0 THEN base.typmod ELSE 6 END,
		CASE WHEN a.attcollation = 0 THEN '' ELSE a.attcollation::regcollation::text END, NOT coalesce(co.collisdeterministic, true) OR t.typname = 'citext',
		(SELECT coalesce(json_agg(e.enumlabel ORDER BY e.enumsortorder), '[]')::text FROM pg_enum e WHERE e.enumtypid IN (base.oid, t.typelem))
	FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
	JOIN LATERAL (WITH RECURSIVE below(oid, typmod, depth) AS (SELECT a.atttypid, a.atttypmod, 0
			UNION ALL SELECT d.typbasetype, d.typtypmod, depth + 1 FROM below JOIN pg_type d ON d.oid = below.oid WHERE d.typtype = 'd')
		SELECT oid, typmod FROM below ORDER BY depth DESC LIMIT 1) base ON true
	JOIN pg_type t ON t.oid = base.oid LEFT JOIN pg_collation co ON co.oid = a.attcollation
	WHERE a.attrelid = $1::text::oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum`

const postgresIndexes = `SELECT k.n = 1, am.amname::text, i.indisunique AND i.indpred IS NULL, coalesce(a.attname::text, ''), coalesce(i.indcollation[k.n - 1] <> a.attcollation, false)
	FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am am ON am.oid = c.relam
	CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, n)
	LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
	WHERE i.indrelid = $1::text::oid AND i.indisvalid AND k.n <= i.indnkeyatts ORDER BY i.indexrelid, k.n`

func (q *postgresCatalogue) whole(t *Table, _ *live) {
	for _, c := range t.columns {
		if !c.field.List {
			continue
		}
		if limit := q.text("SHOW gin_fuzzy_search_limit"); q.err == nil && limit != "0" {
			q.problem("", "gin_fuzzy_search_limit is %s: an index of lists finds some of the rows", limit)
		}
		return
	}
}

func (q *postgresCatalogue) column(field string, col *column, _ *live, have *liveColumn) {
	q.typed(field, col, have)
	if have.folds && have.typ != "citext" {
		q.problem(field, "column %q has the nondeterministic collation %s", col.name, have.collation)
	}
	if col.field.Kind == spec.KindTime && have.precision < 6 {
		q.advise(field, "column %q keeps %d digits of a second: what a program wrote with more is another instant when it is read", col.name, have.precision)
	}
	q.labels(field, col, have, func(label string) string { return label })
}

// serves: what looks into a list needs one of the kinds of index made for that.
func (q *postgresCatalogue) serves(col *column, _ *liveColumn, i liveIndex) bool {
	if col.field.List {
		return i.kind == "gin" || i.kind == "gist"
	}
	return !i.foreign
}
