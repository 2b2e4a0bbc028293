package rolegrpc

import (
	"context"
	"errors"

	"connectrpc.com/connect"
	"github.com/rolespec/rolespec/roles"
)

// Connect returns the interceptor for handlers of connect-go, of all their protocols.
// In clients it does nothing.
//
//	path, handler := tasksv1connect.NewTasksHandler(service, connect.WithInterceptors(interceptor.Connect()))
func (i *Interceptor[C]) Connect() connect.Interceptor { return &connecting[C]{i} }

type connecting[C roles.Payload] struct{ interceptor *Interceptor[C] }

// WrapUnary implements [connect.Interceptor].
func (c *connecting[C]) WrapUnary(next connect.UnaryFunc) connect.UnaryFunc {
	return func(ctx context.Context, req connect.AnyRequest) (connect.AnyResponse, error) {
		if req.Spec().IsClient {
			return next(ctx, req)
		}
		ctx, err := c.interceptor.admit(ctx, req.Spec().Procedure, req.Header())
		if err != nil {
			return nil, connectError(err)
		}
		return next(ctx, req)
	}
}

// WrapStreamingHandler implements [connect.Interceptor].
func (c *connecting[C]) WrapStreamingHandler(next connect.StreamingHandlerFunc) connect.StreamingHandlerFunc {
	return func(ctx context.Context, conn connect.StreamingHandlerConn) error {
		ctx, err := c.interceptor.admit(ctx, conn.Spec().Procedure, conn.RequestHeader())
		if err != nil {
			return connectError(err)
		}
		return next(ctx, conn)
	}
}

// WrapStreamingClient implements [connect.Interceptor].
func (c *connecting[C]) WrapStreamingClient(next connect.StreamingClientFunc) connect.StreamingClientFunc {
	return next
}

func connectError(err error) error {
	code, text := verdict(err)
	return connect.NewError(connect.Code(code), errors.New(text))
}
