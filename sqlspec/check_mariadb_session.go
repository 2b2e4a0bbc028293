package sqlspec

import (
	"database/sql"
	"strings"
)

// connection looks at the settings that were seen to change what the conditions
// find, wherever the table is such that they do.
func (q *mariadbCatalogue) connection() bool {
	if version := q.text("SELECT VERSION()"); q.err == nil && !strings.Contains(version, "MariaDB") {
		q.problem("", "the server is of version %s, which is not MariaDB: conditions are exact in MariaDB alone", version)
		return false
	}
	var modes, flags, zone string
	var client, connection, results string
	var limited, utc bool
	q.rows(func(r *sql.Rows) error {
		return r.Scan(&modes, &flags, &zone, &client, &connection, &results, &q.nullIsNew, &limited, &utc)
	}, `SELECT @@sql_mode, @@default_regex_flags, @@time_zone, @@character_set_client, @@character_set_connection,
		ifnull(@@character_set_results, 'utf8mb4'), @@sql_auto_is_null, @@sql_select_limit < 18446744073709551615,
		UNIX_TIMESTAMP('2024-01-01 00:00:00') = 1704067200 AND UNIX_TIMESTAMP('2024-07-01 00:00:00') = 1719792000`)
	if q.err != nil {
		return false
	}
	for _, s := range [...][2]string{{"client", client}, {"connection", connection}, {"results", results}} {
		if s[1] != "utf8mb4" {
			q.problem("", "character_set_%s is %s, not utf8mb4: some texts arrive as others", s[0], s[1])
		}
	}
	if strings.Contains(modes, "EMPTY_STRING_IS_NULL") {
		q.problem("", "sql_mode has EMPTY_STRING_IS_NULL: no row is found by the empty text")
	}
	if limited {
		q.problem("", "sql_select_limit is set: a SELECT shows some of the rows")
	}
	q.extended = strings.Contains(flags, "EXTENDED")
	q.zeroDates = !strings.Contains(modes, "NO_ZERO_DATE") || !strings.Contains(modes, "STRICT_")
	if !utc {
		q.zone = zone
	}
	return true
}
