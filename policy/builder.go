package policy

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/internal/suggest"
	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// builder makes a policy of a document, and notes what is wrong with it.
type builder struct {
	file     *document.File
	name     string
	document *document.Document
	made     *Policy
	grants   budget // written out
	work     budget // conditions that were checked
}

func (b *builder) policy() *Policy {
	b.made = &Policy{endpoints: map[string]int{}}
	switch combine := b.document.Combine; combine.Text {
	case "", "first":
	case "union":
		b.made.parts = append(b.made.parts, roles.Union())
	default:
		b.problem(combine.Pos, "write first or union", "%s is no way to combine roles", document.Quote(combine.Text))
	}
	b.claims()
	if !b.resources() {
		return nil // every endpoint would be one of no resource
	}
	b.roles()
	for i := range b.document.Restrict {
		b.restriction(&b.document.Restrict[i])
	}
	b.sound()
	return b.made
}

func (b *builder) claims() {
	if b.document.Claims.Pos == (document.Pos{}) {
		return
	}
	declared, err := spec.NewSchema(fieldsOf(b.document.Claims)...)
	if err != nil {
		b.problem(b.document.Claims.Pos, "", "%s", withoutPrefix(err))
		return
	}
	b.made.claims = declared
	b.made.parts = append(b.made.parts, roles.Claims(declared))
}

func fieldsOf(types document.Mapping[document.Type]) []spec.Field {
	fields := make([]spec.Field, len(types.Entries))
	for i, e := range types.Entries {
		fields[i] = e.Value.Field
		fields[i].Name = e.Name.Text
	}
	return fields
}

// sound builds a service of what was made: the last word on a policy is that of
// package roles.
func (b *builder) sound() {
	if len(b.file.Problems) > 0 {
		return
	}
	if _, err := roles.NewService[Claims](b.made.parts...); err != nil {
		b.file.Add(document.Problem{Reason: strings.TrimPrefix(err.Error(), "roles: "), Err: err})
	}
}

func (b *builder) problem(at document.Pos, advice, format string, args ...any) {
	if !b.file.Full() {
		b.file.Add(document.Problem{Pos: at, Reason: fmt.Sprintf(format, args...), Advice: advice})
	}
}

// where names a place for what is made of it.
func (b *builder) where(at document.Pos) string {
	return at.In(b.name)
}

// nearest advises one of the candidates, or all of them if they are few.
func (b *builder) nearest(name string, candidates []string) string {
	const many, few = 500, 12
	if b.file.Full() || len(candidates) > many {
		return ""
	}
	if near := suggest.Nearest(name, candidates); near != "" {
		return "did you mean " + plain(near) + "?"
	}
	if len(candidates) == 0 || len(candidates) > few {
		return ""
	}
	shown := make([]string, len(candidates))
	for i, c := range candidates {
		shown[i] = plain(c)
	}
	return "there are " + strings.Join(shown, ", ")
}

// plain is a name without quotes where it can be told from the sentence.
func plain(name string) string {
	if quoted := document.Quote(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}

func (b *builder) endpointNames() []string { return slices.Sorted(maps.Keys(b.made.endpoints)) }

func fieldNames(sc *spec.Schema) (names []string) {
	for f := range sc.Fields() {
		names = append(names, f.Name)
	}
	return names
}

func withoutPrefix(err error) string {
	return strings.ReplaceAll(strings.TrimPrefix(err.Error(), "spec: "), ": spec: ", ": ")
}
