package spec

// AppendBound appends the values of the variables at these places of the template of s,
// which are texts, as [Arguments] does. It is not ok where one of them is no text, or
// there is no such variable: then nothing is appended.
func (s Specification) AppendBound(args []any, places []uint8) (_ []any, ok bool) {
	t, ok := s.Template()
	if !ok {
		return args, false
	}
	all, texts := roomForTexts(args, len(places), len(places))
	all = all[:len(args)+len(places)]
	for i, place := range places {
		if int(place) >= len(t.vars) {
			return args, false
		}
		if texts[i], ok = s.core.text(int(place)); !ok {
			return args, false
		}
		all[len(args)+i] = boxed(&texts[i])
	}
	return all, true
}
