package spec_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// order is a row as services have it: 120 bytes, its texts each in a place of its own.
type order struct {
	ID        int64
	AccountID string
	CreatedBy string
	Amount    float64
	Status    string
	CreatedAt time.Time
	Tags      []string
}

// drawOrders makes rows of 10 accounts, 20 creators, 20 statuses and 1,024 amounts.
func drawOrders(n int) []order {
	r := rand.New(rand.NewPCG(1, 2))
	rows := make([]order, n)
	for i := range rows {
		rows[i] = order{
			ID: int64(i), AccountID: strconv.Itoa(67885 + r.IntN(10)), CreatedBy: strconv.Itoa(12335 + r.IntN(20)),
			Amount: float64(r.IntN(1024)), Status: "status-" + strconv.Itoa(10+r.IntN(20)),
			CreatedAt: noon.Add(time.Duration(i) * time.Second), Tags: []string{"t" + strconv.Itoa(i%7)},
		}
	}
	return rows
}

// filtering is one condition that [byHand] has as well.
type filtering struct {
	name string
	s    spec.Specification
}

var filterings = []filtering{
	{"equal", spec.Eq("account_id", "67890").And(spec.Eq("created_by", "12345"))},
	{"or+list+range", spec.Or(spec.Eq("account_id", "67890").And(spec.Eq("created_by", "12345")),
		spec.And(spec.Gt("amount", 100), spec.In("status", statuses...)))},
	{"substring or prefix", spec.Or(spec.Contains("status", "us-12"), spec.HasPrefix("created_by", "1233"))},
	{"range", spec.Gte("id", 100).And(spec.Lt("id", 900))},
	{"after", spec.Gt("created_at", noon.Add(time.Minute))},
}

// BenchmarkFilter reports what a filter takes beside the loop written by hand that knows
// how many rows are visible, and beside the same that does not: append. The control
// ratio says how far the figures can be trusted. Times are of a row.
func BenchmarkFilter(b *testing.B) {
	for _, f := range filterings {
		m := must(spec.Compile[order](f.s))(b)
		for _, n := range []int{10, 100, 1e3, 1e5, 1e6} {
			b.Run(fmt.Sprintf("%s/%d", f.name, n), func(b *testing.B) {
				rows := drawOrders(n)
				want := len(byHand(f.name, rows, 0))
				inner := max(1, 10000/n)
				repeat := func(filter func() []order) func() {
					return func() {
						for range inner {
							if len(filter()) != want {
								b.Fatal("other rows")
							}
						}
					}
				}
				hand := repeat(func() []order { return byHand(f.name, rows, want) })
				paired(b, n*inner, map[string]func(){
					"hand": hand, "control": hand,
					"append":   repeat(func() []order { return byHand(f.name, rows, 0) }),
					"compiled": repeat(func() []order { return m.Filter(rows) }),
					"filter":   repeat(func() []order { return must(spec.Filter(f.s, rows))(b) }),
				})
			})
		}
	}
}

// BenchmarkFilterOfRequest reports what a request takes that has the values of its
// caller: two equalities, bound from a template or built, and a list of so many rows.
func BenchmarkFilterOfRequest(b *testing.B) {
	template := must(spec.NewTemplate(spec.Eq("account_id", spec.Var("account")).And(spec.Eq("created_by", spec.Var("sub")))))(b)
	values := []spec.Value{spec.Of(ownAccount), spec.Of(creator)}
	for _, n := range []int{1, 10, 100, 1000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			rows := drawOrders(n)
			rows[0].AccountID, rows[0].CreatedBy = ownAccount, creator
			want, inner := len(byHand("equal", rows, 0)), 20000/n
			repeat := func(filter func() []order) func() {
				return func() {
					for range inner {
						if len(filter()) != want {
							b.Fatal("other rows")
						}
					}
				}
			}
			hand := repeat(func() []order { return byHand("equal", rows, want) })
			paired(b, inner, map[string]func(){
				"hand": hand, "control": hand,
				"bound": repeat(func() []order {
					s, _ := template.Bind(values...)
					visible, _ := spec.Filter(s, rows)
					return visible
				}),
				"built": repeat(func() []order {
					visible, _ := spec.Filter(spec.Eq("account_id", ownAccount).And(spec.Eq("created_by", creator)), rows)
					return visible
				}),
			})
		})
	}
}

// paired times several ways in turn, in another order each time, so that what disturbs
// the machine disturbs all alike, and reports the medians and their ratios to hand.
func paired(b *testing.B, units int, ways map[string]func()) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	names, times := []string{}, map[string][]float64{}
	for name, way := range ways {
		names = append(names, name)
		way()
	}
	slices.Sort(names)
	round := func() {
		rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		for _, name := range names {
			runtime.GC() // so that none pays for what another has left
			start := time.Now()
			ways[name]()
			times[name] = append(times[name], float64(time.Since(start)))
		}
	}
	for b.Loop() {
		round()
	}
	for len(times["hand"]) < 15 {
		round()
	}
	median := func(name string) float64 {
		slices.Sort(times[name])
		return times[name][len(times[name])/2]
	}
	b.ReportMetric(median("hand")/float64(units), "hand-ns")
	for name := range ways {
		if name != "hand" {
			b.ReportMetric(median(name)/median("hand"), name+"-x")
		}
	}
	b.ReportMetric(0, "ns/op")
}

// byHand has each condition in its loop, as written by hand it would be by someone who
// knows how many rows are visible.
func byHand(name string, rows []order, want int) []order {
	visible := make([]order, 0, want)
	switch name {
	case "equal":
		for i := range rows {
			if o := &rows[i]; o.AccountID == ownAccount && o.CreatedBy == creator {
				visible = append(visible, rows[i])
			}
		}
	case "or+list+range":
		for i := range rows {
			o := &rows[i]
			keep := o.AccountID == ownAccount && o.CreatedBy == creator
			if keep || o.Amount > amount && slices.Contains(statuses, o.Status) {
				visible = append(visible, rows[i])
			}
		}
	case "substring or prefix":
		for i := range rows {
			if o := &rows[i]; strings.Contains(o.Status, infix) || strings.HasPrefix(o.CreatedBy, prefix) {
				visible = append(visible, rows[i])
			}
		}
	case "range":
		for i := range rows {
			if o := &rows[i]; o.ID >= 100 && o.ID < 900 {
				visible = append(visible, rows[i])
			}
		}
	case "after":
		after := noon.Add(time.Minute)
		for i := range rows {
			if o := &rows[i]; o.CreatedAt.After(after) {
				visible = append(visible, rows[i])
			}
		}
	}
	return visible
}

// Values of a request, which no compiler knows.
var ownAccount, creator, infix, prefix = "67890", "12345", "us-12", "1233"

var amount, statuses = 100.0, []string{"status-10", "status-11", "status-12", "status-13", "status-14"}
