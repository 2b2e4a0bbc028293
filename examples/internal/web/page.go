package web

// MaxSkip is how many rows of a list may be passed over. A database reads what it
// passes over, so what is further down is reached by a filter.
const MaxSkip = 1_000_000

// Page is the part of a list that a caller asks for.
type Page struct{ Limit, Skip int }

// Page reads limit, from 1 to max, and skip, from 0 to [MaxSkip].
func (p *Params) Page(otherwise, max int) Page {
	return Page{
		Limit: int(p.Int("limit", int64(otherwise), 1, int64(max))),
		Skip:  int(p.Int("skip", 0, 0, MaxSkip)),
	}
}
