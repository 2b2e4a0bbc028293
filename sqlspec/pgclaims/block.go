package pgclaims

import "github.com/jackc/pgx/v5"

// blockKey is where a connection keeps whether it needs a block: its configuration can
// only be had as a copy, which takes longer than the claims.
const blockKey = "rolespec.pgclaims.block"

// needsBlock reports whether a batch has to have its own BEGIN and COMMIT. In the
// extended protocol pgx sends a batch with one Sync at its end, and PostgreSQL takes
// what comes before a Sync for one transaction: an error takes all of it back, a
// setting that is local ends there, and no statement can hold a second one. In the
// simple protocol a statement can, and could commit by itself in the midst of it.
func needsBlock(conn *pgx.Conn) bool {
	custom := conn.PgConn().CustomData()
	block, known := custom[blockKey].(bool)
	if !known {
		switch conn.Config().DefaultQueryExecMode {
		case pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe, pgx.QueryExecModeDescribeExec, pgx.QueryExecModeExec:
		default:
			block = true
		}
		custom[blockKey] = block
	}
	return block
}
