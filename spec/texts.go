package spec

// AppendTexts appends texts to arguments, as append does one by one, with one
// allocation for up to four of them and the arguments, and two for more: an interface
// that holds a text is two words, and needs somewhere to put the text's own. It is for
// code that hands the values of specifications to a database.
func AppendTexts(args []any, texts ...string) []any {
	filled, kept := roomForTexts(args, len(texts))
	copy(kept, texts)
	for i := range kept {
		filled[len(args)+i] = boxed(&kept[i])
	}
	return filled
}

// AppendBound is [AppendTexts] of the values of the variables at these places of the
// template of s. It is not ok where one of them is no text, or there is no such variable:
// then nothing is appended.
func (s Specification) AppendBound(args []any, places []uint8) (_ []any, ok bool) {
	t, ok := s.Template()
	if !ok {
		return args, false
	}
	filled, texts := roomForTexts(args, len(places))
	for i, place := range places {
		if int(place) >= len(t.vars) {
			return args, false
		}
		if texts[i], ok = s.core.text(int(place)); !ok {
			return args, false
		}
		filled[len(args)+i] = boxed(&texts[i])
	}
	return filled, true
}

// roomForTexts makes args longer by n, and room for n texts.
func roomForTexts(args []any, n int) (_ []any, texts []string) {
	switch {
	case cap(args) > 0 || n > 4:
		return append(args, make([]any, n)...), make([]string, n)
	case n <= 2:
		room := new(struct {
			args  [2]any
			texts [2]string
		})
		return room.args[:n:n], room.texts[:n]
	}
	room := new(struct {
		args  [4]any
		texts [4]string
	})
	return room.args[:n:n], room.texts[:n]
}
