// Package scenetest checks the answers of scenes in tests.
package scenetest

import (
	"testing"

	"github.com/rolespec/rolespec/bench/internal/scene"
)

// Check opens each scene on small data and holds the answers of its ways
// against the hand-written one's. It times nothing.
func Check(t *testing.T, scenes []scene.Scene) {
	t.Helper()
	for _, s := range scenes {
		t.Run(s.Name, func(t *testing.T) {
			if err := s.Check(scene.Small); err != nil {
				t.Error(err)
			}
		})
	}
}
