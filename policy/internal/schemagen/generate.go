package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"

	"github.com/rolespec/rolespec/policy/internal/document"
)

const (
	here      = "github.com/rolespec/rolespec/policy/internal/schemagen"
	documents = "../document" // where the comments of the types are
)

// Generate returns the schema as text.
func Generate() ([]byte, error) {
	g, err := newGenerator()
	if err != nil {
		return nil, err
	}
	s := g.reflector.Reflect(&document.Document{})
	s.Title = "A policy of rolespec"
	s.Properties.Value("combine").Ref = "#/$defs/Combine"
	resources(s.Properties.Value("resources"))
	g.apartFrom(reflect.TypeFor[document.LongType]())
	maps.Copy(s.Definitions, g.apart)
	maps.Copy(s.Definitions, names())
	maps.Copy(s.Definitions, types())
	maps.Copy(s.Definitions, specifications())
	refine(s.Definitions)
	return text(s)
}

func text(s *jsonschema.Schema) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(s)
	return b.Bytes(), err
}

// generator reflects the types of a file.
type generator struct {
	reflector jsonschema.Reflector
	apart     jsonschema.Definitions // of what only a mapping holds
}

func newGenerator() (*generator, error) {
	g := &generator{apart: jsonschema.Definitions{}}
	g.reflector = jsonschema.Reflector{Anonymous: true, ExpandedStruct: true, Mapper: g.mapped}
	if err := g.reflector.AddGoComments(here, documents); err != nil {
		return nil, err
	}
	for name, comment := range g.reflector.CommentMap {
		g.reflector.CommentMap[name] = strings.ReplaceAll(comment, "\n", " ")
	}
	return g, nil
}

// definitions are the types that read themselves, and what describes them.
var definitions = map[reflect.Type]string{
	reflect.TypeFor[document.Version](): "Version",
	reflect.TypeFor[document.Word]():    "Name",
	reflect.TypeFor[document.Words]():   "Names",
	reflect.TypeFor[document.Type]():    "Type",
	reflect.TypeFor[document.Rule]():    "Rule",
	reflect.TypeFor[document.Flag]():    "Flag",
}

// mapped returns the schema of a type that is more than its fields, nil of any
// other.
func (g *generator) mapped(t reflect.Type) *jsonschema.Schema {
	if name, ok := definitions[t]; ok {
		return ref(name)
	}
	if t.Kind() != reflect.Struct {
		return nil
	}
	entries, ok := t.FieldByName("Entries")
	if !ok {
		return nil
	}
	value, _ := entries.Type.Elem().FieldByName("Value")
	return &jsonschema.Schema{Type: "object", PropertyNames: ref("Name"), AdditionalProperties: g.apartFrom(value.Type)}
}

// apartFrom returns the reference to the schema of a type, and keeps that.
func (g *generator) apartFrom(t reflect.Type) *jsonschema.Schema {
	if name, ok := definitions[t]; ok {
		return ref(name)
	}
	s := g.reflector.ReflectFromType(t)
	maps.Copy(g.apart, s.Definitions)
	s.Definitions, s.Version = nil, ""
	g.apart[t.Name()] = s
	return ref(t.Name())
}
