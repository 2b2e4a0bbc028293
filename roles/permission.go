package roles

import (
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// Permission is what a caller may do with a method of an endpoint. The zero
// Permission permits nothing.
type Permission struct {
	// Rows are those that are there and that the caller may act on.
	Rows spec.Specification
	// Check is what a row has to satisfy as it is written: a new one, or a
	// changed one as it will be.
	Check spec.Specification
	// Columns are the fields that the caller may read or write.
	Columns FieldSet
}

// Permission returns what Verify returns, with all that a program needs to write
// rows: to change a row it must be one of Rows as it is and satisfy Check as it
// will be; to insert one it must satisfy Check; to delete one it must be one of
// Rows.
//
//	Rows  = (the rule of the first permitting role, or of any of them with Union)
//	        and every restriction, and not what a role of the caller denies
//	Check = the same with the checks of the grants, where they have one
//
// With Union, the fields are those that every permitting grant lists: which row is
// shown by which role nobody knows afterwards.
func (s *Service[P]) Permission(payload P, endpoint, method string) (Permission, error) {
	names, reason := s.held(payload)
	return s.permission(names, reason, request[P]{&payload, endpoint, method}, true)
}

const noRole = "no role of the caller permits it"

// permission finds the grants that apply and evaluates their rules; written says
// that the checks are wanted too. With an error it returns the zero Permission.
func (s *Service[P]) permission(names []string, reason string, r request[P], written bool) (Permission, error) {
	if reason != "" {
		return Permission{}, r.forbidden(reason)
	}
	method := canonicalMethod(r.method)
	var few [4]*entry[P]
	granted := s.deciding(few[:0], names, r.endpoint, method)
	if len(granted) == 0 {
		return Permission{}, r.forbidden(noRole)
	}
	p, err := r.grants(granted, written)
	if err != nil {
		return Permission{}, err
	}
	if s.limited {
		limits, err := s.limits(names, method, r)
		if err != nil {
			return Permission{}, err
		}
		p.Rows, p.Check = p.Rows.And(limits...), p.Check.And(limits...)
	}
	for _, joined := range []spec.Specification{p.Rows, p.Check} {
		if err := joined.Err(); err != nil { // deeper together than each alone
			return Permission{}, &ForbiddenError{Endpoint: r.endpoint, Method: r.method, Reason: "what the rules show cannot be joined", err: err}
		}
	}
	return p, nil
}

// deciding appends the grants that decide: that of the first permitting role, or
// those of all with Union.
func (s *Service[P]) deciding(granted []*entry[P], names []string, endpoint, method string) []*entry[P] {
	if s.union {
		return s.granted(granted, names, endpoint, method)
	}
	if e := s.first(names, endpoint, method); e != nil {
		granted = append(granted, e)
	}
	return granted
}

// grants joins what the grants show.
func (r request[P]) grants(granted []*entry[P], written bool) (Permission, error) {
	p := Permission{Columns: AllFields()}
	for i, e := range granted {
		rows, err := r.evaluate(e.role, e.rule)
		if err != nil {
			return Permission{}, err
		}
		check := rows
		if written && e.check != nil {
			if check, err = r.evaluate(e.role, e.check); err != nil {
				return Permission{}, err
			}
		}
		if e.columns != nil {
			p.Columns = p.Columns.only(e.columns)
		}
		if i == 0 {
			p.Rows, p.Check = rows, check
		} else {
			p.Rows, p.Check = p.Rows.Or(rows), p.Check.Or(check)
		}
	}
	return p, nil
}

// limits returns what every row has to satisfy besides.
func (s *Service[P]) limits(names []string, method string, r request[P]) (limits []spec.Specification, err error) {
	add := func(role string, l *limit[P], denies bool) {
		if err != nil || l == nil {
			return
		}
		var rows spec.Specification
		switch rows, err = r.evaluate(role, l.rule); {
		case err != nil:
		case denies && rows.IsAll():
			err = r.forbidden("a role of the caller denies it")
		case denies:
			limits = append(limits, rows.Not())
		default:
			limits = append(limits, rows)
		}
	}
	s.restrictions.each(r.endpoint, method, func(restrictions []*limit[P]) {
		for _, l := range restrictions {
			add("", l, false)
		}
	})
	s.denials.each(r.endpoint, method, func(denials map[string]*limit[P]) {
		for i, name := range names {
			if !slices.Contains(names[:i], name) {
				add(name, denials[name], true)
			}
		}
	})
	return limits, err
}
