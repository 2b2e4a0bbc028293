//go:build !race

package agree_test

const scale = 1
