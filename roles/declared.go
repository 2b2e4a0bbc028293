package roles

// Declared is the declarations of a policy, to be looked up as Verify does: before
// there is a caller, and for one role at a time.
type Declared []Declaration

// Grant returns what a role says of a method of an endpoint, an allowance or an
// exception: the most specific of its declarations. The method AnyMethod stands for
// those of which nothing is said by name.
func (ds Declared) Grant(role, endpoint, method string) (d Declaration, ok bool) {
	best := 0
	for _, candidate := range ds {
		if candidate.Role != role || candidate.Effect != Allows && candidate.Effect != Excepts {
			continue
		}
		if rank := candidate.Rank(endpoint, method); rank > best {
			best, d = rank, candidate
		}
	}
	return d, best > 0
}

// Restrictions returns the restrictions that stand over a method of an endpoint.
func (ds Declared) Restrictions(endpoint, method string) Declared {
	return ds.limits(Restricts, "", endpoint, method)
}

// Denials returns what a role denies of a method of an endpoint.
func (ds Declared) Denials(role, endpoint, method string) Declared {
	return ds.limits(Denies, role, endpoint, method)
}

func (ds Declared) limits(effect Effect, role, endpoint, method string) (limits Declared) {
	for _, d := range ds {
		if d.Effect == effect && d.Role == role && d.Rank(endpoint, method) > 0 {
			limits = append(limits, d)
		}
	}
	return limits
}

// Rank returns how specifically the declaration is about a method of an endpoint: 3
// for that method, 2 for every method of the endpoint, 1 for everything, and 0 where
// it is about something else. The method is in upper case.
func (d Declaration) Rank(endpoint, method string) int {
	switch {
	case d.Endpoint == "":
		return 1
	case d.Endpoint != endpoint:
		return 0
	case d.Method == method:
		return 3
	case d.Method == AnyMethod:
		return 2
	}
	return 0
}
