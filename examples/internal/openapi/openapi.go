// Package openapi serves the document of a service. Package openapitest holds the
// service against it.
package openapi

import (
	"net/http"
	"strconv"
)

// Handler serves a document in YAML, for a route such as "GET /openapi.yaml".
func Handler(document []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/yaml")
		w.Header().Set("Content-Length", strconv.Itoa(len(document)))
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = w.Write(document) // who went away is not told
	}
}
