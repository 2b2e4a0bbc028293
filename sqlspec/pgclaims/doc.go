// Package pgclaims tells PostgreSQL who is asking, for one transaction, so that row
// level security shows the rows of that caller and of nobody else.
//
//	err := pgclaims.Run(ctx, pool, claims, func(tx pgx.Tx) error {
//		_, err := tx.Exec(ctx, "UPDATE tasks SET done = true WHERE id = $1", id)
//		return err
//	})
//
//	rows, err := pgclaims.Query(ctx, pool, claims, "SELECT id, title FROM tasks")
//
// The claims are what encoding/json makes of the payload, in the setting [Setting].
// A policy reads them there:
//
//	ALTER TABLE tasks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
//	CREATE POLICY own ON tasks USING (account =
//		(SELECT NULLIF(current_setting('rolespec.claims', true), '')::jsonb ->> 'account'));
//
// Each part of that expression is needed. With true a setting that is absent is
// null and not an error. NULLIF is there because after the first transaction that
// had claims, a connection has the empty text where there was nothing, and that is no
// JSON. In a subquery it is computed once for the statement, and not for each row.
//
// # What is forgotten shows nothing
//
// The claims end with the transaction, in whichever way it ends, so a connection that
// goes back to a pool has none. A statement that is run without this package meets a
// null, and no row. Nothing is ever set for a session: do not do so elsewhere either,
// nor with ALTER ROLE or ALTER DATABASE, for that is who a forgotten call would be.
//
// # What it costs
//
//	Run     no round trip more than a transaction without claims
//	Query   one round trip for all: the claims, the statement, the commit
//	RunSQL  one more than a transaction without claims
//
// Query has no BEGIN and COMMIT to send, since PostgreSQL makes one transaction of
// what comes before one Sync of its extended protocol. Only where pgx is told to use the
// simple protocol there are both. A pooler before the server has to keep together what
// belongs to one Sync, as those do that give a server back when it is idle; one that
// sends each statement to a server of its choice shows no row. Use [Run] with such.
//
// On an indexed table of 1,000,000 rows, on the machine of the server, the rows of one
// account take, beside a condition written by hand and run alone:
//
//	rows    the condition in Query    the policy of RowSecurity in Query
//	100     1.09                      1.23
//	1,000   1.08                      1.10
//	10,000  within the noise          within the noise, up to 1.10
//
// Setting the claims takes some 10 µs, and reading them in the policy some 15 µs, whatever
// the statement is: where the rows are few, that is more than a tenth. The benchmark of
// the package prints these.
//
// # What it does not do
//
// Row security does not hold for superusers, for roles with BYPASSRLS, nor, without
// FORCE, for the owner of the table: services connect as another role. Whoever can
// run statements of their own choice can set the claims of their choice as well: this
// is for programs that may forget, and not against an injection. Claims are in the
// log of a server that logs statements or parameters.
package pgclaims
