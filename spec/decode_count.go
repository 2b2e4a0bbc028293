package spec

// countElements looks at the list that begins here and at all lists inside it, and
// keeps how many elements each has, in the order in which they begin. A value takes
// many times the memory of its text; lists that grow on the way would take several
// times that. What is no list is not noticed here.
func (r *jsonReader) countElements() {
	var open [MaxDepth]int // lists that have not ended
	depth, inText, element := 0, false, false
	r.counts = r.counts[:0]
	for i := r.pos; i < len(r.data); i++ {
		c := r.data[i]
		switch {
		case inText && c == '\\':
			i++
		case inText:
			inText = c != '"'
		case c == ' ', c == '\t', c == '\n', c == '\r':
		case c == ']':
			if depth--; depth == 0 {
				return
			}
			element = true
		case c == ',' && !element:
			return // which is said when it is read
		case c == ',':
			element = false
			r.counts[open[depth-1]]++
		default:
			inText, element = c == '"', c != '['
			if depth > 0 && r.counts[open[depth-1]] == 0 {
				r.counts[open[depth-1]] = 1
			}
			if c == '[' {
				if depth == MaxDepth || len(r.counts) > MaxJSONElements {
					return // there are too many, which is said when they are read
				}
				open[depth] = len(r.counts)
				depth++
				r.counts = append(r.counts, 0)
			}
		}
	}
}

// nextCount returns how many elements the list that begins here has, and no more
// than may still follow.
func (r *jsonReader) nextCount() int {
	if len(r.counts) == 0 { // it is deeper than lists may be, or there are too many
		return 0
	}
	n := int(r.counts[0])
	r.counts = r.counts[1:]
	return min(n, MaxJSONElements-r.elements)
}
