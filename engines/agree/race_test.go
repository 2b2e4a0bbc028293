//go:build race

package agree_test

// The race detector makes an engine that is written in Go some thirty times
// slower: a tenth of everything is enough to find races.
const scale = 10
