//go:build !race

package policy_test

const withRace = false
