package sqlguard

// afterWhere are the keywords that end a WHERE.
var afterWhere = []string{"group", "order", "limit", "having", "returning", "for", "offset", "fetch", "window"}

// terms returns the conditions, by their numbers, that rows have to satisfy to get
// through the WHERE of the level, or why there are none.
func (l level) terms(bars bool) (map[int]bool, string) {
	begin := -1
	for i, t := range l.tokens {
		switch {
		case t.is("where") && begin >= 0:
			return nil, "it has two WHERE"
		case t.is("conflict"):
			return nil, "the WHERE may be that of ON CONFLICT"
		case t.is("where"):
			begin = i + 1
		case begin < 0:
		case t.is("or", "xor"), bars && t.sign("|") && l.at(i+1).sign("|"):
			return nil, "there is an OR beside the condition; put it in parentheses"
		}
	}
	if begin < 0 {
		return nil, "it has no WHERE"
	}
	terms := map[int]bool{}
	for i := begin; i < len(l.tokens) && !l.tokens[i].is(afterWhere...); i++ {
		t, before, after := l.tokens[i], l.tokens[i-1], l.at(i+1)
		switch {
		case t.is("case", "between"):
			return terms, "" // an AND after these may be a part of them
		case t.kind == condition && (i == begin || before.is("and")) &&
			(i+1 == len(l.tokens) || after.is("and") || after.is(afterWhere...) || after.sign(")]}")):
			for _, c := range l.found[i] {
				terms[c] = true
			}
		}
	}
	return terms, ""
}
