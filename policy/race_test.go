//go:build race

package policy_test

// The race detector makes everything ten times slower and counts its own
// allocations.
const withRace = true
