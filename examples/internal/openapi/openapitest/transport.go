package openapitest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/getkin/kin-openapi/openapi3filter"
)

// Transport returns what sends requests by another transport, the default one if that is
// nil, and fails the test where what it sends or gets does not fit the document.
func (d *Document) Transport(tb testing.TB, next http.RoundTripper) http.RoundTripper {
	if next == nil {
		next = http.DefaultTransport
	}
	return &transport{d, tb, next}
}

type transport struct {
	*Document
	tb   testing.TB
	next http.RoundTripper
}

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context()) // that of the caller stays as it is
	asked, err := drain(&r.Body)
	if err != nil {
		return nil, err
	}
	answer, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := drain(&answer.Body)
	if err != nil {
		return nil, err
	}
	if err := t.Check(r, asked, answer, body); err != nil {
		t.tb.Errorf("%s %s does not fit the document: %v\nsent: %s\nanswered: %d %s",
			r.Method, r.URL.RequestURI(), err, asked, answer.StatusCode, body)
	}
	return answer, nil
}

// drain reads a body and puts it back.
func drain(body *io.ReadCloser) ([]byte, error) {
	if *body == nil || *body == http.NoBody {
		return nil, nil
	}
	read, err := io.ReadAll(*body)
	if err != nil {
		return nil, err
	}
	if err := (*body).Close(); err != nil {
		return nil, err
	}
	*body = io.NopCloser(bytes.NewReader(read))
	return read, nil
}

// Check is the error of an answer that the document does not promise, or of a request
// that it does not permit and that was answered with success.
func (d *Document) Check(r *http.Request, asked []byte, answer *http.Response, body []byte) error {
	route, values := d.find(r)
	if route == nil {
		isProblem := answer.StatusCode >= 400 && answer.Header.Get("Content-Type") == "application/problem+json"
		if !isProblem && r.Method != http.MethodHead {
			return fmt.Errorf("it is no operation, and the answer is no problem")
		}
		return nil
	}
	sent := r.Clone(context.Background())
	sent.Body = io.NopCloser(bytes.NewReader(asked))
	request := &openapi3filter.RequestValidationInput{
		Request: sent, PathParams: values, Route: route,
		Options: &openapi3filter.Options{
			MultiError:                        true,
			RejectWhenRequestBodyNotSpecified: true,
			SkipSettingDefaults:               true,
			AuthenticationFunc:                openapi3filter.NoopAuthenticationFunc,
		},
	}
	if answer.StatusCode < 400 {
		if err := openapi3filter.ValidateRequest(context.Background(), request); err != nil {
			return fmt.Errorf("the request: %w", err)
		}
	}
	response := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: request,
		Status:                 answer.StatusCode,
		Header:                 answer.Header,
		Options:                &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	}
	response.SetBodyBytes(body)
	if len(body) == 0 {
		response.Body = http.NoBody
	}
	if err := openapi3filter.ValidateResponse(context.Background(), response); err != nil {
		return fmt.Errorf("the answer: %w", err)
	}
	return nil
}
