package main

import (
	"context"
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// seeds are groups with their members and what is shared with them.
var seeds = []struct {
	name, description string
	members, shares   []string
}{
	{"editors", "Who writes", []string{"ann", "bob"}, []string{"handbook", "wiki"}},
	{"finance", "Who counts", []string{"ann", "eve"}, []string{"ledger"}},
	{"guests", "Who reads", []string{"gil"}, []string{"wiki"}},
}

// seed fills a database that has no group yet.
func (s *store) seed(ctx context.Context) error {
	if some, err := s.exists(ctx, groups, spec.All()); err != nil || some {
		return err
	}
	ids := map[string]int64{}
	for _, g := range seeds {
		made, err := s.addGroup(ctx, Group{Name: g.name, Description: &g.description}, spec.All())
		if err != nil {
			return err
		}
		if err := s.attach(ctx, made.ID, g.members, spec.All()); err != nil {
			return err
		}
		var shared []int64
		for _, name := range g.shares {
			if ids[name] == 0 {
				r, err := s.addResource(ctx, Resource{Name: name}, nil, spec.All(), spec.None())
				if err != nil {
					return err
				}
				ids[name] = r.ID
			}
			shared = append(shared, ids[name])
		}
		slices.Sort(shared)
		if _, err := s.share(ctx, made.ID, shared, spec.All()); err != nil {
			return err
		}
	}
	return nil
}
