package main

import (
	"fmt"
	"strconv"
	"strings"
)

// forbidden prints the errors of the policy. They are for the log; a caller gets
// a 403.
func (t *tour) forbidden(decisions []decision) {
	t.out.heading("Forbidden requests")
	errs := grouped{}
	for _, d := range decisions {
		if d.err != nil {
			errs.add(d.err.Error(), d.claims.Subject)
		}
	}
	for _, err := range errs.keys {
		t.out.line("%s", errs.who(err))
		t.out.paragraph("    ", yellow, err, 2)
	}
}

// statements prints the SQL of the decisions. The text depends on the shape of a
// specification alone: callers of one role share it, and differ in arguments.
func (t *tour) statements(decisions []decision) {
	t.out.heading("As SQL")
	printed := map[string]bool{}
	for _, d := range decisions {
		text := d.query.text
		if d.err != nil || printed[text] {
			continue
		}
		printed[text] = true
		t.out.paragraph("  ", "", d.visible.String(), 2)
		t.out.paragraph("    ", faint, text, 4)
		args := grouped{}
		for _, same := range decisions {
			if same.query.text == text {
				args.add(arguments(same.query.args), same.claims.Subject+" "+same.method)
			}
		}
		for _, a := range args.keys {
			t.out.paragraph("    ", "", args.who(a)+": "+a, 2)
		}
	}
}

// grouped collects names under keys, both in the order of their appearance.
type grouped struct {
	keys  []string
	names map[string][]string
}

func (g *grouped) add(key, name string) {
	if g.names == nil {
		g.names = map[string][]string{}
	}
	if g.names[key] == nil {
		g.keys = append(g.keys, key)
	}
	g.names[key] = append(g.names[key], name)
}

func (g *grouped) who(key string) string { return strings.Join(g.names[key], ", ") }

// arguments lists the arguments of a statement.
func arguments(args []any) string {
	if len(args) == 0 {
		return "no arguments"
	}
	var texts []string
	for _, arg := range args {
		texts = append(texts, argument(arg))
	}
	return strings.Join(texts, "  ")
}

// argument is one of them, cut where it is long.
func argument(arg any) string {
	text := fmt.Sprint(arg)
	if s, ok := arg.(string); ok {
		text = strconv.Quote(s)
		if strings.Contains(s, `"`) && strconv.CanBackquote(s) {
			text = "`" + s + "`" // easier to read than \"
		}
	}
	if runes := []rune(text); len(runes) > 60 {
		text = string(runes[:60]) + "..."
	}
	return text
}
