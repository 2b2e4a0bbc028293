package engines

import (
	"database/sql"
	"net/url"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// sqliteSettings hold for every connection of the pool: writers wait for one
// another instead of failing, and nothing waits for the disk.
var sqliteSettings = url.Values{
	"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(OFF)", "foreign_keys(ON)"},
	"_txlock": {"immediate"},
}

// SQLite returns an empty SQLite database that is gone when the test ends.
//
// It is a file and not in memory, where every connection of a pool would see a
// database of its own.
func SQLite(tb testing.TB) *sql.DB {
	tb.Helper()
	return open(tb, "sqlite", filepath.Join(tb.TempDir(), "test.db")+"?"+sqliteSettings.Encode())
}
