package policy_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf16"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// sheet writes a policy of random rules in random styles, with comments
// everywhere, each of them unlike any other.
type sheet struct {
	*rand.Rand
	world    *spectest.World
	text     strings.Builder
	rules    []spec.Specification // in the order of the file
	comments int
	targets  int
}

func newSheet(seed uint64) *sheet {
	s := &sheet{Rand: rand.New(rand.NewPCG(seed, 1)), world: spectest.NewWorld(seed, 0)}
	s.line("rolespec: 1")
	s.line("restrict:")
	for range s.IntN(3) {
		s.block("  ", "rule")
	}
	if len(s.rules) == 0 {
		s.line(`  []`)
	}
	s.line("roles:")
	for i := range 1 + s.IntN(2) {
		s.line(fmt.Sprintf("- name: r%d", i))
		s.line("  allow:")
		for range 1 + s.IntN(3) {
			if s.IntN(3) == 0 {
				s.flow("    ")
			} else {
				s.block("    ", "rule", "check")
			}
		}
	}
	return s
}

// line writes a line, perhaps with what a formatter has to keep or take away.
func (s *sheet) line(text string) {
	s.text.WriteString(text)
	s.lineEnd()
	if s.IntN(6) == 0 {
		s.text.WriteString(strings.Repeat(" ", s.IntN(9)) + s.comment() + "\n")
	}
}

func (s *sheet) lineEnd() {
	if s.IntN(4) == 0 {
		s.text.WriteString("  " + s.comment())
	}
	s.text.WriteString([]string{"\n", "\n", "\n", " \t \n", "\r\n", "\n\n"}[s.IntN(6)])
}

func (s *sheet) comment() string {
	s.comments++
	return fmt.Sprintf("#c%d. rule: %s", s.comments, []string{"'", `"`, "|", "#", "a == 1", "{", ""}[s.IntN(7)])
}

func (s *sheet) endpoint() string {
	s.targets++
	return fmt.Sprintf("e%d", s.targets)
}

var awkward = []string{
	"a: b", " #", "#", "'", `"`, `\`, "''", `it's "x"`, "- ", "? ", "!", "&a", "*a", "|", ">", "%", "@", "`", "a,b", "[x]", "{x}",
	"a:", ":a", "", " ", "  two  blanks ", "\t", "\n", "\r\n", "x\ny", "\u0085", "\u2028", "\ufeff", "\u00a0", "é", "日本", "🙂", "\u202e",
	"---", "...", "null", "true", "~", "1", "<<", "\u007f", "\x01", "--- a", "# a", "a #b", "a#b", ": ", "\ufffd",
}

func (s *sheet) rule() spec.Specification {
	one := s.world.Specification()
	if s.IntN(2) == 0 {
		name := awkward[s.IntN(len(awkward))] + "x"
		one = spec.And(one, spec.Or(spec.Eq(name, awkward[s.IntN(len(awkward))]), spec.In("in", awkward[:s.IntN(9)]...), spec.Eq("b", spec.Var(strings.ReplaceAll(name, ".", "")))))
	}
	s.rules = append(s.rules, one)
	return one
}

// flow writes a target as a flow mapping.
func (s *sheet) flow(indent string) {
	text := s.rule().String()
	written := s.quoted(text, "\n"+indent+"    ")
	if s.IntN(3) == 0 && !strings.ContainsAny(text, ",[]{}:#'\"`!&*|>@%\\") {
		written = text
	}
	switch s.IntN(3) {
	case 0:
		s.line(indent + "- {endpoint: [" + s.endpoint() + "], methods: GET, rule: " + written + "}")
	case 1:
		s.line(indent + "- {endpoint: " + s.endpoint() + ", \"rule\":" + written + " , methods: [PUT, x]}")
	default:
		s.line(indent + "- {rule : " + written)
		s.line(indent + "  , endpoint: " + s.endpoint() + ",")
		s.line(indent + "  methods: GET }")
	}
}

// block writes a target as a block mapping.
func (s *sheet) block(indent string, keys ...string) {
	s.line(indent + "- endpoint: " + s.endpoint())
	keys = keys[:1+s.IntN(len(keys))]
	for _, key := range keys {
		s.key(indent+"  ", key)
	}
	s.line(indent + "  methods: [GET]")
}

func (s *sheet) key(indent, key string) {
	rule := s.rule()
	s.text.WriteString(indent)
	switch s.IntN(8) {
	case 0:
		key = `"` + key + `"`
	case 1:
		key += " "
	}
	s.text.WriteString(key + ":")
	inner := indent + strings.Repeat(" ", 1+s.IntN(4))
	switch s.IntN(6) {
	case 0:
		s.text.WriteString("\n" + inner)
	case 1:
		s.text.WriteString("  " + s.comment() + "\n" + inner)
	case 2:
		s.text.WriteString("   ")
	default:
		s.text.WriteString(" ")
	}
	s.written(rule, inner)
}

// written writes a rule in one of the styles of YAML.
func (s *sheet) written(rule spec.Specification, inner string) {
	text := spec.Format(rule, s.IntN(3)*40)
	broken := strings.ReplaceAll(text, "\n", "\n"+inner)
	isPlain := !strings.ContainsAny(text, "#:") && !strings.ContainsAny(text[:1], "`!(")
	switch s.IntN(4) {
	case 0:
		if isPlain {
			s.line(broken)
			return
		}
		fallthrough
	case 1:
		s.line(s.quoted(text, "\n"+inner))
	default:
		s.text.WriteString([]string{"|", ">"}[s.IntN(2)])
		mark := []string{"", "-", "+", "-", "+"}[s.IntN(5)]
		s.text.WriteString(mark)
		s.lineEndOf()
		s.text.WriteString(inner + broken)
		s.text.WriteString([]string{"\n", "\r\n", "  \n", "\n\n", "\n" + inner + "  \n"}[s.IntN(5)])
	}
}

// lineEndOf ends the first line of a block, behind which no empty line may be
// taken for another.
func (s *sheet) lineEndOf() {
	if s.IntN(3) == 0 {
		s.text.WriteString(" " + s.comment())
	}
	s.text.WriteString([]string{"\n", "  \n", "\r\n", "\n\n"}[s.IntN(4)])
}

// quoted writes a text in quotes, with the escapes that only YAML has, and perhaps
// in several lines.
func (s *sheet) quoted(text, newLine string) string {
	if s.IntN(2) == 0 {
		return "'" + strings.ReplaceAll(strings.ReplaceAll(text, "'", "''"), "\n", newLine) + "'"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteString(newLine)
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case s.IntN(20) == 0 && r <= 0xff:
			fmt.Fprintf(&b, `\x%02x`, r)
		case s.IntN(20) == 0 && r <= 0xffff:
			fmt.Fprintf(&b, `\u%04X`, r)
		case s.IntN(40) == 0:
			b.WriteString("\\" + newLine + fmt.Sprintf(`\U%08x`, r))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// asJSON returns a policy in JSON with the rules of the sheet, in random spelling.
func (s *sheet) asJSON() string {
	var b strings.Builder
	blank := func() string { return []string{"", " ", "\n", "\r\n\t"}[s.IntN(4)] }
	b.WriteString(blank() + `{"rolespec" : 1,` + blank() + `"roles":[{"name":"\u0061","allow":[`)
	for i, rule := range s.rules {
		if i > 0 {
			b.WriteString(blank() + "," + blank())
		}
		fmt.Fprintf(&b, `{"endpoint":["e%d"],"rule":%s%s,"methods":"GET"}`, i, blank(), s.inJSON(spec.Format(rule, s.IntN(90))))
	}
	b.WriteString(blank() + "]}]}" + blank())
	return b.String()
}

// inJSON quotes a text with escapes that it does not need.
func (s *sheet) inJSON(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case s.IntN(8) == 0 || r < ' ':
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, `\u%04x`, unit)
			}
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		default:
			b.WriteRune(r)
		}
	}
	return `"` + b.String() + `"`
}
