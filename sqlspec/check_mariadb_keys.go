package sqlspec

import (
	"fmt"
	"slices"
	"strings"
)

// mariadbFamilies are types that compare with each other as they should; every
// other type does so with itself alone.
var mariadbFamilies = map[string][]string{
	"numbers": append([]string{"decimal"}, mariadbIntegers...),
	"texts":   append([]string{"char", "enum"}, mariadbTexts...),
	"bytes":   append([]string{"binary", "uuid"}, mariadbBytes...),
	"dates":   {"date", "datetime"},
}

func mariadbFamily(typ string) string {
	for family, types := range mariadbFamilies {
		if slices.Contains(types, typ) {
			return family
		}
	}
	return typ
}

func (q *mariadbCatalogue) differ(near, far *liveColumn) (problem, advice string) {
	family := mariadbFamily(near.typ)
	switch {
	case family != mariadbFamily(far.typ):
		return fmt.Sprintf("are of types %s and %s, which are converted to be compared", near.typ, far.typ), ""
	case family == "bytes" && (near.isFilled() || far.isFilled()) && near.octets() != far.octets():
		return fmt.Sprintf("are of types %s and %s for %d and %d bytes, of which one is filled up with zeros", near.typ, far.typ, near.octets(), far.octets()), ""
	case family != "texts":
		return "", ""
	case near.collation == far.collation && near.folds:
		return "", "have the collation " + near.collation + ", so that different texts can be equal"
	case near.collation == far.collation:
		return "", ""
	case mix(near, far):
		return "", "have the collations " + near.collation + " and " + far.collation + ", and are compared by one, for which an index of the other does not serve"
	}
	return "have the collations " + near.collation + " and " + far.collation + ", which MariaDB does not compare", ""
}

// isFilled reports whether a column of bytes fills up what is shorter.
func (c *liveColumn) isFilled() bool { return c.typ == "binary" || c.typ == "uuid" }

func (c *liveColumn) octets() int {
	if c.typ == "uuid" {
		return 16
	}
	return c.length
}

// mix reports whether MariaDB finds a collation for both. Of one character set,
// it is the one in the order of bytes, if one alone is; of two, it is that of the
// one which has all of Unicode, if there is no doubt which.
func mix(a, b *liveColumn) bool {
	x, y := unicodeForm(a.charset), unicodeForm(b.charset)
	switch {
	case a.charset == b.charset:
		return strings.HasSuffix(a.collation, "_bin") != strings.HasSuffix(b.collation, "_bin")
	case a.charset == "ascii" || b.charset == "ascii":
		return true
	case x == "" || y == "":
		return x != y
	}
	return x == "utf8" && y == "utf8"
}

// unicodeForm is empty for a character set that has a part of Unicode.
func unicodeForm(charset string) string {
	switch charset {
	case "utf8mb3", "utf8mb4":
		return "utf8"
	case "ucs2", "utf16", "utf16le", "utf32":
		return charset
	}
	return ""
}
