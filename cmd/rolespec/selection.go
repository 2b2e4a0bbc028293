package main

import (
	"bytes"
	"flag"
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// aboutSelection describes the flags of a selection.
const aboutSelection = `The specification is --spec, or what --policy gives the --caller for an --endpoint
and a --method. --fields declares what the fields of the rows hold: the name of each,
a colon and its kind, in brackets for a list, with a question mark where it can be
null. The kinds are bool, int, uint, float, decimal, string, bytes, time, date and
uuid. A policy declares its fields itself.`

// selection are the flags that say which specification is meant, and what is
// known of the rows: one that is written out, or one that a policy gives a
// caller.
type selection struct {
	spec   string
	fields string
	caller string
	access access
}

// selected is what a selection comes to.
type selected struct {
	spec   spec.Specification
	source string       // where it is from, for errors
	schema *spec.Schema // what is declared of the rows; nil for nothing
	open   bool         // rows may have more fields than are declared
	key    string       // the field that names a row
}

func (s *selection) register(flags *flag.FlagSet) {
	flags.StringVar(&s.spec, "spec", "", "`TEXT` or JSON of the specification; @FILE reads it from a file")
	flags.StringVar(&s.caller, "caller", "", "claims of the caller, a `JSON` object, which fill in variables such as $account; @FILE reads them from a file")
	flags.StringVar(&s.fields, "fields", "", "`LIST` of the fields of the rows, such as 'age:int,tags:[string],deleted_at:time?'")
	s.access.register(flags, "`FILE` of a policy, instead of --spec")
}

// resolve reads the specification and what is declared of the rows.
func (s *selection) resolve(e *environment, command string) (*selected, error) {
	schema, err := parseFields(s.fields)
	switch {
	case err != nil:
		return nil, err
	case s.spec != "" && s.access.policy != "":
		return nil, usagef(command, "--spec or --policy, not both")
	case s.access.policy != "":
		return s.fromPolicy(e, command, schema)
	case s.spec == "":
		return nil, usagef(command, "which specification? --spec TEXT, --spec @FILE, or --policy FILE")
	case s.access.endpoint != "" || s.access.method != "":
		return nil, usagef(command, "--endpoint and --method are for --policy")
	}
	return s.fromSpec(e, schema)
}

func (s *selection) fromSpec(e *environment, schema *spec.Schema) (*selected, error) {
	sel := &selected{schema: schema, open: true, key: "id"}
	text, source, err := e.argument("spec", s.spec)
	if err != nil {
		return nil, err
	}
	sel.source = source
	if sel.spec, err = readSpecification(text); err != nil {
		return nil, &specError{source, err}
	}
	if s.caller == "" {
		return sel, sel.needsNoCaller()
	}
	caller, err := e.readCaller(s.caller)
	if err != nil {
		return nil, err
	}
	if sel.spec, err = bind(sel.spec, caller); err != nil {
		return nil, &specError{source, fmt.Errorf("%w: the caller has no such claim", err)}
	}
	return sel, nil
}

func (sel *selected) needsNoCaller() error {
	if !sel.spec.IsTemplate() {
		return nil
	}
	name := sel.spec.Vars()[0]
	return &specError{sel.source, fmt.Errorf("%w; --caller fills it in, as in --caller '{%q: ...}'", &spec.UnboundError{Name: name}, name)}
}

// readSpecification reads the text form, or JSON, which begins with a brace.
func readSpecification(text []byte) (s spec.Specification, err error) {
	text = bytes.TrimPrefix(text, []byte(byteOrderMark))
	if bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte{'{'}) {
		err = s.UnmarshalJSON(text)
		return s, err
	}
	return spec.Parse(string(text))
}

// bind fills in the variables of a specification. A claim that the caller has
// not, or that is null, is an error: it would be compared with nothing.
func bind(s spec.Specification, caller map[string]any) (spec.Specification, error) {
	return s.Bind(func(name string) (spec.Value, bool) {
		get, _, err := spec.ClaimGetter[map[string]any](name)
		if err != nil {
			return spec.Null, false
		}
		v := get(&caller)
		return v, !v.IsNull()
	})
}
