package rolegrpc

import (
	"context"
	"net/http"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Unary returns the interceptor for calls with one request and one response.
func (i *Interceptor[C]) Unary() grpc.UnaryServerInterceptor {
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
		ctx, err := i.admit(ctx, info.FullMethod, headerOf(ctx))
		if err != nil {
			return nil, status.Error(verdict(err))
		}
		return next(ctx, req)
	}
}

// Stream returns the interceptor for streams, in either direction or both.
func (i *Interceptor[C]) Stream() grpc.StreamServerInterceptor {
	return func(srv any, stream grpc.ServerStream, info *grpc.StreamServerInfo, next grpc.StreamHandler) error {
		ctx, err := i.admit(stream.Context(), info.FullMethod, headerOf(stream.Context()))
		if err != nil {
			return status.Error(verdict(err))
		}
		return next(srv, &admitted{stream, ctx})
	}
}

// admitted is a stream with the context of what was decided.
type admitted struct {
	grpc.ServerStream
	ctx context.Context
}

// Context implements [grpc.ServerStream].
func (s *admitted) Context() context.Context { return s.ctx }

// headerOf returns the metadata of a call as headers.
func headerOf(ctx context.Context) http.Header {
	header := http.Header{}
	md, _ := metadata.FromIncomingContext(ctx)
	for name, values := range md {
		name = http.CanonicalHeaderKey(name)
		header[name] = append(header[name], values...)
	}
	return header
}
