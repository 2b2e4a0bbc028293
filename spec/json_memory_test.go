//go:build !race

package spec_test

import (
	"runtime"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// bytesAllocatedBy is how many bytes f allocates, what it drops again included.
func bytesAllocatedBy(f func()) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}

// Reading takes a bounded multiple of the text, what it drops again included, and
// twice the text takes no more in proportion.
func TestMemoryOfJSON(t *testing.T) {
	const n, most = 100_000, 10
	more := map[string]struct {
		most   float64
		reason string
	}{
		"digits":        {21, "a value is 40 bytes, a digit and its comma two"},
		"texts":         {14, "an empty text and its comma are three bytes"},
		"floats":        {12, "a fraction and its comma are four bytes"},
		"long integers": {12, "a decimal takes its text again"},
		"empty lists":   {21, "the same, and how many elements it has"},
		"small lists":   {35, "the same, 24 bytes for the list, and its elements"},
		"lists of ten":  {25, "the same"},
		"deep lists":    {48, "the same"},
	}
	single, double := hugeJSON(n), hugeJSON(2*n)
	for name, text := range single {
		limit := max(most, more[name].most)
		ratio, twice := memoryOfJSON(text), memoryOfJSON(double[name])
		if ratio > limit || twice > 1.1*ratio+0.1 {
			t.Errorf("%s: takes %.1f times its text and %.1f times twice the text, want at most %v: %s", name, ratio, twice, limit, more[name].reason)
		}
		t.Logf("%-14s %5.1f %5.1f", name, ratio, twice)
	}
}

// However dense, a text of the greatest length takes no more than ten times its
// length: the numbers of specifications and of elements see to it.
func TestMemoryOfTheLongestJSON(t *testing.T) {
	for name, text := range hugeJSON(spec.MaxJSON - 100) {
		if ratio := memoryOfJSON(text); ratio > 10 {
			t.Errorf("%s: takes %.1f times its %d bytes", name, ratio, len(text))
		}
	}
	for name, text := range hugeJSON(2 * spec.MaxJSONElements) { // as many elements as there can be
		if ratio := memoryOfJSON(text) * float64(len(text)) / spec.MaxJSON; ratio > 10 {
			t.Errorf("%s: takes %.1f times the longest text", name, ratio)
		}
	}
}

// memoryOfJSON is how many times its length reading a text allocates.
func memoryOfJSON(text string) float64 {
	data := []byte(text)
	var s spec.Specification
	return bytesAllocatedBy(func() { _ = s.UnmarshalJSON(data) }) / float64(len(data))
}

func BenchmarkUnmarshalJSON(b *testing.B) {
	for name, text := range hugeJSON(100_000) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				var s spec.Specification
				_ = s.UnmarshalJSON([]byte(text))
			}
		})
	}
}
