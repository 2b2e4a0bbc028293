package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/sqlspec"
)

// bareQuery is what somebody would write by hand for this one question.
const bareQuery = `SELECT 1 FROM resources r
	JOIN shares s ON s.resource_id = r.id
	JOIN memberships m ON m.group_id = s.group_id
	WHERE r.name = $1 AND m.user_id = $2 LIMIT 1`

// bare serves /authorized from the same database, by the same pool and the same server,
// with as little as will do: no policy, no log, no metrics, no checks. It is what load
// measures the service beside.
func bare(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bare", flag.ContinueOnError)
	dsn := flags.String("db", "", "the database")
	if err := flags.Parse(args); err != nil {
		return err
	}
	db, err := database.Open(ctx, *dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := web.NewServer(bareHandler(db), slog.New(slog.DiscardHandler))
	context.AfterFunc(ctx, func() { _ = server.Close() })
	fmt.Fprintf(os.Stdout, "bare: http://%s\n", listener.Addr())
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func bareHandler(db *database.DB) http.Handler {
	query := bareQuery
	if db.Dialect == sqlspec.SQLite {
		query = `SELECT 1 FROM resources r
	JOIN shares s ON s.resource_id = r.id
	JOIN memberships m ON m.group_id = s.group_id
	WHERE r.name = ?1 AND m.user_id = ?2 LIMIT 1`
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /authorized", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		rows, err := db.QueryContext(r.Context(), query, q.Get("resourceName"), q.Get("userId"))
		if err != nil {
			http.Error(w, "", http.StatusInternalServerError)
			return
		}
		allowed := rows.Next()
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			http.Error(w, "", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		if !allowed {
			w.WriteHeader(http.StatusForbidden)
		}
		_ = json.NewEncoder(w).Encode(map[string]bool{"authorized": allowed})
	})
	return mux
}
