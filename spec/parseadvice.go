package spec

import "strings"

// otherWords are what other languages say, and what to write here.
var otherWords = map[string]string{
	"and": "write &&", "or": "write ||", "not": "write !( .. )",
	"eq": "write ==", "equals": "write ==", "ne": "write !=", "neq": "write !=",
	"lt": "write <", "lte": "write <=", "le": "write <=", "gt": "write >", "gte": "write >=", "ge": "write >=",
	"like": "write contains, startswith, endswith or matches", "ilike": "write containsfold or equalfold",
	"regexp": "write matches", "hasprefix": "write startswith", "hassuffix": "write endswith",
	"between": "write both ends: a >= 1 && a <= 2", "isnull": "write is None", "notnull": "write is not None",
}

// otherValues are words that look like values and are not spelled so here.
var otherValues = map[string]string{
	"true": "write True", "false": "write False", "none": "write None", "null": "write None", "nil": "write None",
	"inf": "a number is finite", "nan": "a number is finite",
}

// adviceForOperator helps where an operator was expected and a word stands.
func adviceForOperator(word string) string {
	plain := strings.ToLower(strings.ReplaceAll(word, "_", ""))
	if advice, ok := otherWords[plain]; ok {
		return advice
	}
	best, most := "", 1+len(plain)/4
	for op := range ops {
		symbol := Op(op).Symbol()
		if d := distance(plain, symbol); isIdentifier(symbol) && d <= most {
			best, most = symbol, d-1
		}
	}
	if best == "" {
		return ""
	}
	return "did you mean " + best + "?"
}

// adviceForName helps where a comparison was expected and no name stands.
func (p *parser) adviceForName() string {
	switch p.token.kind {
	case tokenText:
		return "a field stands without quotes, or in backquotes"
	case tokenNumber, tokenVariable:
		return "the field stands first: field == value"
	}
	return ""
}

// adviceForReserved helps where a word of the language is no name.
func adviceForReserved(word string) string {
	lower := strings.ToLower(word)
	switch {
	case lower == "not":
		return "write !( .. )"
	case lower == "any", lower == "every":
		return "write " + lower + " relation ( .. ), or `" + word + "` for the field"
	case otherValues[lower] != "" && word != "True" && word != "False" && word != "None":
		return otherValues[lower] + ", or `" + word + "` for the field"
	}
	return "write `" + word + "` for the field of that name"
}

// distance counts the letters to change, add or leave out between two words
// (Levenshtein's distance). Long words count as far from everything.
func distance(a, b string) int {
	if len(a) > 16 || len(b) > 16 {
		return 16
	}
	var row [17]int
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
