package web

import (
	"net/url"
	"strings"
)

// trimSlash returns the URL without the slash at the end of its path. The root keeps its
// own, an escaped one is part of a name, and several are left for http.ServeMux to clean.
func trimSlash(u *url.URL) *url.URL {
	path, ok := strings.CutSuffix(u.EscapedPath(), "/")
	if !ok || path == "" || strings.HasSuffix(path, "/") {
		return u
	}
	trimmed := *u
	trimmed.Path = strings.TrimSuffix(u.Path, "/")
	trimmed.RawPath = strings.TrimSuffix(u.RawPath, "/")
	return &trimmed
}
