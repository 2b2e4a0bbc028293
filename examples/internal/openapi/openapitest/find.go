package openapitest

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/getkin/kin-openapi/routers"
)

// find returns the operation of a request and what the path says; nil where there is
// none. Of several paths that match, it is the one that names most of it, as with
// http.ServeMux: /users/me before /users/{id}.
func (d *Document) find(r *http.Request) (*routers.Route, map[string]string) {
	path, ok := strings.CutPrefix(r.URL.EscapedPath(), d.base)
	if !ok {
		return nil, nil
	}
	if len(path) > 1 {
		path = strings.TrimSuffix(path, "/") // of a service that takes both
	}
	var best string
	var values map[string]string
	for template := range d.Paths.Map() {
		if found := match(template, path); found != nil && (values == nil || len(found) < len(values)) {
			best, values = template, found
		}
	}
	item := d.Paths.Value(best)
	if item == nil {
		return nil, nil
	}
	operation := item.GetOperation(r.Method)
	if operation == nil {
		return nil, nil
	}
	return &routers.Route{Spec: d.T, Path: best, PathItem: item, Method: r.Method, Operation: operation}, values
}

// match returns the values of the names in a template; nil where the path does not match.
func match(template, path string) map[string]string {
	names, texts := strings.Split(template, "/"), strings.Split(path, "/")
	if len(names) != len(texts) {
		return nil
	}
	values := map[string]string{}
	for i, name := range names {
		text, err := url.PathUnescape(texts[i])
		if err != nil {
			return nil
		}
		switch {
		case strings.HasPrefix(name, "{") && strings.HasSuffix(name, "}"):
			values[name[1:len(name)-1]] = text
		case name != text:
			return nil
		}
	}
	return values
}
