// Package sqlspec compiles a specification to the WHERE of a statement, such
// that the database finds the rows that memory would find.
//
//	var tasks = sqlspec.MustTable[Task]("tasks", sqlspec.As("t"))
//
//	sq.Select("t.id", "t.name").From("tasks t").
//		Where(tasks.Where(visible, sqlspec.Postgres)).
//		PlaceholderFormat(sq.Dollar)
//
// A [Table] says which column holds which field. [Table.Where] gives squirrel a
// condition, [Table.SQL] gives text and arguments to everything else. Fields
// resolve through the table, so no name from outside reaches the text, and
// values are always arguments.
//
// # How each kind is stored
//
//	kind     PostgreSQL                        SQLite
//	bool     boolean                           INTEGER, 0 or 1
//	int      smallint, integer, bigint         INTEGER
//	uint     bigint                            INTEGER
//	float    double precision, real            REAL
//	decimal  numeric, or Scaled                TEXT with decimal_cmp, or Scaled
//	string   text, varchar                     TEXT
//	enum     text, or PostgresType             TEXT
//	bytes    bytea                             BLOB
//	time     timestamptz, or Timestamp         INTEGER, microseconds since 1970
//	date     date                              TEXT, YYYY-MM-DD
//	uuid     uuid                              TEXT in lower case, or Blob
//	list     array, or JSONB                   TEXT, a JSON array
//
// Instants in SQLite are integers because text has no one width, and so no
// order; decimals are text because SQLite has no exact type. Decimals as text and
// Matches need the functions of [SQLiteFunctions]. char(n), citext and columns
// with a nondeterministic collation compare in ways of their own and must not be
// mapped.
//
// Columns of PostgreSQL that HasPrefix or an order of texts should find by an
// index need one with COLLATE "C".
//
// # What is refused
//
// An operator that a dialect cannot do exactly is an error, [ErrUnsupported], and
// never an approximation: patterns with \b or line anchors, or with more than 64
// quantifiers, in PostgreSQL; lists of instants or bytes in SQLite; an order
// among lists of integers beyond 64 bits; more arguments or parentheses than the
// engine takes.
package sqlspec
