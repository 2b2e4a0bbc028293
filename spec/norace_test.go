//go:build !race

package spec_test

const withRace = false
