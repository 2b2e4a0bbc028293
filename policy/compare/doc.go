// Package compare says what changes between two policies: for every role, endpoint
// and method by proof, and for callers and rows that are given by looking.
//
// The first needs no data and cannot always tell: of two rules that are neither
// equivalent nor one wider than the other by proof it says that they changed, and
// shows both. The second is exact, for the callers and rows that it is given.
package compare
