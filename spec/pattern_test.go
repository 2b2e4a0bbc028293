package spec_test

import (
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// Short patterns that would take seconds, or hundreds of megabytes, to compile.
// Every one is RE2 and within MaxText.
var expensivePatterns = map[string]string{
	"classes":                       strings.Repeat(`\pL`, 5000),
	"classes in a class":            "[" + strings.Repeat(`\pL\PN`, 2500) + "]",
	"classes, repeated":             strings.Repeat(`\pL{900}`, 2000),
	"ranges without case":           strings.Repeat("(?i)[Ā-𞤀]", 1200),
	"ranges without case, one flag": "(?i)" + strings.Repeat("[a-𞤀]", 2000),
	"ranges without case, in order": "(?s-m)(?mi)[" + strings.Repeat("Ā-𞤀", 1600) + "]",
	"ranges without case, escaped":  "a(?i:" + strings.Repeat(`[b-\x{1e900}]`, 1200) + ")",
	"repetitions":                   strings.Repeat("a{900}", 2500),
	"repetitions of much":           "(?:" + strings.Repeat("[ab]c", 2500) + "){900}",
	"repetitions in repetitions":    strings.Repeat("(?:(?:ab{10}){10}){9}", 700),
}

func TestExpensivePatterns(t *testing.T) {
	for name, pattern := range expensivePatterns {
		if len(pattern) > spec.MaxText {
			t.Fatalf("%s: %d bytes would be refused for their number", name, len(pattern))
		}
		var err error
		used := allocated(func() { err = spec.Matches("text", pattern).Err() })
		if !errors.Is(err, spec.ErrPattern) {
			t.Errorf("%s: have %v, want ErrPattern", name, err)
		}
		if _, err := spec.CompilePattern(pattern); err == nil {
			t.Errorf("%s: CompilePattern takes it", name)
		}
		if used > 10<<20 {
			t.Errorf("%s: %d bytes to refuse it", name, used)
		}
	}
}

// What people write is far from the bound.
func TestPatternsOfReasonableCost(t *testing.T) {
	for name, pattern := range map[string]string{
		"longest text":         strings.Repeat("a", spec.MaxText),
		"longest with a quote": `\Q` + strings.Repeat("(", spec.MaxText-2),
		"one class repeated":   `\pL{1000}`,
		"a name":               `(?i)[\pL\pM' -]{1,100}$`,
		"two alphabets":        `(?i)[A-Za-zÀ-ÖØ-öø-ÿА-я]+`,
		"a UUID":               `[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`,
		"an address":           `(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$`,
		"many words":           "(?i:" + strings.Repeat("word|", 1000) + "last)",
		"a wide range, once":   "(?i)[Ā-𞤀]",
	} {
		if err := spec.Matches("text", pattern).Err(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if used := allocated(func() { _, _ = spec.CompilePattern(pattern) }); used > 40<<20 {
			t.Errorf("%s: %d bytes to compile it", name, used)
		}
	}
}

// allocated is how many bytes f allocates, freed or not.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
