package sqlspec

import (
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

func (q *mariadbCatalogue) column(field string, col *column, _ *live, have *liveColumn) {
	if col.isForPostgres() {
		q.problem(field, onlyPostgres, col.name)
		return
	}
	if !q.declared(field, col.name, have.typ, mariadbTypes(col)) {
		return
	}
	q.labels(field, col, have, catalogued)
	switch kind := col.field.Kind; {
	case col.field.List:
	case have.typ == "bigint" && have.unsigned && (kind == spec.KindInt || col.storage == storageScaled):
		q.problem(field, "column %q is unsigned and can hold more than the field, where conditions stop telling integers apart", col.name)
	case kind == spec.KindString:
		q.characters(field, col, have)
	case kind == spec.KindTime || kind == spec.KindDate:
		q.instants(field, col, have)
	case have.typ == "binary" && have.length != 16:
		q.problem(field, "column %q is of type binary(%d), not binary(16)", col.name, have.length)
	}
	if have.counts && !have.null && q.nullIsNew {
		q.problem(field, "sql_auto_is_null is on and column %q is AUTO_INCREMENT: IsNull finds the row that was stored last", col.name)
	}
}

// characters: in any collation, texts are compared as bytes; but in a character
// set that has not all of Unicode there is no comparing with some of them.
func (q *mariadbCatalogue) characters(field string, col *column, have *liveColumn) {
	wide := slices.Contains([]string{"utf8mb4", "utf16", "utf16le", "utf32"}, have.charset)
	switch {
	case col.binary && have.collation != "utf8mb4_nopad_bin":
		q.problem(field, "column %q has the collation %s, and the option BinaryText says utf8mb4_nopad_bin", col.name, have.collation)
	case !wide && !(len(col.field.Labels) > 0 && isASCII(col.field.Labels)):
		q.problem(field, "column %q is in %s, not utf8mb4: asked about a character it has not, MariaDB answers with an error", col.name, have.charset)
	case col.binary || len(col.field.Labels) > 0 || !q.isPolicy(field):
	case have.collation == "utf8mb4_nopad_bin":
		q.advise(field, "column %q is in the order of bytes: with the option BinaryText an index serves HasPrefix, Under and an order as well", col.name)
	default:
		q.advise(field, "an index of column %q serves equality and In alone: COLLATE utf8mb4_nopad_bin and the option BinaryText let it serve HasPrefix, Under and an order", col.name)
	}
}

func isASCII(labels []string) bool {
	return !slices.ContainsFunc(labels, func(l string) bool { return strings.ContainsFunc(l, func(r rune) bool { return r > 0x7f }) })
}

func (q *mariadbCatalogue) instants(field string, col *column, have *liveColumn) {
	if have.zeroDate {
		q.problem(field, "column %q has a zero date as its default, which IS NULL finds, and no program reads as what it is", col.name)
	} else if q.zeroDates {
		q.advise(field, "zero dates can be stored in column %q, where sql_mode has not both NO_ZERO_DATE and STRICT_TRANS_TABLES: Go's zero time becomes one, and IS NULL finds it", col.name)
	}
	if have.typ == "timestamp" && q.zone != "" {
		q.problem(field, "column %q is a TIMESTAMP, and the time zone of the connection is %s, not UTC", col.name, q.zone)
	}
	if col.field.Kind == spec.KindTime && have.precision < 6 {
		q.advise(field, "column %q keeps %d digits of a second: what a program wrote with more is another instant when it is read", col.name, have.precision)
	}
}

var (
	mariadbIntegers = []string{"tinyint", "smallint", "mediumint", "int", "bigint"}
	mariadbTexts    = []string{"varchar", "tinytext", "text", "mediumtext", "longtext"}
	mariadbBytes    = []string{"varbinary", "tinyblob", "blob", "mediumblob", "longblob"}
)

func mariadbTypes(col *column) types {
	switch {
	case col.field.List: // JSON is longtext
		return types{right: mariadbTexts, fair: append([]string{"char"}, mariadbBytes...)}
	case col.storage == storageScaled:
		return types{right: mariadbIntegers}
	case col.storage == storageBlob:
		return types{right: []string{"binary", "varbinary"}}
	}
	switch col.field.Kind {
	case spec.KindBool, spec.KindInt:
		return types{right: mariadbIntegers}
	case spec.KindUint:
		return types{right: mariadbIntegers, fair: []string{"decimal"}}
	case spec.KindFloat:
		return types{right: []string{"double"}, fair: append([]string{"decimal"}, mariadbIntegers...)}
	case spec.KindDecimal:
		return types{right: []string{"decimal"}, fair: mariadbIntegers}
	case spec.KindBytes:
		return types{right: mariadbBytes}
	case spec.KindTime:
		return types{right: []string{"datetime", "timestamp"}}
	case spec.KindDate:
		return types{right: []string{"date"}}
	case spec.KindUUID:
		return types{right: []string{"uuid"}}
	}
	return types{right: append([]string{"enum"}, mariadbTexts...)}
}
