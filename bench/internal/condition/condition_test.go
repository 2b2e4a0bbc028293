package condition_test

import (
	"testing"

	"github.com/rolespec/rolespec/bench/internal/condition"
	"github.com/rolespec/rolespec/bench/internal/scene/scenetest"
)

func TestAnswers(t *testing.T) { scenetest.Check(t, condition.Scenes()) }
