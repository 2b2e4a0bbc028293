package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
)

// eval keeps a few rows, however many there are.
func TestEvalMemory(t *testing.T) {
	size := 200 << 20
	if testing.Short() || withRace {
		size = 20 << 20
	}
	for _, format := range formats {
		t.Run(format, func(t *testing.T) {
			const most = 48 << 20
			before := heap()
			r, w := io.Pipe()
			peak := make(chan uint64)
			go func() { peak <- generate(w, format, size) }()
			var stderr strings.Builder
			exit := run(context.Background(), []string{"eval", "--format", format, "--fields", "id:int,account:int", "--spec", "account == 3"}, r, io.Discard, &stderr)
			if exit != 0 || stderr.Len() > 0 {
				t.Fatalf("have exit code %d and %q", exit, stderr.String())
			}
			if used := <-peak; used > before+most {
				t.Errorf("eval took %d MB of memory for %d MB of rows", (used-before)>>20, size>>20)
			}
		})
	}
}

// generate writes rows of a format and returns the most memory in use meanwhile.
func generate(w *io.PipeWriter, format string, size int) (peak uint64) {
	defer w.Close()
	var block strings.Builder
	for i := range 10_000 {
		if format == "csv" {
			fmt.Fprintf(&block, "%d,%d,\"some text, of a row\"\n", i, i%10)
		} else {
			fmt.Fprintf(&block, `{"id":%d,"account":%d,"title":"some text of a row","tags":["a","b"]}`+"\n", i, i%10)
		}
	}
	if format == "csv" {
		io.WriteString(w, "id,account,title\n")
	}
	for n := 0; n < size; n += block.Len() {
		if _, err := io.WriteString(w, block.String()); err != nil {
			return peak
		}
		peak = max(peak, heap())
	}
	return peak
}

// heap is how much memory the heap has from the system.
func heap() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapSys - m.HeapReleased
}

// A row that never ends is an error, not all of the memory.
func TestRowLength(t *testing.T) {
	for _, c := range []struct{ name, format, begin, more string }{
		{"NDJSON", "ndjson", "{\"a\":1}\n{\"a\":\"", "x"},
		{"CSV, in quotes that stay open", "csv", "a\n\"", "x\n"},
		{"CSV, a header", "csv", "", "x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := io.MultiReader(strings.NewReader(c.begin), endless(c.more))
			var stdout, stderr strings.Builder
			exit := run(context.Background(), []string{"eval", "--format", c.format, "--spec", "#", "--count"}, in, &stdout, &stderr)
			if exit != 2 || !strings.Contains(stderr.String(), "longer than 16 MiB") {
				t.Errorf("have exit code %d and %q", exit, stderr.String())
			}
		})
	}
	long := `{"a":"` + strings.Repeat("x", maxRecord-9) + "\"}\n"
	if have := rolespec(long, "eval", "--spec", "#", "--count"); have.stdout != "1\n" {
		t.Errorf("a row as long as can be: have %d, %q", have.exit, have.stderr)
	}
	if have := rolespec("x"+long, "eval", "--spec", "#", "--count"); have.exit != 2 || !strings.Contains(have.stderr, "standard input:1: a row longer") {
		t.Errorf("a row that is longer: have %d, %q", have.exit, have.stderr)
	}
}

// endless is a text again and again.
type endless string

func (e endless) Read(p []byte) (n int, err error) {
	for n+len(e) <= len(p) {
		n += copy(p[n:], e)
	}
	return n, nil
}

// Rows come out in the order in which they went in, and all of them.
func TestStreamOrder(t *testing.T) {
	var in, want strings.Builder
	for i := range 200_000 {
		line := fmt.Sprintf(`{"n":%d,"even":%t}`+"\n", i, i%2 == 0)
		in.WriteString(line)
		if i%2 == 0 {
			want.WriteString(line)
		}
	}
	have := rolespec(in.String(), "eval", "--spec", "even == True")
	if have.exit != 0 || have.stdout != want.String() {
		t.Errorf("have %d bytes, want %d, or in another order", len(have.stdout), want.Len())
	}
	bad := in.String() + "{\n" + in.String()
	have = rolespec(bad, "eval", "--spec", "even == True")
	if have.exit != 2 || have.stdout != want.String() || !strings.Contains(have.stderr, ":200001:") {
		t.Errorf("before an error: have %d bytes, want %d; %q", len(have.stdout), want.Len(), have.stderr)
	}
}

// A broken input is told, after the rows before it.
func TestStreamBreaks(t *testing.T) {
	var stdout, stderr strings.Builder
	in := io.MultiReader(strings.NewReader("{\"a\":1}\n{\"a\":"), broken{})
	exit := run(context.Background(), []string{"eval", "--spec", "#"}, in, &stdout, &stderr)
	if exit != 2 || stdout.String() != "{\"a\":1}\n" || !strings.Contains(stderr.String(), "the line went dead") {
		t.Errorf("have exit code %d, %q and %q", exit, stdout.String(), stderr.String())
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, fmt.Errorf("the line went dead") }

func BenchmarkEval(b *testing.B) {
	var in strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&in, `{"id":%d,"account":%d,"owner":"ann","title":"Some title number %d","done":%t,"tags":["home","urgent"],"price":%d.25}`+"\n", i, i%20, i, i%2 == 0, i%100)
	}
	b.SetBytes(int64(in.Len()))
	for b.Loop() {
		if have := rolespec(in.String(), "eval", "--count", "--spec", "account == 7 && done == False"); have.exit != 0 {
			b.Fatalf("have %+v", have)
		}
	}
}
