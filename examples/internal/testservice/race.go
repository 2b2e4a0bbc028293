//go:build race

package testservice

// Raced says that the race detector is in use, with which all takes many times as long.
const Raced = true
