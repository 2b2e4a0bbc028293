package chart_test

import (
	"testing"

	"github.com/rolespec/rolespec/bench/internal/chart"
)

func TestFormat(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		unit chart.Unit
		v    float64
		want string
	}{
		{chart.Count, 1, "1"},
		{chart.Count, 1.5, "1.5"},
		{chart.Count, 999, "999"},
		{chart.Count, 1000, "1,000"},
		{chart.Count, 100_000, "100,000"},
		{chart.Count, 999_600, "1 M"},
		{chart.Count, 1e6, "1 M"},
		{chart.Count, 2.5e9, "2.5 G"},
		{chart.Nanoseconds, 0.123, "0.123 ns"},
		{chart.Nanoseconds, 7.346, "7.35 ns"},
		{chart.Nanoseconds, 999.6, "1 µs"},
		{chart.Nanoseconds, 12_345, "12.3 µs"},
		{chart.Nanoseconds, 1e6, "1 ms"},
		{chart.Nanoseconds, 61e9, "61 s"},
		{chart.Nanoseconds, 3.6e12, "3,600 s"},
		{chart.Bytes, 24, "24 B"},
		{chart.Bytes, 1500, "1.5 kB"},
		{chart.Ratio, 1, "1x"},
		{chart.Ratio, 1.0449, "1.04x"},
		{chart.Ratio, 0.0123, "0.0123x"},
		{chart.Ratio, 4321, "4,320x"},
		{chart.Ratio, 0, "0x"},
	} {
		if have := c.unit.Format(c.v); have != c.want {
			t.Errorf("%v of unit %d: have %q, want %q", c.v, c.unit, have, c.want)
		}
	}
}
