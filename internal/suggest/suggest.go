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

// distance counts the letters to change, add, leave out or swap with their
// neighbour to make one word of another (optimal string alignment), or returns
// more than most where it is more.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most || max(len(a), len(b)) > maxLength {
		return most + 1
	}
	var rows [3][maxLength + 1]int // the one before the last, the last, this one
	before, last, this := &rows[0], &rows[1], &rows[2]
	for j := range this {
		this[j] = j
	}
	nearest := 0 // in the last row
	for i := range len(a) {
		before, last, this = last, this, before
		this[0] = i + 1
		nearestBefore := nearest
		nearest = i + 1
		for j := range len(b) {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			this[j+1] = min(change, last[j+1]+1, this[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				this[j+1] = min(this[j+1], before[j-1]+1)
			}
			nearest = min(nearest, this[j+1])
		}
		if min(nearest, nearestBefore) > most { // the rows that follow are made of these
			return most + 1
		}
	}
	return this[len(b)]
}
