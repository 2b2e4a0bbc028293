package filter_test

import (
	"testing"

	"github.com/rolespec/rolespec/bench/internal/filter"
	"github.com/rolespec/rolespec/bench/internal/scene/scenetest"
)

func TestAnswers(t *testing.T) { scenetest.Check(t, filter.Scenes()) }
