package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"

	"go.yaml.in/yaml/v3"

	"github.com/rolespec/rolespec/examples/internal/web"
)

//go:embed openapi.yaml
var openAPI []byte

// documented returns the handler of the document, which is written in YAML and served in
// JSON.
func documented() (web.HandlerFunc, error) {
	var read any
	if err := yaml.Unmarshal(openAPI, &read); err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	text, err := json.Marshal(read)
	if err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	return func(w http.ResponseWriter, _ *http.Request) error {
		return web.WriteJSON(w, http.StatusOK, json.RawMessage(text))
	}, nil
}
