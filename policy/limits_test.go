package policy_test

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/policy"
)

// dense are inputs of the greatest length or with the most marks, of the shapes
// that ask most of a parser.
func dense() map[string]string {
	const marks = 24_900
	fill := func(head, part, tail string) string {
		n := min((policy.MaxSize-len(head)-len(tail))/len(part), marks/max(1, strings.Count(part, ",")+strings.Count(part, ": ")+strings.Count(part, "\n")+strings.Count(part, "- ")+strings.Count(part, "[")+strings.Count(part, "{")+strings.Count(part, "? ")))
		return head + strings.Repeat(part, n) + tail
	}
	numbered := func(head, part, tail string, n int) string {
		var b strings.Builder
		b.WriteString(head)
		for i := range n {
			fmt.Fprintf(&b, part, i)
		}
		return b.String() + tail
	}
	names := func(n, length int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "%0*d,", length, i)
		}
		return strings.ReplaceAll(strings.TrimSuffix(b.String(), ","), ",", ",a")
	}
	grant := "rolespec: 1\nroles:\n- name: user\n  allow:\n  - {methods: GET, endpoint: tasks, rule: \"#\"}\n"
	long := strings.Repeat("a == 1 && ", 60_000) + "a == 1"
	return map[string]string{
		"flow list":                     "[" + fill("", "a,", "") + "a]",
		"flow mapping":                  "{" + fill("", "a: b,", "") + "a: b}",
		"YAML flow mapping":             "- {" + fill("", "a: b,", "") + "a: b}",
		"nested flow":                   strings.Repeat("[", marks/3),
		"nested flow, closed":           strings.Repeat("[", 9000) + strings.Repeat("]", 9000),
		"nested mappings":               strings.Repeat("{a: ", marks/3),
		"nested YAML mappings":          "- " + strings.Repeat("{a: ", marks/3),
		"dashes":                        strings.Repeat("- ", marks),
		"lines of dashes":               fill("", "-\n", ""),
		"dash lines":                    fill("", "- a\n", ""),
		"question marks":                strings.Repeat("? ", marks),
		"lines of question marks":       fill("", "? a\n", ""),
		"colons":                        strings.Repeat(": ", marks),
		"empty flow":                    "[" + fill("", "[],", "") + "]",
		"quotes":                        "[" + fill("", `"",`, "") + `""]`,
		"single quotes":                 "[" + fill("", `'',`, "") + `'']`,
		"long quotes":                   `a: "` + strings.Repeat("x", policy.MaxSize-10) + `"`,
		"escapes":                       `a: "` + strings.Repeat(`\x41`, policy.MaxSize/4-10) + `"`,
		"comments":                      fill("", "# a\n", ""),
		"comments on lines":             fill("", "- a # b\n", ""),
		"one long comment":              "#" + strings.Repeat("x", policy.MaxSize-1),
		"comments and blanks":           fill("a: 1\n", "# a\n\n", "b: 1\n"),
		"long keys":                     fill("", strings.Repeat("k", 100)+": 1\n", ""),
		"other long keys":               numbered("", strings.Repeat("k", 60)+"%d: 1\n", "", 12_000),
		"anchors":                       numbered("", "- &a%d x\n", "", 12_000),
		"aliases":                       numbered("- &a x\n", "- *a\n", "", 12_000),
		"bombs":                         numbered("- &a0 x\n", "- &a%[1]d [*a0, *a0]\n", "", 4_000),
		"tags":                          fill("", "- !a b\n", ""),
		"long plain":                    strings.Repeat("a ", policy.MaxSize/2),
		"plain lines":                   "a: " + fill("", "b\n ", ""),
		"block":                         "a: |\n" + fill("", " "+strings.Repeat("b", 30)+"\n", ""),
		"folded":                        "a: >\n" + fill("", " b\n", ""),
		"indentation":                   indented(1400),
		"blanks":                        strings.Repeat(" ", policy.MaxSize),
		"line ends":                     strings.Repeat("\n", marks),
		"JSON list":                     `{"a": [` + fill("", "1,", "") + "1]}",
		"JSON texts":                    `{"a": [` + fill("", `"",`, "") + `""]}`,
		"JSON nested":                   strings.Repeat(`{"a":`, marks/2),
		"JSON keys":                     numbered("{", `"k%d":1,`, `"a":1}`, 24_000),
		"JSON long text":                `{"a": "` + strings.Repeat("x", policy.MaxSize-20) + `"}`,
		"JSON escapes":                  `{"a": "` + strings.Repeat(`\u00e9`, policy.MaxSize/6-10) + `"}`,
		"JSON replacements":             `{"a": [` + fill("", `"\ufffd",`, "") + `"` + "\ufffd" + `"]}`,
		"unclosed at the end":           fill("", "- a\n", "") + `- "`,
		"faulty rules":                  fill("rolespec: 1\nroles:\n- name: a\n  deny:\n", "  - {rule: a = 1}\n", ""),
		"faulty rules of one line":      "rolespec: 1\nroles: [{name: a, deny: [" + fill("", "{rule: a = 1},", "") + "]}]\n",
		"long rule":                     strings.Replace(grant, `"#"`, "'"+long+"'", 1),
		"long rule for many":            strings.Replace(strings.Replace(grant, `"#"`, "'"+long+"'", 1), "endpoint: tasks", "endpoint: [a"+names(3000, 5)+"]", 1),
		"many by many":                  strings.Replace(strings.Replace(grant, "GET", "[a"+names(9000, 5)+"]", 1), "endpoint: tasks", "endpoint: [a"+names(9000, 5)+"]", 1),
		"as many as there can be":       strings.Replace(strings.Replace(grant, "GET", "[a"+names(99, 5)+"]", 1), "endpoint: tasks", "endpoint: [a"+names(100, 5)+"]", 1),
		"names twice":                   strings.Replace(grant, "GET", "["+strings.Repeat("GET, ", marks-10)+"GET]", 1),
		"many fields":                   numbered("rolespec: 1\nroles: []\nresources: {t: {fields: {", strings.Repeat("f", 56)+"%d: int,", "}, key: "+strings.Repeat("f", 50)+"x}}\n", 12_000),
		"many resources":                numbered("rolespec: 1\nroles: []\nresources:\n", "  r%d: {fields: {}}\n", "restrict:\n- {endpoint: '*', rule: '#'}\n", 4_900),
		"a long rule of many resources": numbered("rolespec: 1\nroles: []\nresources:\n", "  r%d: {fields: {a: int}}\n", "restrict:\n- {endpoint: '*', rule: '"+strings.Repeat("a == 1 && ", 30_000)+"a == 1'}\n", 3_000),
		"unknown endpoints":             numbered("rolespec: 1\nresources: {t: {fields: {}, endpoints: [a"+names(900, 60)+"]}}\nroles:\n- name: user\n  allow:\n", "  - {endpoint: "+strings.Repeat("0", 50)+"x%d, methods: GET, rule: '#'}\n", "", 3_000),
		"relations":                     numbered("rolespec: 1\nroles: []\nresources:\n  t:\n    fields: {}\n    relations:\n", "      r%d: {one: t}\n", "", 6_000),
		"roles":                         numbered("rolespec: 1\nroles:\n", "- name: r%d\n", "", 12_000),
		"grants":                        numbered("rolespec: 1\nroles:\n- name: user\n  allow:\n", "  - {endpoint: e%d, methods: GET, rule: a == $b}\n", "", 3_500),
		"lists of claims":               strings.Replace(grant, `"#"`, "'a in ["+strings.Repeat("$x,", 20_000)+"]'", 1),
		"patterns":                      numbered("rolespec: 1\nroles:\n- name: user\n  allow:\n", "  - {endpoint: e%d, methods: GET, rule: \"a matches '"+strings.Repeat("(a|b)*", 30)+"'\"}\n", "", 3_000),
	}
}

func indented(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// TestDenseFiles parses what asks most of a parser. How long it takes is only told:
// it depends on the machine.
func TestDenseFiles(t *testing.T) {
	if withRace || testing.Short() {
		t.Skip("takes seconds")
	}
	for name, input := range dense() {
		if len(input) > policy.MaxSize {
			t.Fatalf("%s: have %d bytes, want a file that is read", name, len(input))
		}
		began := time.Now()
		p, err := policy.Parse("f", []byte(input))
		t.Logf("%-30s %7d bytes, %5d ms, error %.60q", name, len(input), time.Since(began).Milliseconds(), text(err))
		if (p == nil) == (err == nil) {
			t.Errorf("%s: have policy %v and error %v, want one of them", name, p, err)
		}
	}
}

// TestMemory measures what is held while the inputs that need most are parsed.
func TestMemory(t *testing.T) {
	if withRace || testing.Short() {
		t.Skip("the garbage is collected again and again")
	}
	const most = 16 * policy.MaxSize // one of which is the input
	inputs := dense()
	for _, name := range []string{"patterns", "many fields", "other long keys", "dashes", "names twice", "JSON keys", "YAML flow mapping", "as many as there can be"} {
		data := []byte(inputs[name])
		held := heldBy(func() { _, _ = policy.Parse("f", data) })
		t.Logf("%-30s %7d bytes, %5.1f MB", name, len(data), float64(held)/(1<<20))
		if held > most {
			t.Errorf("%s: held %d bytes, want at most %d", name, held, most)
		}
	}
}

// heldBy returns how much the heap grew while f ran, as far as one sees.
func heldBy(f func()) (most uint64) {
	defer debug.SetGCPercent(debug.SetGCPercent(5))
	runtime.GC()
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(heap)
	before := heap[0].Value.Uint64()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	for look := time.NewTicker(200 * time.Microsecond); ; {
		metrics.Read(heap)
		now := heap[0].Value.Uint64()
		most = max(most, now-min(before, now))
		select {
		case <-done:
			look.Stop()
			return most
		case <-look.C:
		}
	}
}
