// Package openapitest holds a service against its OpenAPI document, in tests.
//
//	document := openapitest.Read(t, openAPI)
//	client := &http.Client{Transport: document.Transport(t, nil)}
//
// Every answer that the client gets has to be one that the document promises, with its
// status, media type, headers and body, and no other; every request that was answered
// with success has to be one that it permits. What is no operation of the document is
// answered with a problem.
package openapitest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"

	"github.com/rolespec/rolespec/roles/rolehttp"
)

// Text that is not JSON is a string to the validator, as it stands.
func init() {
	asText := func(body io.Reader, _ http.Header, _ *openapi3.SchemaRef, _ openapi3filter.EncodingFn) (any, error) {
		text, err := io.ReadAll(body)
		return string(text), err
	}
	openapi3filter.RegisterBodyDecoder("text/plain", asText)
	openapi3filter.RegisterBodyDecoder("application/yaml", asText)
}

// Document is the description of a service.
type Document struct {
	*openapi3.T
	base string // that all paths begin with, of the first server: "/api/v1"
}

// Read reads a document, which has to be valid and of OpenAPI 3.1 or later.
func Read(tb testing.TB, text []byte) *Document {
	tb.Helper()
	read, err := openapi3.NewLoader().LoadFromData(text)
	if err == nil {
		err = read.Validate(context.Background())
	}
	if err == nil && !read.IsOpenAPI31OrLater() {
		err = fmt.Errorf("OpenAPI %s", read.OpenAPI)
	}
	if err != nil {
		tb.Fatalf("the document: %v", err)
	}
	d := &Document{T: read}
	if len(read.Servers) > 0 {
		if d.base, err = read.Servers.BasePath(); err != nil {
			tb.Fatalf("the document: %v", err)
		}
	}
	if d.base == "/" {
		d.base = ""
	}
	return d
}

// Routes says what the document has and the service has not, and the other way round:
// each operation with its method and path, and whether it needs a token. It is empty
// where both are the same.
func (d *Document) Routes(routes *rolehttp.Routes) (differences []string) {
	served := map[string]bool{}
	for route := range routes.All() {
		served[open(route.Pattern, route.Open != "")] = true
	}
	for path, item := range d.Paths.Map() {
		for method, operation := range item.Operations() {
			line := open(method+" "+d.base+path, d.open(operation))
			if !served[line] {
				differences = append(differences, "documented, and not served: "+line)
			}
			delete(served, line)
		}
	}
	for line := range served {
		differences = append(differences, "served, and not documented: "+line)
	}
	slices.Sort(differences)
	return differences
}

func open(line string, open bool) string {
	if open {
		line += " without token"
	}
	return line
}

// open reports whether an operation needs no token.
func (d *Document) open(operation *openapi3.Operation) bool {
	security := operation.Security
	if security == nil {
		security = &d.Security
	}
	return len(*security) == 0
}
