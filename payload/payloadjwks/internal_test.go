package payloadjwks

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// What is remembered of tokens is bounded, and the newest of it is there.
func TestAbsentIsBounded(t *testing.T) {
	var a absent
	now := time.Unix(0, 0)
	for i := range 10 * maxAbsent {
		for range 2 {
			a.add(fmt.Sprint(i), now.Add(time.Second))
		}
	}
	if len(a.until) != maxAbsent {
		t.Errorf("%d kids are remembered, want %d", len(a.until), maxAbsent)
	}
	for i := range 10 * maxAbsent {
		if have, want := a.has(fmt.Sprint(i), now), i >= 9*maxAbsent; have != want {
			t.Fatalf("has(%d) is %v", i, have)
		}
	}
	if a.has(fmt.Sprint(10*maxAbsent-1), now.Add(time.Second)) {
		t.Error("a kid is remembered for too long")
	}
	if a.has(strings.Repeat("x", 10), now) {
		t.Error("a kid is remembered that was not added")
	}
}

// The times between refreshes differ, by a tenth at most.
func TestJitter(t *testing.T) {
	seen := map[time.Duration]bool{}
	for range 1000 {
		d := jitter(time.Hour)
		if d < 54*time.Minute || d > 66*time.Minute {
			t.Fatalf("%v", d)
		}
		seen[d] = true
	}
	if len(seen) < 900 {
		t.Errorf("%d different times of 1000", len(seen))
	}
}

func TestPause(t *testing.T) {
	s := &Source{config: &config{interval: 15 * time.Minute, rate: 10 * time.Second}}
	for failures, want := range []time.Duration{900, 10, 20, 40, 80, 160, 320, 640, 900, 900} {
		if have := s.pause(failures); have != want*time.Second {
			t.Errorf("after %d failures: %v, want %v", failures, have, want*time.Second)
		}
	}
	if have := s.pause(1 << 40); have != s.config.interval {
		t.Errorf("after many failures: %v", have)
	}
}
