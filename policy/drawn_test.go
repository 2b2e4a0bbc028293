package policy_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// hostile are names that would be something else if they were not written with
// care, or read with care.
var hostile = []string{"tasks", `a"b`, "it's", "#", "a #b", "- x", "{x: 1}", "[x]", "!x", "&x", "*x", "x: y", "null", "true", "1", "1.5", "~", "yes", "|", ">",
	"%x", "@x", "`x`", "?", "$sub", `\`, `\n`, "é中\U0001f600", "a,b", "'", `"`, "---", "...", "<<", "=", "roles", "0x10", "2024-01-01", "rule: \"#\"", "x, methods: \"*\""}

// drawn is a random policy, to be written down in every way there is.
type drawn struct {
	random    *rand.Rand
	world     *spectest.World
	endpoints []string // about the rows of the world
	resources object
	file      object
	parts     []roles.Part
}

func draw(seed uint64) *drawn {
	d := &drawn{random: rand.New(rand.NewPCG(seed, 7)), world: spectest.NewWorld(seed, 3)}
	for _, i := range d.random.Perm(len(hostile))[:3] {
		d.endpoints = append(d.endpoints, hostile[i])
	}
	claims := object{{"sub", "string"}, {"level", "int"}, {"teams", []any{"int"}}}
	d.parts = append(d.parts, roles.Claims(mustSchema(
		spec.Field{Name: "sub", Kind: spec.KindString}, spec.Field{Name: "level", Kind: spec.KindInt}, spec.Field{Name: "teams", Kind: spec.KindInt, List: true})))
	d.resource(d.world.Schema, map[*spec.Schema]string{})
	d.file = object{{"rolespec", 1}, {"claims", claims}, {"resources", d.resources}}
	if d.random.IntN(2) == 0 {
		d.file = append(d.file, member{"combine", "union"})
		d.parts = append(d.parts, roles.Union())
	}
	var restrict, all []any
	for range d.random.IntN(3) {
		restrict = append(restrict, d.restriction())
	}
	for _, i := range d.random.Perm(len(hostile))[:1+d.random.IntN(4)] {
		all = append(all, d.role(hostile[i]))
	}
	d.file = append(d.file, member{"roles", all})
	if restrict != nil {
		d.file = append(d.file, member{"restrict", restrict})
	}
	d.random.Shuffle(len(d.file), func(i, j int) { d.file[i], d.file[j] = d.file[j], d.file[i] })
	return d
}

func mustSchema(fields ...spec.Field) *spec.Schema {
	sc, err := spec.NewSchema(fields...)
	if err != nil {
		panic(err)
	}
	return sc
}

// resource declares the rows of a schema and those that it leads to.
func (d *drawn) resource(sc *spec.Schema, names map[*spec.Schema]string) string {
	if name, ok := names[sc]; ok {
		return name
	}
	name := fmt.Sprintf("rows %d", len(names))
	names[sc] = name
	made := object{{"endpoints", []any{}}}
	if len(names) == 1 {
		made = object{{"endpoints", anys(d.endpoints)}}
	}
	var fields, relations object
	for f := range sc.Fields() {
		var t any = f.TypeName()
		if len(f.Labels) > 0 {
			t = object{{"enum", anys(f.Labels)}, {"nullable", f.Nullable}}
			if f.List {
				t = append(t.(object), member{"type", []any{"string"}})
			}
		}
		fields = append(fields, member{f.Name, t})
	}
	for r := range sc.Relations() {
		kind := "many"
		if r.One {
			kind = "one"
		}
		relations = append(relations, member{r.Name, object{{kind, d.resource(r.Rows, names)}}})
	}
	d.resources = append(d.resources, member{name, append(made, member{"fields", fields}, member{"relations", relations})})
	return name
}

func anys(texts []string) []any {
	all := make([]any, len(texts))
	for i, s := range texts {
		all[i] = s
	}
	return all
}

// rule draws a rule, and how a file has it: as a text, in lines, or as JSON.
func (d *drawn) rule() (spec.Specification, any) {
	s := d.world.Specification()
	switch d.random.IntN(4) {
	case 0:
		s = s.And(spec.Eq("id", spec.Var("level")))
	case 1:
		s = s.Or(spec.NewLeaf("id", spec.OpIn, spec.Of(spec.Var("teams"))))
	}
	return s, d.written(s)
}

func (d *drawn) written(s spec.Specification) any {
	switch d.random.IntN(3) {
	case 0:
		data, err := s.MarshalJSON()
		if err != nil {
			panic(err)
		}
		return ordered(data)
	case 1:
		return spec.Format(s, 40)
	}
	return s.String()
}

// ordered reads JSON and keeps the order of its keys.
func ordered(data []byte) any {
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.UseNumber()
	return orderedValue(decoder)
}

func orderedValue(d *json.Decoder) any {
	t, err := d.Token()
	if err != nil {
		panic(err)
	}
	delim, ok := t.(json.Delim)
	if !ok {
		return t
	}
	list, mapping := []any{}, object{}
	for d.More() {
		item := orderedValue(d)
		if delim == '[' {
			list = append(list, item)
		} else {
			mapping = append(mapping, member{item.(string), orderedValue(d)})
		}
	}
	if _, err := d.Token(); err != nil {
		panic(err)
	}
	if delim == '[' {
		return list
	}
	return mapping
}

// target draws an endpoint and a method, "" for everything.
func (d *drawn) target() (endpoint, method string, written object) {
	if d.random.IntN(5) == 0 {
		return "", "", object{{"endpoint", "*"}}
	}
	endpoint, method = pick(d.random, d.endpoints...), pick(d.random, "GET", "put", "*", "EXECUTE")
	if d.random.IntN(2) == 0 {
		return endpoint, method, object{{"endpoint", []any{endpoint}}, {"methods", []any{method}}}
	}
	return endpoint, method, object{{"endpoint", endpoint}, {"methods", method}}
}

// everywhere is a rule that holds of the rows of any resource.
func (d *drawn) everywhere() (spec.Specification, any) {
	s := pick(d.random, spec.All(), spec.Eq("id", spec.Var("level")), spec.NotNull("id"), spec.Ne("id", 3))
	return s, d.written(s)
}

func (d *drawn) restriction() object {
	endpoint, method, written := d.target()
	s, rule := d.rule()
	part := roles.RestrictWhere(endpoint, method, s)
	if endpoint == "" {
		s, rule = d.everywhere()
		part = roles.RestrictAllWhere(s)
	}
	d.parts = append(d.parts, part)
	return append(written, member{"rule", rule})
}

func (d *drawn) role(name string) object {
	var grants [3][]roles.Grant // in the order of the file
	var allow, except, deny []any
	seen := map[string]bool{}
	for range d.random.IntN(6) {
		endpoint, method, written := d.target()
		effect := pick(d.random, "allow", "allow", "except", "deny")
		key := endpoint + " " + strings.ToUpper(method)
		if effect == "deny" {
			key = "deny " + key
		}
		if seen[key] || effect == "except" && endpoint == "" {
			continue
		}
		seen[key] = true
		switch effect {
		case "allow":
			grant, written := d.allow(endpoint, method, written)
			grants[0], allow = append(grants[0], grant), append(allow, written)
		case "except":
			grants[1], except = append(grants[1], roles.Except(endpoint, method)), append(except, written)
		case "deny":
			grant, written := d.deny(endpoint, method, written)
			grants[2], deny = append(grants[2], grant), append(deny, written)
		}
	}
	d.parts = append(d.parts, roles.New(name, slices.Concat(grants[:]...)...))
	file := object{{"name", name}}
	for _, list := range []struct {
		key   string
		items []any
	}{{"allow", allow}, {"except", except}, {"deny", deny}} {
		if list.items != nil || d.random.IntN(2) == 0 {
			file = append(file, member{list.key, append([]any{}, list.items...)})
		}
	}
	return file
}

func (d *drawn) allow(endpoint, method string, written object) (roles.Grant, object) {
	draw := d.rule
	if endpoint == "" {
		draw = d.everywhere
	}
	s, rule := draw()
	var opts []roles.GrantOption
	written = append(written, member{"rule", rule})
	if d.random.IntN(3) == 0 {
		check, rule := draw()
		opts, written = append(opts, roles.CheckWhere(check)), append(written, member{"check", rule})
	}
	if d.random.IntN(3) == 0 {
		columns := [][]string{{}, {"id"}}[d.random.IntN(2)]
		opts, written = append(opts, roles.Columns(columns...)), append(written, member{"columns", anys(columns)})
	}
	if endpoint == "" {
		return roles.AllowAllWhere(s, opts...), written
	}
	return roles.AllowWhere(endpoint, method, s, opts...), written
}

func (d *drawn) deny(endpoint, method string, written object) (roles.Grant, object) {
	switch {
	case endpoint == "":
		return roles.DenyAll(), written
	case d.random.IntN(2) == 0:
		return roles.Deny(endpoint, method), written
	}
	s, rule := d.rule()
	return roles.DenyWhere(endpoint, method, s), append(written, member{"rule", rule})
}

func (d *drawn) service(t *testing.T) *roles.Service[policy.Claims] {
	s, err := roles.NewService[policy.Claims](d.parts...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
