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
// # Relations
//
// A relation of the row type is declared once, with the columns that hold the
// two tables together:
//
//	var (
//		teams  = sqlspec.MustTable[Team]("teams")
//		people = sqlspec.MustTable[Person]("people",
//			sqlspec.ManyToMany("teams", teams, "members", sqlspec.On("id", "person_id"), sqlspec.On("team_id", "id")))
//		tasks = sqlspec.MustTable[Task]("tasks",
//			sqlspec.ToOne("owner", people, sqlspec.On("owner_id", "id")),
//			sqlspec.ToMany("comments", comments, sqlspec.On("id", "task_id")))
//	)
//
// What is asked of related rows becomes a subquery, EXISTS or IN, never a join: no
// row appears twice, none is lost, and a negation is exact. Memory sees the rows
// that are nested in a row, so load those that the keys lead to.
//
// # How each kind is stored
//
//	kind     PostgreSQL                        SQLite                            MariaDB                    DuckDB
//	bool     boolean                           INTEGER, 0 or 1                   TINYINT(1), 0 or 1         BOOLEAN
//	int      smallint, integer, bigint         INTEGER                           integer types              integer types
//	uint     bigint                            INTEGER                           the same, or UNSIGNED      the same, or unsigned
//	float    double precision, real            REAL                              DOUBLE                     DOUBLE, FLOAT
//	decimal  numeric, or Scaled                TEXT with decimal_cmp, or Scaled  DECIMAL, or Scaled         DECIMAL, or Scaled
//	string   text, varchar                     TEXT                              text types, utf8mb4        VARCHAR
//	enum     text, or PostgresType             TEXT                              the same, or ENUM          the same, or ENUM
//	path     text, or Ltree                    TEXT                              the same                   the same
//	bytes    bytea                             BLOB                              VARBINARY, BLOB            BLOB
//	time     timestamptz, or Timestamp         INTEGER, microseconds since 1970  DATETIME(6), in UTC        TIMESTAMPTZ, or Timestamp
//	date     date                              TEXT, YYYY-MM-DD                  DATE                       DATE
//	uuid     uuid                              TEXT in lower case, or Blob       UUID, or Blob: BINARY(16)  UUID, or Blob: BLOB
//	list     array, or JSONB                   TEXT, a JSON array                JSON, or LONGTEXT          a list: VARCHAR[]
//
// Instants in SQLite are integers because text has no one width, and so no
// order; decimals are text because SQLite has no exact type. Decimals as text,
// Matches, EqualFold and ContainsFold need the functions of [SQLiteFunctions].
// char(n), citext and columns with a nondeterministic collation compare in ways
// of their own and must not be mapped. modernc.org/sqlite turns the text of
// columns declared DATE, DATETIME or TIMESTAMP into times as it reads them, and
// an empty blob into nil: rows read that way are not what is stored.
//
// Text columns of MariaDB must be utf8mb4, of any collation: they are compared as
// bytes. FLOAT, CHAR(n), BIT, SET and YEAR must not be mapped, nor zero dates be
// stored. The type UUID refuses some octets, which cannot be stored
// there. MariaDB names things in backticks: see [Table.In].
//
// The connection needs, in PostgreSQL, client_encoding UTF8, array_nulls and
// standard_conforming_strings on; in MariaDB the character set utf8mb4,
// sql_auto_is_null = 0, no sql_select_limit, in sql_mode no EMPTY_STRING_IS_NULL, in
// default_regex_flags no EXTENDED, and the time zone UTC where columns are
// TIMESTAMP.
//
// Text columns of DuckDB may have any collation: they are compared COLLATE "C",
// which is free. DECIMAL may have any width and scale. TIMESTAMP_NS must not be
// mapped, nor infinity or a year beyond 9999 be stored; a list of instants is
// TIMESTAMPTZ[]. Lists are sent as JSON, of which the extension is built in.
//
// A column that is encrypted, or stored in another form, has a codec: see
// [Encoded]. Equality, In and null are all that can be asked of it.
//
// # Check at start-up
//
// [Table.Check] holds all of this, and the keys of the relations, against the live
// database, so that a service learns of a table that was altered before its users
// do. A problem is what was seen to show or hide rows wrongly, or to make
// statements fail; the rest is advice. [Findings] print as lines of a log:
//
//	problems: 1, advice: 2
//		problem: table "tasks", "account": column "account" is of type text, not smallint or integer or bigint
//		advice: table "tasks", "comments": no index of "comments" begins with the key "task_id"
//		advice: table "people", "owner.name": column "name" can be null, the field cannot
//
// # Indexes
//
// The index that serves an operator under every plan. "Plain" is one of the column
// as it is declared; "-" is none, so that rows are read until something beside the
// operator narrows them.
//
//	operator                      PostgreSQL           SQLite             MariaDB
//	Eq, In, IsNull                plain                plain              plain
//	an order of other than texts  plain                plain              plain, of UUID -
//	an order of texts             COLLATE "C"          plain, NoCase -    plain with BinaryText
//	HasPrefix, Under              COLLATE "C"          plain              plain with BinaryText
//	Under of an Ltree             GiST                 -                  -
//	Contains, HasSuffix           GIN of pg_trgm       -                  -
//	EqualFold, Matches ...        -                    -                  -
//	Contains, Overlaps of a list  GIN, also of JSONB   -                  -
//	Eq of a decimal               plain                plain with Scaled  plain
//	Eq, In of an Encoded          plain                plain              plain
//	two fields                    -                    -                  -
//	Ne, Distinct, other negation  -                    -                  -
//
// A negation that leaves an equality or a range is one: Not(Ne), Not(Gte). A column
// of PostgreSQL that is declared COLLATE "C" needs one index for all of the texts'.
// In MariaDB a list of more than 1,000 texts is served with BinaryText alone, which
// wants the column declared COLLATE utf8mb4_nopad_bin.
//
// Nothing serves text but for case: the engines' folding is not Unicode's, and an
// index of trigrams loses rows (it is kept from patterns). To find by it, store the
// text folded in a field of its own, and ask that with Eq. Nor does anything look
// into a list in SQLite and MariaDB: make it a relation.
//
// Under Or every term is found by its own index, with these exceptions: PostgreSQL
// and MariaDB ask Any of every row that is left; SQLite uses no index for HasPrefix,
// Under and an order of texts, unless the table is [Strict] and the column not
// [NoCase].
//
// For relations, index the columns of the keys at both ends (a link in both
// directions) and what is asked of the related rows. Any, and a field along a dot,
// are then found from either side: from the rows that something else narrows, or
// from the related rows that Any names. SQLite begins at the related rows where Eq
// or In names them, and else reads the rows outside one by one; MariaDB begins there
// in a condition with at most 8 subqueries. For one row that is found by a key, that
// reads more than it has to: ask [Table.ByKey]. Every, Not(Any) and IsNull of a field
// behind a relation are true of rows that have no related ones, so they read every
// row that nothing else narrows, and look for its related rows by the index.
//
// # What is refused
//
// An operator that a dialect cannot do exactly is an error, [ErrUnsupported], and
// never an approximation: patterns with \b or line anchors, or with more than 64
// quantifiers, in PostgreSQL; lists of instants or bytes in SQLite and MariaDB; an order
// among lists of integers beyond 64 bits; two columns that are stored in
// different ways; in MariaDB an order among lists of decimals, and patterns with
// two quantifiers that have no upper bound or too many ways to try, because it
// backtracks and gives up silently (for the same reason a text of more than 65,535
// bytes is neither a match nor none for a pattern with *, + or {n,}); in DuckDB an
// order among lists of decimals with more than 38 digits, and patterns that are too
// large once their counts are written out; patterns with a surrogate; texts of more than 1,000 characters without regard to case;
// more arguments or parentheses than the engine takes.
package sqlspec
