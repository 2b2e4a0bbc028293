package load

import (
	"encoding/json"
	"fmt"
)

// row is what a caller is shown of a task. What is hidden is nil.
type row struct {
	ID        int64   `json:"id"`
	Account   string  `json:"account"`
	CreatedBy string  `json:"created_by"`
	Assignee  *string `json:"assignee"`
	Title     string  `json:"title"`
	Public    bool    `json:"public"`
	Priority  *int    `json:"priority"`
	CreatedAt *string `json:"created_at"`
}

// page is a list of them.
type page struct {
	Items []row  `json:"items"`
	Total int    `json:"total"`
	Next  string `json:"next"`
}

// wrong says why a row must not be shown to the bearer of a token, from what the roles
// are meant to be; "" where it may.
func (r row) wrong(t Token) string {
	mine := r.CreatedBy == t.Subject || r.Assignee != nil && *r.Assignee == t.Subject
	switch {
	case r.Account != t.Account:
		return "a row of another account"
	case t.Role == "user" && !mine && !r.Public:
		return "a row of somebody else"
	case t.Role == "guest" && !r.Public:
		return "a row that is not public"
	case t.Role == "guest" && (r.Assignee != nil || r.Priority != nil || r.CreatedAt != nil):
		return "a field that is hidden"
	}
	return ""
}

func decode(body []byte, to any) error {
	if err := json.Unmarshal(body, to); err != nil {
		return fmt.Errorf("%d bytes that are not the JSON expected", len(body))
	}
	return nil
}
