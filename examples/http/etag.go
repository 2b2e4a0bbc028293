package main

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/rolespec/rolespec/examples/internal/web"
)

// etag names a version of a row.
func etag(t *Task) string { return fmt.Sprintf(`"%d"`, t.Version) }

// unchanged is a 412 where the request is for another version of the row (If-Match, RFC
// 9110 13.1.1), so that two who change it at once do not undo each other's change. A
// request without If-Match is for whatever version there is. The row is one that the
// caller may write: of any other it is not said that there is a version.
func unchanged(r *http.Request, t *Task) error {
	wanted := r.Header.Values("If-Match")
	if len(wanted) == 0 {
		return nil
	}
	for tag := range strings.SplitSeq(strings.Join(wanted, ","), ",") {
		if tag = strings.TrimSpace(tag); tag == "*" || tag == etag(t) {
			return nil
		}
	}
	return web.Problemf(http.StatusPreconditionFailed, "the task is of another version")
}
