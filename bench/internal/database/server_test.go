package database

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// What ends a test ends the search for a server, with an error that tells the two
// apart: there is none, or it fails.
func TestProgram(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		call   func(p *program)
		absent bool
	}{
		"Skip":   {func(p *program) { p.Skip("s3rver: ", "not installed") }, true},
		"Fatal":  {func(p *program) { p.Fatal("s3rver: ", "not reached") }, false},
		"Fatalf": {func(p *program) { p.Fatalf("s3rver: %v", errors.New("not reached")) }, false},
	} {
		var p program
		var order []int
		p.Cleanup(func() { order = append(order, 1) })
		p.Cleanup(func() { order = append(order, 2) })
		done, survived := make(chan struct{}), false
		go func() {
			defer close(done)
			c.call(&p)
			survived = true
		}()
		<-done
		if survived || p.err == nil || !strings.Contains(p.err.Error(), "s3rver: not") || errors.Is(p.err, ErrNoServer) != c.absent {
			t.Errorf("%s: went on: %v, error %v", name, survived, p.err)
		}
		p.stop()
		p.stop()
		if !slices.Equal(order, []int{2, 1}) {
			t.Errorf("%s: cleaned up in the order %v", name, order)
		}
	}
}
