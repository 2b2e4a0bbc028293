// Package engines opens real database engines for tests.
//
//	func TestMain(m *testing.M) { engines.Main(m) }
//
//	func TestVisibleRows(t *testing.T) {
//		t.Parallel()
//		db := engines.Postgres(t)
//		// an empty database that is this test's alone
//	}
//
// [SQLite] is compiled in and always there. For [Postgres] and [MariaDB] a
// server is looked for in this order:
//
//  1. The one named by ROLESPEC_POSTGRES_DSN or ROLESPEC_MARIADB_DSN, whose
//     user may create databases. If it cannot be reached the test fails.
//  2. A private one, started from installed programs when the first test asks
//     for it, and shared by the tests of the process. It listens on a Unix
//     socket in a directory of its own, so it meets no other server and no
//     firewall, and it is gone, process and directory, when the process ends,
//     even when that is killed.
//  3. None: the test is skipped and says what to install or to set. If the
//     environment says CI=true or ROLESPEC_REQUIRE_ENGINES=1 it fails instead.
//
// Every call makes a database of its own and drops it when the test ends, which
// costs PostgreSQL some 50 ms: one for each test, not for each case. If a test
// is killed, its database stays behind on a server that was named.
//
// A private server is set up to trip a careless filter, not to please it: it
// sorts text by language rather than by byte, and its time zone is neither UTC
// nor whole hours away from it.
package engines
