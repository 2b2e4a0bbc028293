package payloadjwks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/rolespec/rolespec/payload"
)

// ErrFetch: the set cannot be fetched, or what came is not a good set. It wraps the
// cause, such as [payload.ErrKey] for the latter. It holds no more of the address than
// the host, and nothing of the answer but its status.
var ErrFetch = errors.New("payloadjwks: no keys from the server")

// maxHeader bounds the header of an answer, in bytes.
const maxHeader = 64 << 10

// fetcher gets the set from its one address.
type fetcher struct {
	address string
	client  *http.Client
	parse   func([]byte) (payload.Keys, error)
}

func newFetcher(address string, transport http.RoundTripper, parse func([]byte) (payload.Keys, error)) fetcher {
	if transport == nil {
		transport = &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			ForceAttemptHTTP2:      true,
			DisableKeepAlives:      true,
			MaxResponseHeaderBytes: maxHeader,
		}
	}
	client := &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return fetcher{address, client, parse}
}

func (f fetcher) fetch(ctx context.Context) (payload.Keys, error) {
	data, err := f.get(ctx)
	if err != nil {
		var of *url.Error // its text holds the address
		if errors.As(err, &of) {
			err = of.Err
		}
		return nil, fmt.Errorf("%w: %w", ErrFetch, err)
	}
	keys, err := f.parse(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFetch, err)
	}
	return keys, nil
}

// get returns the answer, of which one byte more than the limit is read at most: the
// parser refuses that.
func (f fetcher) get(ctx context.Context) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, f.address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/jwk-set+json, application/json")
	response, err := f.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answers with status %d", response.StatusCode)
	}
	return io.ReadAll(io.LimitReader(response.Body, payload.MaxJWKSSize+1))
}
