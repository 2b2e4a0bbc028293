package spec

// FromQuery is [FromLookups] for lookups whose values are text, such as the query
// of a URL (a url.Values): ?age__gte=18&name__in=ann&name__in=bob. What is no
// lookup, such as the number of a page, has to be taken out before. The query is best
// parsed by url.ParseQuery: the Query method of a URL leaves out what it cannot read,
// and with it what the caller wanted to leave out.
//
// A text is read as the kind of its field says: true or false, a number as JSON
// writes it, RFC 3339 for an instant, the base64 of bytes, and taken as it is for
// a field of text. No text is null. Only in and overlaps take several values or
// none; commas mean nothing. Of a list one asks contains, overlaps and isnone.
//
// The lookups are checked against the schema, so that the specification compiles
// for its rows. An allowed field that the schema does not have is an error. A field
// that the caller may not read must not be among the allowed: what can be asked of it
// can be found out.
func FromQuery(query map[string][]string, rows *Schema, allowed ...string) (Specification, error) {
	return fromLookups(query, allowed, func(l lookup, texts []string) (Specification, error) {
		f, ok := rows.field(l.field)
		if !ok {
			return None(), refusedLookup(l.key, rows.unknown(l.field, l.op))
		}
		s, err := l.read(f, texts)
		if err != nil {
			return None(), err
		}
		if s, err = rows.Resolve(s); err != nil {
			return None(), refusedLookup(l.key, err)
		}
		return s, nil
	})
}

// read makes a specification of the texts that a key has.
func (l lookup) read(f Field, texts []string) (Specification, error) {
	many := l.op == OpIn || l.op == OpOverlaps
	switch {
	case len(texts) != 1 && !many:
		return None(), &LookupError{Key: l.key, Reason: "takes one value"}
	case l.op == OpIsNull && texts[0] != "true" && texts[0] != "false":
		return None(), &LookupError{Key: l.key, Reason: "isnone takes true or false"}
	case l.op == OpIsNull:
		return l.isNull(texts[0] == "true"), nil
	case f.List && l.op != OpContains && l.op != OpOverlaps:
		return None(), &LookupError{l.key, "of a list one asks contains, overlaps and isnone", ErrType}
	}
	values := make([]Value, len(texts))
	for i, text := range texts {
		values[i] = f.parse(text)
		if !values[i].isUsable() {
			return None(), &LookupError{l.key, values[i].str, ErrValue}
		}
	}
	if many {
		return NewLeaf(l.field, l.op, listValue(values)), nil
	}
	return NewLeaf(l.field, l.op, values[0]), nil
}

// parse reads a text as the field holds it, or as its elements are.
func (f Field) parse(text string) Value {
	switch f.Kind {
	case KindString:
		return stringValue(text)
	case KindBool:
		if text != "true" && text != "false" {
			return invalidValue("a text that is not true or false")
		}
		return boolValue(text == "true")
	case KindInt, KindUint, KindFloat:
		if text == "" || numberLength(text) != len(text) {
			return invalidValue("a text that is not a number")
		}
		return numberValue(text)
	case KindBytes:
		return textValue(text, KindBytes)
	}
	return parseAs(text, f.Kind)
}
