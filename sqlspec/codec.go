package sqlspec

import (
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// Encoded says that a column does not store the value of the field but what
// encode makes of it, as a column that is encrypted does. It stores values of the
// kind as, for which other options hold (Blob, BinaryText ...).
//
//	sqlspec.Column("email", sqlspec.Encoded(spec.KindBytes, func(v spec.Value) (spec.Value, error) {
//		return spec.Of(sealer.Seal(v.Text())), nil // deterministic: AES-SIV, HMAC
//	}))
//
// Two values must have the same code if and only if they are equal. Then Eq, Ne,
// In, Distinct and IsNull find the rows that memory finds in the plain values, and
// an index of the column serves them. Nothing else can be asked of codes: every
// other operator is [ErrUnsupported]. A value that encode fails for is
// [spec.ErrValue]; what it says is not in the text of the error, where the value
// might be.
func Encoded(as spec.Kind, encode func(spec.Value) (spec.Value, error)) ColumnOption {
	return func(c *column) error {
		if _, err := spec.NewSchema(spec.Field{Name: "code", Kind: as}); err != nil || encode == nil {
			return fmt.Errorf("Encoded needs a function and the kind of what it returns")
		}
		c.encode, c.code = encode, spec.Field{Name: c.field.Name, Kind: as, Nullable: c.field.Nullable}
		return nil
	}
}

// encoded writes a leaf about a column of codes: the same leaf about the codes.
func (w *writer) encoded(c *column, l spec.Leaf, negated bool) {
	w.looked() // a codec may say what it likes, each time
	switch l.Op {
	case spec.OpEq, spec.OpNe, spec.OpDistinct, spec.OpIn:
	default:
		w.refuse(l, ErrUnsupported, "the column holds codes, of which only equality can be asked")
		return
	}
	codes := *c
	codes.field, codes.encode = c.code, nil
	if l.Value.IsNull() {
		w.leafOf(&codes, l, negated)
		return
	}
	if l.Op != spec.OpIn {
		w.coded(&codes, l, c.codeOf(w, l, l.Value), negated)
		return
	}
	var elements []any
	for _, e := range l.Value.List() {
		if code := c.codeOf(w, l, e); e.IsNull() || !code.IsNull() {
			elements = append(elements, code)
		}
	}
	list, err := spec.ValueOf(elements)
	if err != nil {
		w.refuse(l, spec.ErrValue, "the codec returned no usable value")
		return
	}
	if len(elements) == 0 {
		never(w, c, negated)
		return
	}
	w.coded(&codes, l, list, negated)
}

// coded writes the leaf about the codes. A value without a code, which no row can
// have, equals none.
func (w *writer) coded(codes *column, l spec.Leaf, code spec.Value, negated bool) {
	switch {
	case !code.IsNull():
		l.Value = code
		w.leafOf(codes, l, negated)
	case l.Op == spec.OpDistinct:
		w.constant(!negated)
	default:
		never(w, codes, negated != (l.Op == spec.OpNe))
	}
}

// codeOf returns the code of a value; null for null and for an integer that the
// field cannot hold, which has none.
func (c *column) codeOf(w *writer, l spec.Leaf, v spec.Value) spec.Value {
	if v.IsNull() || v.Kind() == spec.KindUint && c.field.Kind == spec.KindInt {
		return spec.Null
	}
	code, err := c.encode(v)
	switch {
	case err != nil:
		w.fail(&LeafError{Field: l.Field, Op: l.Op, Dialect: w.dialect, Reason: "the codec refused the value", err: codecError{err}})
	case code.Kind() != c.code.Kind:
		w.refuse(l, spec.ErrValue, "the codec returned a value of kind "+code.Kind().String()+", not "+c.code.Kind.String())
	default:
		return code
	}
	return spec.Null
}

// codecError keeps what a codec said for errors.Is and errors.As, out of sight.
type codecError struct{ cause error }

func (codecError) Error() string     { return spec.ErrValue.Error() }
func (e codecError) Unwrap() []error { return []error{spec.ErrValue, e.cause} }
