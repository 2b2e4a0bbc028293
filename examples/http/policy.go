package main

import (
	"context"
	"embed"
	"fmt"
	"log/slog"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/spec"
)

//go:embed policy.yaml
var embedded embed.FS

// watchPolicy follows the policy in a file, or has the one that is built in.
func watchPolicy(ctx context.Context, path string, log *slog.Logger) (*policy.Live[Claims], error) {
	source := policy.FS(embedded, "policy.yaml")
	if path != "" {
		source = policy.File(path)
	}
	live, err := policy.Watch[Claims](ctx, source, policy.Logger(log))
	if err != nil {
		return nil, err
	}
	if err := fits(live.Current()); err != nil {
		live.Close()
		return nil, err
	}
	return live, nil
}

// fits reports whether the rules can be asked of tasks. A policy that comes later and
// does not fit answers 500 and shows nothing.
func fits(now policy.Snapshot[Claims]) error {
	for d := range now.Service.Declarations() {
		if d.Endpoint != endpoint && d.Endpoint != "" {
			continue
		}
		for _, rule := range []*spec.Specification{d.Rule, d.Check} {
			if rule == nil {
				continue
			}
			if err := tasks.Schema().Check(*rule, now.Policy.Claims()); err != nil {
				return fmt.Errorf("%s: %w", d.Where, err)
			}
		}
	}
	return nil
}
