// Package decide is the scenes of one request: may this caller do this, and on
// which rows; or on this one.
package decide

import "github.com/rolespec/rolespec/bench/internal/scene"

// Scenes returns the scenes of this package.
func Scenes() []scene.Scene {
	return []scene.Scene{
		verify(), verifyMany(), verifyFunction(2), verifyFunction(8), allow(), allowMany(),
	}
}
