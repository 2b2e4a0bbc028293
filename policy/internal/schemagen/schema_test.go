package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/spec"
)

func TestSchemaIsTheGenerated(t *testing.T) {
	text, err := Generate()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(text), string(policy.Schema())); diff != "" {
		t.Errorf("policy/schema.json is not what is generated: go run . prints it: -generated +committed\n%s", diff)
	}
	policy.Schema()[0] = 'x'
	if policy.Schema()[0] == 'x' {
		t.Error("who changes what Schema returned changes the schema")
	}
}

// compiled returns the schema, which is held against the one of its draft as well.
func compiled(t testing.TB) *jsonschema.Schema {
	t.Helper()
	root, err := jsonschema.UnmarshalJSON(bytes.NewReader(policy.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", root); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// instance returns what the schema is held against: what a file holds, as JSON has
// it. It is not ok where the file is no YAML or JSON to the letter.
func instance(text []byte) (v any, ok bool) {
	f := document.Read(text)
	if f.Root == nil || len(f.Problems) > 0 {
		return nil, false
	}
	return ofNode(f.Root), true
}

func ofNode(n *document.Node) any {
	switch n.Kind {
	case document.Bool:
		return n.Text == "true"
	case document.Number:
		return json.Number(n.Text)
	case document.Text:
		return n.Text
	case document.List:
		items := make([]any, len(n.Items))
		for i, item := range n.Items {
			items[i] = ofNode(item)
		}
		return items
	case document.Map:
		keys := map[string]any{}
		for _, k := range n.Keys {
			keys[k.Name] = ofNode(k.Value)
		}
		return keys
	case document.Null:
	}
	return nil
}

func TestPoliciesSatisfyTheSchema(t *testing.T) {
	s := compiled(t)
	files, err := filepath.Glob("../../testdata/*.*")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no policies: %v", err)
	}
	texts := map[string]string{}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := policy.Parse(name, data); err == nil { // others are there to be refused
			texts[name] = string(data)
		}
	}
	for _, v := range valid {
		texts[v.name] = v.text
	}
	for name, text := range texts {
		if _, err := policy.Parse(name, []byte(text)); err != nil {
			t.Errorf("%s is no policy: %v", name, err)
		}
		v, ok := instance([]byte(text))
		if !ok {
			t.Fatalf("%s cannot be read", name)
		}
		if err := s.Validate(v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The valid policies have every key that there is, and every operator.
func TestValidPoliciesReachEveryKey(t *testing.T) {
	seen := map[string]bool{}
	var look func(v any)
	look = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				look(e)
			}
		case map[string]any:
			for key, e := range v {
				seen[key] = true
				if op, ok := e.(string); ok && key == "op" {
					seen["op "+op] = true
				}
				look(e)
			}
		}
	}
	for _, p := range valid {
		v, _ := instance([]byte(p.text))
		look(v)
	}
	var root any
	if err := json.Unmarshal(policy.Schema(), &root); err != nil {
		t.Fatal(err)
	}
	names := 0
	for _, name := range propertiesOf(root) {
		if names++; !seen[name] {
			t.Errorf("no valid policy has the key %q", name)
		}
	}
	for _, f := range forms() {
		for _, op := range f.ops {
			if names++; !seen["op "+op] {
				t.Errorf("no valid policy has the operator %q", op)
			}
		}
	}
	if names < 50 {
		t.Errorf("only %d names were looked for", names)
	}
}

func propertiesOf(v any) (names []string) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			names = append(names, propertiesOf(e)...)
		}
	case map[string]any:
		for key, e := range v {
			if properties, ok := e.(map[string]any); ok && key == "properties" {
				for name := range properties {
					names = append(names, name)
				}
			}
			names = append(names, propertiesOf(e)...)
		}
	}
	return names
}

// Every key says in an editor what it is for.
func TestEveryKeyIsDescribed(t *testing.T) {
	var root struct {
		Properties map[string]map[string]any
		Defs       map[string]struct {
			Description string
			Properties  map[string]map[string]any
		} `json:"$defs"`
	}
	if err := json.Unmarshal(policy.Schema(), &root); err != nil {
		t.Fatal(err)
	}
	check := func(of string, properties map[string]map[string]any) {
		for name, s := range properties {
			if text, _ := s["description"].(string); text == "" || strings.Contains(text, "\n") {
				t.Errorf("%s, key %s: the description is %q", of, name, text)
			}
		}
	}
	check("root", root.Properties)
	for name, def := range root.Defs {
		check(name, def.Properties)
	}
}

// What package spec writes as JSON, of any operator and value, is a rule.
func TestJSONOfSpecificationsSatisfiesTheSchema(t *testing.T) {
	s := compiled(t)
	for _, rule := range specificationsOf(2_000) {
		text, err := rule.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var again spec.Specification
		if err := again.UnmarshalJSON(text); err != nil {
			continue // deeper than JSON may be
		}
		v, ok := instance([]byte(`{"rolespec":1,"roles":[{"name":"a","allow":[{"endpoint":"*","rule":` + string(text) + `}]}]}`))
		if !ok {
			continue // a text with characters that no file may hold
		}
		if err := s.Validate(v); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
}
