//go:build rolespec_safe

package spec

import "math"

func boxed(text *string) any      { return *text }
func boxedInt(n *uint64) any      { return int64(*n) }
func boxedFloat(bits *uint64) any { return math.Float64frombits(*bits) }
