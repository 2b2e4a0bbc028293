//go:build !race

package prove_test

const withRace = false
