// Package suggest finds the word that somebody meant.
package suggest

// Nearest returns the candidate that is nearest to a word, the first of several,
// and "" where none is near: where more than a quarter of the letters, and one,
// would have to be changed.
func Nearest(word string, candidates []string) string {
	best, most := "", 1+len(word)/4
	for _, c := range candidates {
		if d := distance(word, c, most); d <= most {
			best, most = c, d-1
		}
	}
	return best
}

// maxLength bounds what is compared: nobody mistypes a longer word as a whole.
const maxLength = 64

// distance counts the letters to change, add or leave out between two words
// (Levenshtein's distance), or returns more than most where it is more.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most || max(len(a), len(b)) > maxLength {
		return most + 1
	}
	var row [maxLength + 1]int
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal, nearest := row[0], i+1
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, diagonal+1, row[j]+1)
			nearest = min(nearest, row[j+1])
		}
		if nearest > most { // and no row behind it gets any nearer
			return most + 1
		}
	}
	return row[len(b)]
}
