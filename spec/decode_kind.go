package spec

import "encoding/base64"

// tagged reads a value of a kind that JSON has no literal for: an object of one
// key, which names the kind.
func (r *jsonReader) tagged() (Value, error) {
	r.pos++
	if r.peek() != '"' {
		return Null, r.wants("the name of a kind")
	}
	at := r.pos
	tag, err := r.text()
	if err != nil {
		return Null, err
	}
	kind, ok := tagKinds[string(tag)]
	if !ok {
		return Null, failAt(at, "no value has the key "+quoted(tag))
	}
	if err := r.colon(); err != nil {
		return Null, err
	}
	r.peek()
	at = r.pos
	text, err := r.string()
	if err != nil {
		return Null, within("."+jsonTags[kind], err)
	}
	v, err := usable(at, textValue(text, kind))
	if err != nil {
		return Null, within("."+jsonTags[kind], err)
	}
	if r.peek() != '}' {
		return Null, r.wants("the end of the value, which has one key,")
	}
	r.pos++
	return v, nil
}

// textValue reads the text of a value of that kind.
func textValue(text string, kind Kind) Value {
	switch kind {
	case KindVariable:
		return Var(text).value()
	case KindField:
		return Ref(text).value()
	case KindBytes:
		// Its decoder passes over line ends, so that two texts are the same bytes.
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil || base64.StdEncoding.EncodeToString(b) != text {
			return invalidValue("a text that is not the base64 of bytes, with its padding")
		}
		return bytesValue(b)
	}
	return parseAs(text, kind)
}
