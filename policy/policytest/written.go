package policytest

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"

	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/spec"
)

// writtenAs is how values of a kind are written.
func writtenAs(k spec.Kind) []document.Kind {
	switch k {
	case spec.KindBool:
		return []document.Kind{document.Bool}
	case spec.KindInt, spec.KindUint, spec.KindFloat:
		return []document.Kind{document.Number}
	case spec.KindDecimal:
		return []document.Kind{document.Number, document.Text}
	}
	return []document.Kind{document.Text}
}

func rewrite(n *document.Node, k spec.Kind) string {
	switch {
	case writtenAs(k)[0] == document.Text && (n.Kind == document.Number || n.Kind == document.Bool):
		return `write "` + n.Text + `"`
	case n.Kind == document.Text && n.Style != document.Plain:
		return "write it without quotes"
	}
	return ""
}

// written returns what is written in a node, as near to the kind as can be said.
func written(n *document.Node, k spec.Kind) (v spec.Value, reason string) {
	var err error
	switch {
	case n.Kind == document.Bool:
		return spec.Of(n.Text == "true"), ""
	case n.Kind == document.Number && k == spec.KindDecimal && !strings.ContainsAny(n.Text, "eE"):
		var d spec.Decimal
		d, err = spec.ParseDecimal(n.Text)
		v = spec.Of(d)
	case n.Kind == document.Number:
		v, err = spec.ValueOf(json.Number(n.Text))
	case k == spec.KindBytes:
		var b []byte
		if b, err = base64.StdEncoding.Strict().DecodeString(n.Text); err != nil {
			err = errors.New("bytes are written in base64")
		}
		v = spec.Of(b)
	default:
		v, err = spec.ValueOf(n.Text)
	}
	if err != nil {
		return spec.Null, strings.TrimPrefix(err.Error(), "spec: ")
	}
	return v, ""
}

// fit brings a value to the kind of a field: it is what a specification would
// compare the field with.
func fit(f spec.Field, v spec.Value) (spec.Value, string) {
	f.Name, f.List = "value", false
	sc, err := spec.NewSchema(f)
	if err != nil {
		return spec.Null, err.Error()
	}
	resolved, err := sc.Resolve(spec.NewLeaf(f.Name, spec.OpEq, v))
	if err != nil {
		var field *spec.FieldError
		if errors.As(err, &field) {
			return spec.Null, field.Reason
		}
		return spec.Null, strings.TrimPrefix(err.Error(), "spec: ")
	}
	leaf, ok := resolved.Node().(spec.Leaf)
	switch v := leaf.Value; {
	case !ok, f.Kind == spec.KindInt && v.Kind() != spec.KindInt:
		return spec.Null, "a number beyond its range"
	case f.Kind == spec.KindUint && v.Int() < 0:
		return spec.Null, "a number below 0"
	}
	return leaf.Value, ""
}
