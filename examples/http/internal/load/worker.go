package load

import (
	"context"
	"math/rand/v2"
	"net/http"
)

// worker is one of those that ask at once. It alone changes the rows that it has made,
// so it knows what they have to be.
type worker struct {
	number  int
	url     string
	client  *http.Client
	callers callers
	known   *known
	report  *report

	mine    []task
	made    int
	missing []byte // the answer for a row that is not there
}

// task is a row that the worker has made, as it has to be.
type task struct {
	id    int64
	title string
	by    Token
}

func newWorker(n int, url string, client *http.Client, c callers, k *known, r *report) *worker {
	return &worker{number: n, url: url, client: client, callers: c, known: k, report: r}
}

// work asks until the context ends. What was asked by then is answered.
func (w *worker) work(ctx context.Context) {
	w.notThere()
	w.create()
	actions := []func(){ // all of them, over and over, each time in another order
		w.list, w.list, w.list, w.show, w.show, w.create, w.change, w.change, w.remove,
		w.outside, w.outside, w.move, w.notThere, w.forbidden, w.expired, w.foreign, w.forged, w.noToken,
	}
	for i := 0; ctx.Err() == nil; i++ {
		if i%len(actions) == 0 {
			rand.Shuffle(len(actions), func(i, j int) { actions[i], actions[j] = actions[j], actions[i] })
		}
		actions[i%len(actions)]()
	}
}

// caller returns any valid token, or one of those that may write.
func (w *worker) caller(writes bool) Token {
	for {
		t := pick(w.callers.valid)
		if !writes || t.Role != "guest" {
			return t
		}
	}
}

func pick[T any](from []T) T { return from[rand.IntN(len(from))] }
