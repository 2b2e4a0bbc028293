package database

import (
	"time"

	sq "github.com/Masterminds/squirrel"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/rolespec/rolespec/sqlspec"
)

// openPostgres has a bounded number of connections, so that a crowd waits here and not
// in the server, and renews them, so that they follow a server that moves.
func openPostgres(dsn string) (*DB, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	settings := config.RuntimeParams
	for name, value := range map[string]string{
		"timezone":                            "UTC",
		"idle_in_transaction_session_timeout": "60s", // of a process that hangs, so that others get its locks
	} {
		if _, given := settings[name]; !given {
			settings[name] = value
		}
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(20)
	pool.SetMaxIdleConns(10)
	pool.SetConnMaxLifetime(30 * time.Minute)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return &DB{
		DB:      pool,
		Dialect: sqlspec.Postgres,
		SQL:     sq.StatementBuilder.PlaceholderFormat(sq.Dollar),
	}, nil
}
