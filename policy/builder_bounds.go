package policy

import "github.com/rolespec/rolespec/policy/internal/document"

// Bounds of what a policy asks of whoever loads it: a short list of endpoints by a
// short list of methods is a long list of grants, and each condition of a rule
// counts for each grant and for each resource that it is held against.
const (
	maxGrants = 10_000
	maxWork   = 250_000
)

// budget is how much was spent of what there is.
type budget int

// spend reports whether there was enough, and whether this was the first time that
// there was not.
func (s *budget) spend(more, most int) (ok, exhausted bool) {
	before := int(*s)
	if before <= most {
		*s += budget(more)
	}
	return int(*s) <= most, before <= most && int(*s) > most
}

// mayGrant reports whether there can be so many more grants.
func (b *builder) mayGrant(at document.Pos, more int) bool {
	ok, exhausted := b.grants.spend(more, maxGrants)
	if exhausted {
		b.problem(at, `write methods: "*", or split the policy among services`,
			"the rules are for more than %d methods of endpoints, written out", maxGrants)
	}
	return ok
}

// affords reports whether so many more conditions can be checked.
func (b *builder) affords(at document.Pos, more int) bool {
	ok, exhausted := b.work.spend(more, maxWork)
	if exhausted {
		b.problem(at, "split the policy among services, or write shorter lists and rules",
			"the rules have more than %d conditions, each counted for every method of every endpoint", maxWork)
	}
	return ok
}
