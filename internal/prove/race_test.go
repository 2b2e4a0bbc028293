//go:build race

package prove_test

// The race detector makes everything ten times slower, and finds in few questions
// what it finds in many.
const withRace = true
