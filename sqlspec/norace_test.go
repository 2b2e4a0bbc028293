//go:build !race

package sqlspec_test

const withRace = false
