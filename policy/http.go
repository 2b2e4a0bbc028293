package policy

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// HTTPOption changes how [HTTP] asks.
type HTTPOption func(*remote)

// WithClient makes the source ask through a client, for other roots of trust or
// another timeout. Its redirects are not followed.
func WithClient(c *http.Client) HTTPOption {
	return func(r *remote) {
		if c != nil {
			r.client = *c
		}
	}
}

// WithHeader sends a header with every request, such as Authorization.
func WithHeader(name, value string) HTTPOption {
	return func(r *remote) { r.header.Set(name, value) }
}

// HTTP returns a policy behind a URL as a source. It asks with the entity tag of
// the text it has (If-None-Match, RFC 9110), within 10 seconds unless the client
// says otherwise. Whoever can change the answer decides who sees what, so the URL
// has to be https, or of this machine, and redirects are not followed.
func HTTP(address string, opts ...HTTPOption) (Source, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("policy: not a URL") // what it says may hold a password
	}
	if u.Host == "" {
		return nil, errors.New("policy: the URL has no host")
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())) {
		return nil, fmt.Errorf("policy: %s: the URL has to be https, or http of this machine", u.Redacted())
	}
	r := &remote{url: u, header: http.Header{}}
	for _, opt := range opts {
		opt(r)
	}
	if r.client.Timeout == 0 {
		r.client.Timeout = 10 * time.Second
	}
	r.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return r, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

type remote struct {
	url    *url.URL
	header http.Header
	client http.Client
}

// Read implements [Source].
func (r *remote) Read(ctx context.Context, tag string) (Text, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.url.String(), nil)
	if err != nil {
		return Text{}, fmt.Errorf("policy: %w", err)
	}
	request.Header = r.header.Clone()
	if tag != "" {
		request.Header.Set("If-None-Match", tag)
	}
	response, err := r.client.Do(request)
	if err != nil {
		return Text{}, fmt.Errorf("policy: %w", redacted(err))
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotModified && tag != "" {
		return Text{}, ErrUnchanged
	}
	if reason := refused(response); reason != "" {
		return Text{}, fmt.Errorf("policy: %s answers %s", r.url.Redacted(), reason)
	}
	data, err := readAll(response.Body)
	if err != nil {
		return Text{}, fmt.Errorf("policy: %s: %w", r.url.Redacted(), redacted(err))
	}
	return Text{Name: r.url.Redacted(), Data: data, Tag: response.Header.Get("ETag")}, nil
}

// refused says why an answer is no policy, whatever it says.
func refused(r *http.Response) (reason string) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.StatusCode != http.StatusOK:
		return strings.TrimSpace(fmt.Sprint(r.StatusCode, " ", http.StatusText(r.StatusCode)))
	case kind == "text/html" || kind == "application/xhtml+xml":
		return "with a page, not with a policy"
	case r.ProtoMajor == 1 && r.ContentLength < 0 && len(r.TransferEncoding) == 0 && !r.Uncompressed:
		return "without a length: a part of a policy could not be told from the whole"
	}
	return ""
}

// redacted drops from an error the URL, which may hold a password, and the port of
// this end, which would make the same reason another one each time.
func redacted(err error) error {
	var inner *url.Error
	if errors.As(err, &inner) {
		err = inner.Err
	}
	if broken, ok := err.(*net.OpError); ok {
		without := *broken
		without.Source = nil
		return &without
	}
	return err
}
