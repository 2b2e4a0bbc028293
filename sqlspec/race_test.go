//go:build race

package sqlspec_test

// The race detector makes everything ten times slower and counts its own
// allocations.
const withRace = true
