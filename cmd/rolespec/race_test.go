//go:build race

package main

// withRace: the race detector is on, with which everything takes ten times as long.
const withRace = true
