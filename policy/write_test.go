package policy_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// object is a mapping that keeps its order; other values are texts, lists, numbers,
// and what encoding/json knows.
type object []member

type member struct {
	key   string
	value any
}

// MarshalJSON implements [json.Marshaler].
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%s:%s", quoted(m.key), value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// writer writes values as YAML, each text in one of the ways that there are.
type writer struct {
	random *rand.Rand
	b      strings.Builder
}

func (w *writer) value(v any, indent string) {
	switch v := v.(type) {
	case object:
		if len(v) == 0 {
			w.b.WriteString(" {}\n")
			return
		}
		w.b.WriteString("\n")
		for _, m := range v {
			key := strings.TrimSpace(w.flow(m.key))
			w.b.WriteString(indent + key + ":")
			w.value(m.value, indent+"  ")
		}
	case []any:
		if len(v) == 0 {
			w.b.WriteString(" []\n")
			return
		}
		w.b.WriteString("\n")
		for _, item := range v {
			w.b.WriteString(indent + "-")
			w.value(item, indent+"  ")
		}
	case string:
		w.text(v, indent)
	default:
		number, _ := json.Marshal(v)
		fmt.Fprintf(&w.b, " %s\n", number)
	}
}

var plainText = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_$=&|<>. ]*$`)

// flow writes a text on one line.
func (w *writer) flow(s string) string {
	isWord := slices.Contains([]string{"true", "false", "null", "~"}, strings.ToLower(s))
	switch {
	case w.random.IntN(2) == 0 && plainText.MatchString(s) && !isWord && strings.TrimSpace(s) == s:
		return " " + s
	case w.random.IntN(2) == 0 && !strings.ContainsFunc(s, unseen):
		return " '" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return " " + quoted(s)
}

func (w *writer) text(s, indent string) {
	if w.random.IntN(3) > 0 || s == "" || strings.ContainsFunc(strings.ReplaceAll(s, "\n", ""), unseen) || strings.Trim(s, " \n") != s {
		w.b.WriteString(w.flow(s) + "\n")
		return
	}
	w.b.WriteString(" |-\n")
	for line := range strings.SplitSeq(s, "\n") {
		w.b.WriteString(indent + line + "\n")
	}
}

// unseen reports whether a character has to be written as an escape.
func unseen(r rune) bool {
	return !unicode.IsPrint(r) || r == '\u00a0'
}

// quoted writes a text in double quotes, as JSON and YAML both read it.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < 0x10000 && unseen(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
