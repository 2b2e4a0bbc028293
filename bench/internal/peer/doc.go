// Package peer asks other libraries the questions of the scenes, in the way
// that each one's own documentation recommends where it has to be fast:
// parsed, compiled and prepared once, and with input in the form that it
// needs the least time for.
//
// All of them know the policy of package world: the role user sees the invoices of
// its account that it created, the role admin those of its account.
package peer
