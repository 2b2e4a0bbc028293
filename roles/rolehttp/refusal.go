package rolehttp

import "net/http"

// refusal is a response that cannot become a success.
type refusal struct {
	http.ResponseWriter
	status  int // for whoever writes none, or one of success
	written bool
}

// WriteHeader implements [http.ResponseWriter].
func (w *refusal) WriteHeader(status int) {
	if 200 <= status && status < 300 || status == http.StatusSwitchingProtocols {
		status = w.status
	}
	w.written = w.written || status >= 200 // those below are only announcements
	w.ResponseWriter.WriteHeader(status)
}

// Write implements [http.ResponseWriter].
func (w *refusal) Write(body []byte) (int, error) {
	w.finish()
	return w.ResponseWriter.Write(body)
}

// finish writes the status if nobody did.
func (w *refusal) finish() {
	if !w.written {
		w.WriteHeader(w.status)
	}
}
