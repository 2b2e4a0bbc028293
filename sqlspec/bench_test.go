package sqlspec_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

var (
	textSink  string
	bytesSink []byte
	argsSink  []any
)

// BenchmarkCondition times the text and the arguments of two equalities beside what a
// person writes by hand, in the same loop and in random order: NAME-x is the median of
// one way divided by that of the first, which is in it twice as a control. The machine
// is in the nanoseconds; the ratios are to be compared.
func BenchmarkCondition(b *testing.B) {
	type row struct{ Account, CreatedBy string }
	table := sqlspec.MustTable[row]("tasks", sqlspec.As("t"))
	account, sub := strings.Clone("acc-0042"), strings.Clone("user-000042")
	template, err := spec.NewTemplate(spec.And(spec.Eq("account", spec.Var("account")), spec.Eq("created_by", spec.Var("sub"))))
	if err != nil {
		b.Fatal(err)
	}
	verified, err := template.Bind(spec.Of(account), spec.Of(sub))
	if err != nil {
		b.Fatal(err)
	}
	built := spec.And(spec.Eq("account", account), spec.Eq("created_by", sub))
	hand := func() {
		var text strings.Builder
		text.Grow(96)
		text.WriteString(`(("t"."account" = $1::text)`)
		text.WriteString(" AND ")
		text.WriteString(`("t"."created_by" = $2::text))`)
		textSink, argsSink = text.String(), []any{account, sub}
	}
	text, args := make([]byte, 0, 256), make([]any, 0, 8)
	paired(b, []way{
		{"hand", hand},
		{"hand2", hand},
		{"bound", func() { textSink, argsSink, _ = table.SQL(verified, sqlspec.Postgres) }},
		{"bound-where", func() { textSink, argsSink, _ = table.Where(verified, sqlspec.Postgres).ToSql() }},
		{"bound-append", func() { bytesSink, argsSink, _ = table.Append(text, args, verified, sqlspec.Postgres) }},
		{"any", func() { textSink, argsSink, _ = table.SQL(built, sqlspec.Postgres) }},
		{"any-append", func() { bytesSink, argsSink, _ = table.Append(text, args, built, sqlspec.Postgres) }},
		{"squirrel", func() {
			textSink, argsSink, _ = sq.And{sq.Eq{"t.account": account}, sq.Eq{"t.created_by": sub}}.ToSql()
		}},
	})
}

type way struct {
	name string
	do   func()
}

// paired times the ways in turn, so that the noise of the machine falls on all alike.
func paired(b *testing.B, ways []way) {
	const inner = 100
	times := make([][]float64, len(ways))
	random := rand.New(rand.NewPCG(1, 2))
	round := func() {
		for _, i := range random.Perm(len(ways)) {
			start := time.Now()
			for range inner {
				ways[i].do()
			}
			times[i] = append(times[i], float64(time.Since(start).Nanoseconds())/inner)
		}
	}
	for b.Loop() {
		round()
	}
	for len(times[0]) < 15 {
		round()
	}
	for i, w := range ways {
		slices.Sort(times[i])
		median := times[i][len(times[i])/2]
		b.ReportMetric(median, w.name+"-ns")
		b.ReportMetric(median/times[0][len(times[0])/2], w.name+"-x")
		b.ReportMetric(testing.AllocsPerRun(100, w.do), w.name+"-allocs")
	}
	b.ReportMetric(0, "ns/op")
}
