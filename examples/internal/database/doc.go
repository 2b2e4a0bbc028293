// Package database opens the database of a service: SQLite, which is compiled in, or
// PostgreSQL, by the form of a DSN.
//
//	db, err := database.Open(ctx, dsn)
//	if err != nil {
//		return err
//	}
//	defer db.Close()
//	if err := db.Migrate(ctx, migrations); err != nil { // sqlite/00001_groups.sql, postgres/00001_groups.sql
//		return err
//	}
//	err = db.InTx(ctx, func(tx *sql.Tx) error {
//		return database.ExecOne(ctx, tx, db.SQL.Update(groups.From()).Set("name", name).
//			Where("id = ?", id).Where(groups.Where(visible, db.Dialect)))
//	})
//
// The same statements run on both: db.SQL numbers placeholders as the dialect wants them,
// and errors are told apart by [IsUnique] and [IsForeignKey].
package database
