package prove

// effort is how much is spent on a question: about a second at most.
// A unit is the evaluation of one condition or a step of the search.
const effort = 1 << 20

// budget is what is left to spend. What it does not suffice for is not proven.
type budget struct{ left int }

func newBudget() *budget { return &budget{effort} }

// spend takes n units, and reports whether there were as many. From the first
// time that there were not, there are none.
func (b *budget) spend(n int) bool {
	if n < 0 || n > b.left {
		b.left = 0
		return false
	}
	b.left -= n
	return b.left > 0
}
