// Package adapters shows how to run a specification with pgx, database/sql,
// squirrel, sqlx, gorm, bun and ent. Each file stands alone and is meant to be
// copied; what a library does to the condition that one has to know is said in
// its file, and the tests hold it against PostgreSQL and SQLite.
//
// Three rules hold everywhere:
//
//   - The condition is one parenthesised expression. Put AND beside it, and
//     parentheses around every OR of the program.
//   - Look at the error. Whoever does not gets a condition that no row meets,
//     which only a NOT around it turns into one that every row meets.
//   - The columns carry the alias of the table, so it has to be the one that the
//     statement gives to the rows to be filtered. In a statement that reads a
//     table twice, such as a task and its parent, each needs a [sqlspec.Table]
//     with its own alias: with the wrong one the other row is tested.
package adapters
