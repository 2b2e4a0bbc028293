package scale_test

import (
	"testing"

	"github.com/rolespec/rolespec/engines"
)

func TestMain(m *testing.M) { engines.Main(m) }
