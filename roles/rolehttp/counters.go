package rolehttp

import (
	"context"
	"encoding/json"
	"slices"
	"sync/atomic"

	"github.com/rolespec/rolespec/roles"
)

// Other is the endpoint and the method under which [Counters] count what they were not
// told of.
const Other = "other"

// Counters count the decisions of guards. They count the endpoints they were made for,
// the methods of package roles and the outcomes; everything else is counted as [Other],
// so that what strangers send makes no new series. The nil and the zero Counters count
// nothing.
//
//	counters := rolehttp.NewCounters(routes.Endpoints()...)
//	guard, err := rolehttp.New(verifier, policy, rolehttp.WithAudit(counters.Audit))
//	expvar.Publish("access", counters)
type Counters struct {
	labels []Label // in the order in which they are read
	counts map[Label]*counter
}

// counter is how often something happened, and how long it took in all.
type counter struct{ n, nanoseconds atomic.Int64 }

// Label is what is counted together.
type Label struct {
	Endpoint string  `json:"endpoint"`
	Method   string  `json:"method"`
	Outcome  Outcome `json:"outcome"`
}

// Count is how often a label came, and how many seconds those decisions took in all.
type Count struct {
	Label
	Count   int64   `json:"count"`
	Seconds float64 `json:"seconds"`
}

var (
	countedMethods  = []string{roles.Get, roles.Head, roles.Post, roles.Put, roles.Patch, roles.Delete, roles.Options, roles.Execute, Other}
	countedOutcomes = []Outcome{Allowed, BadRequest, NoToken, InvalidToken, Forbidden, Failed, Unavailable}
)

// NewCounters returns counters for these endpoints. See [Routes.Endpoints].
func NewCounters(endpoints ...string) *Counters {
	c := &Counters{counts: map[Label]*counter{}}
	for _, endpoint := range append(slices.Clone(endpoints), Other) {
		for _, method := range countedMethods {
			for _, outcome := range countedOutcomes {
				l := Label{endpoint, method, outcome}
				if c.counts[l] == nil {
					c.labels = append(c.labels, l)
					c.counts[l] = new(counter)
				}
			}
		}
	}
	return c
}

// Audit counts an event. It is for [WithAudit].
func (c *Counters) Audit(_ context.Context, e Event) {
	if c == nil || c.counts == nil {
		return
	}
	l := Label{e.Endpoint, e.Method, e.Outcome}
	if !slices.Contains(countedMethods, l.Method) {
		l.Method = Other
	}
	if _, ok := c.counts[l]; !ok {
		l.Endpoint = Other
	}
	if n, ok := c.counts[l]; ok {
		n.n.Add(1)
		n.nanoseconds.Add(e.Latency.Nanoseconds())
	}
}

// Snapshot returns the counts that are not zero, in the order of the endpoints. They
// only ever grow. A count and its seconds are read one after the other, so that a
// decision of this moment may be in one of them alone.
func (c *Counters) Snapshot() []Count {
	counts := []Count{}
	if c == nil {
		return counts
	}
	for _, l := range c.labels {
		if n := c.counts[l].n.Load(); n > 0 {
			counts = append(counts, Count{l, n, float64(c.counts[l].nanoseconds.Load()) / 1e9})
		}
	}
	return counts
}

// String returns the snapshot as JSON, which makes Counters an expvar.Var.
func (c *Counters) String() string {
	text, err := json.Marshal(c.Snapshot())
	if err != nil {
		return "[]"
	}
	return string(text)
}
