// Package refreshtest tests implementations of [payload.RefreshStore], such as one on SQL
// or Redis:
//
//	func TestStore(t *testing.T) {
//		refreshtest.Run(t, func(t *testing.T) payload.RefreshStore { return newStore(t) })
//	}
//
// It asks what a [payload.Refresher] relies on: that a token is redeemed once, also when
// many try at the same time, that what is revoked stays revoked, that families and
// subjects are told apart letter for letter, and that nothing is forgotten before its
// time. It does not ask that a store forgets afterwards, which is for the store to do, or
// that it survives a restart.
package refreshtest
