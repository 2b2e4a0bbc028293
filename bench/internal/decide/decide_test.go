package decide_test

import (
	"testing"

	"github.com/rolespec/rolespec/bench/internal/decide"
	"github.com/rolespec/rolespec/bench/internal/scene/scenetest"
)

func TestAnswers(t *testing.T) { scenetest.Check(t, decide.Scenes()) }
