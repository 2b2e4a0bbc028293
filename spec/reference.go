package spec

// Reference stands for another field of the same row. It is used as a value of a
// comparison:
//
//	spec.Ne("created_by", spec.Ref("approved_by"))
//
// Both fields must be of the same kind, and not lists. The zero Reference names
// no field and makes a specification invalid.
type Reference struct{ field string }

// Ref returns the reference to the field of that name.
func Ref(field string) Reference { return Reference{field} }

// Field returns the name of the field.
func (r Reference) Field() string { return r.field }

func (r Reference) value() Value {
	if !isFieldName(r.field) {
		return invalidValue("a reference without a usable name")
	}
	return Value{kind: KindField, str: r.field}
}

// Field returns the name that a KindField refers to, and "" for any other kind.
func (v Value) Field() string {
	if v.kind != KindField {
		return ""
	}
	return v.str
}

// comparable says why two fields cannot be compared; "" where they can. Numbers
// of different kinds are refused: not every engine compares them exactly.
func (f Field) comparable(op Op, other Field) (reason string) {
	switch {
	case f.List || other.List:
		return "a list cannot be compared with another field"
	case f.Kind != other.Kind:
		return f.describe() + " cannot be compared with a field " + other.describe()
	case len(f.Labels) != len(other.Labels):
		return "the two enums have different labels"
	case op.isOrder() && len(f.Labels) > 0:
		return "the labels of an enum have no order"
	}
	for i, label := range f.Labels {
		if other.Labels[i] != label {
			return "the two enums have different labels"
		}
	}
	return ""
}
