package spec_test

import (
	"errors"
	"flag"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rolespec/rolespec/spec"
)

var (
	textSeed  = flag.Uint64("text.seed", 1, "seed of the random specifications that are printed and read")
	textSpecs = flag.Int("text.specs", 20_000, "how many random specifications are printed and read, a tenth of it with -short or -race")
)

// What String and Format print is read as what was printed.
func TestTextRoundTrip(t *testing.T) {
	d, n := seeded(*textSeed), scale(*textSpecs)
	ops, kinds, relations := map[spec.Op]int{}, map[spec.Kind]int{}, 0
	for range n {
		s := drawSound(d, 4)
		checkRoundTrip(t, s, d(120))
		for leaf := range s.Leaves() {
			ops[leaf.Op]++
			kinds[leaf.Value.Kind()]++
		}
		if _, ok := s.Node().(spec.Quantified); ok {
			relations++
		}
		if t.Failed() {
			return
		}
	}
	for _, op := range everyOperator {
		if ops[op] < n/200 {
			t.Errorf("only %d leaves are %v", ops[op], op)
		}
	}
	for kind := spec.KindNull; kind <= spec.KindField; kind++ {
		if kinds[kind] < n/200 {
			t.Errorf("only %d values are a %v", kinds[kind], kind)
		}
	}
	if relations < n/200 {
		t.Errorf("only %d specifications are about a relation", relations)
	}
}

func checkRoundTrip(t *testing.T, s spec.Specification, width int) {
	t.Helper()
	text := s.String()
	back, err := spec.Parse(text)
	if err != nil || !back.Equal(s) || back.String() != text {
		t.Fatalf("%s is read as %v, error %v", text, back, err)
	}
	formatted := spec.Format(s, width)
	back, err = spec.Parse(formatted)
	if err != nil || !back.Equal(s) || spec.Format(back, width) != formatted {
		t.Fatalf("formatted to %d\n%s\nis read as %v, error %v", width, formatted, back, err)
	}
}

// However a specification is written, Parse gives what the constructors give.
func TestParseIsTheConstructors(t *testing.T) {
	d, n := seeded(*textSeed), scale(*textSpecs)
	connectives := 0
	for range n {
		written := drawSpelled(d, 5)
		have, err := spec.Parse(written.text)
		if errors.Is(err, spec.ErrTooDeep) && errors.Is(written.s.Err(), spec.ErrTooDeep) { // too many relations
			continue
		}
		if err != nil || !have.Equal(written.s) {
			t.Fatalf("%s\nis read as %v (error %v), want %v", written.text, have, err, written.s)
		}
		connectives += strings.Count(have.String(), "&&") + strings.Count(have.String(), "||")
	}
	if connectives < n {
		t.Errorf("only %d connectives in %d specifications", connectives, n)
	}
}

// The text of a specification with something changed is an error that says where,
// or another specification that prints and reads.
func TestMutatedTexts(t *testing.T) {
	d, n := seeded(*textSeed), scale(*textSpecs)
	read := 0
	for range n {
		text := mutated(d, drawSound(d, 3).String())
		if s, err := spec.Parse(text); err != nil {
			if checkSyntaxError(t, text, s, err) == nil {
				t.Fatalf("%s: %v", text, err)
			}
		} else {
			checkRoundTrip(t, s, d(120))
			read++
		}
	}
	if read < n/20 || read > n*19/20 {
		t.Errorf("%d of %d mutated texts can be read: too few or too many to say much", read, n)
	}
}

// mutated is a text with some characters left out, changed, moved or written twice.
func mutated(d dice, text string) string {
	for range 1 + d(3) {
		from := position(d, text)
		to := position(d, text[from:]) + from
		if d(3) > 0 {
			to = min(from+1, len(text))
		}
		part := text[from:to]
		switch d(4) {
		case 0:
			text = text[:from] + text[to:]
		case 1:
			text = text[:from] + one(d, []string{"(", ")", "[", "]", ",", "#", "!", "&&", "||", `"`, "'", "`", `\`, "$", ".", " ", "not ", "in", "1", "e", "\x00", "\xff", "None", "any r "}) + text[to:]
		case 2:
			at := position(d, text)
			text = text[:at] + part + text[at:]
		case 3:
			text = text[:to] + text[from:]
		}
	}
	return text
}

// position is one in the first 255 bytes, so that a fuzzer's byte can choose it.
func position(d dice, text string) int { return d(min(len(text), 255) + 1) }

// Cut anywhere, a text is an error or a specification, and never a panic.
func TestTextsCutShort(t *testing.T) {
	d := seeded(3)
	for range scale(300) {
		text := spec.Format(drawSound(d, 4), 20)
		for i := range len(text) {
			for _, part := range []string{text[:i], text[i:]} {
				if s, err := spec.Parse(part); err != nil {
					checkSyntaxError(t, part, s, err)
				}
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, test := range printTests {
		f.Add(test.want)
	}
	for _, test := range parseTests {
		f.Add(test.text)
	}
	for _, test := range syntaxErrors {
		f.Add(strings.Replace(test.text, "§", "", 1))
	}
	f.Add(spec.Format(nested(30), 20))
	f.Fuzz(func(t *testing.T, text string) {
		s, err := spec.Parse(text)
		if err != nil {
			if checkSyntaxError(t, text, s, err) == nil {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		if s.Err() != nil || !utf8.ValidString(s.String()) {
			t.Fatalf("%q is read as %v, which is not sound", text, s)
		}
		checkRoundTrip(t, s, len(text)%100)
	})
}
