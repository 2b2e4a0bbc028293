package web

import (
	"context"
	"crypto/rand"
	"log/slog"
)

type idKey struct{}

// withID gives a request an id of its own. One that the client has chosen is not taken:
// it would be in the log, and need not be the only one.
func withID(ctx context.Context) context.Context {
	return context.WithValue(ctx, idKey{}, rand.Text())
}

// RequestID is the id of the request, which the answer has as X-Request-Id; empty
// outside of one.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(idKey{}).(string)
	return id
}

// LogHandler adds the id of the request to every record that is logged with its context,
// so that decisions, errors and the request itself are found together.
func LogHandler(h slog.Handler) slog.Handler { return idHandler{h} }

type idHandler struct{ slog.Handler }

func (h idHandler) Handle(ctx context.Context, r slog.Record) error {
	if id := RequestID(ctx); id != "" {
		r = r.Clone()
		r.AddAttrs(slog.String("request", id))
	}
	return h.Handler.Handle(ctx, r)
}

func (h idHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return idHandler{h.Handler.WithAttrs(attrs)}
}

func (h idHandler) WithGroup(name string) slog.Handler { return idHandler{h.Handler.WithGroup(name)} }
