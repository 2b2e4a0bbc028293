package load

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

// answer is what the service said.
type answer struct {
	request string // for reports; without the token
	status  int
	body    []byte
	ok      bool // the status is one of those that it has to be
}

// ask sends a request, counts it, and reports a status other than those wanted. One
// that is not answered at all is reported as well.
func (w *worker) ask(kind string, t Token, method, path, body string, want ...int) answer {
	a := answer{request: fmt.Sprintf("%s %s by %s, %s of %s (%s)", method, path, t.Subject, t.Role, t.Account, kind)}
	w.report.count(kind)
	r, err := http.NewRequest(method, w.url+path, strings.NewReader(body))
	if err == nil {
		r.Header.Set("Content-Type", "application/json")
		if t.Token != "" {
			r.Header.Set("Authorization", "Bearer "+t.Token)
		}
		a.status, a.body, err = w.send(r)
	}
	if err != nil {
		w.report.violation("%s: no answer: %v", a.request, err)
		return a
	}
	for _, status := range want {
		a.ok = a.ok || status == a.status
	}
	if !a.ok {
		w.report.violation("%s: status %d instead of %d", a.request, a.status, want)
	}
	return a
}

func (w *worker) send(r *http.Request) (int, []byte, error) {
	response, err := w.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response.StatusCode, body, err
}
