package scale

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/rolespec/rolespec/bench/internal/chart"
	"github.com/rolespec/rolespec/bench/internal/pair"
)

// A Curve is the cost of a piece of work over its size.
type Curve struct {
	Name  string // of its files
	Title string
	Size  string // what is counted: "rows"
	// Per says that the time is for one of what is counted, and names it: "row".
	Per   string
	Sizes []int
	// Note is about what is unlike what people may expect.
	Note string

	// open makes what the sizes have in common. Its grow makes the ways for a size, the
	// hand-written one first; sizes only become larger.
	open func(ctx context.Context) (opened, error)
	// units is how many of what is counted one piece of work has; nil is the size.
	units func(size int) float64
}

// opened is a curve while it is measured.
type opened struct {
	grow  func(size int) ([]pair.Way, error)
	close func() error // may be nil
}

// A Series is what a curve gave.
type Series struct {
	Curve Curve
	Steps []Step
	// Cut says why it ends before the last of its sizes; "" where it does not.
	Cut string
}

// A Step is one size.
type Step struct {
	Size   int
	Result *pair.Result
}

// Measure measures the curve, size by size.
func (c Curve) Measure(ctx context.Context, o Options) (s Series, err error) {
	o = o.withDefaults()
	s.Curve = c
	begin := o.Clock()
	open, err := c.open(ctx)
	if err != nil {
		return s, fmt.Errorf("%s: %w", c.Name, err)
	}
	defer func() {
		if open.close == nil {
			return
		}
		if closing := open.close(); err == nil && closing != nil {
			err = fmt.Errorf("%s: %w", c.Name, closing)
		}
	}()
	var last time.Duration // that a size took
	for i, size := range c.Sizes {
		if err := ctx.Err(); err != nil {
			return s, fmt.Errorf("%s: %w", c.Name, err)
		}
		if s.Cut = c.cut(o, i, o.Clock()-begin, last); s.Cut != "" {
			o.Log("%s: %s", c.Name, s.Cut)
			return s, nil
		}
		o.Log("%s: %s %s", c.Name, chart.Count.Format(float64(size)), c.Size)
		started := o.Clock()
		ways, err := open.grow(size)
		if err != nil {
			return s, fmt.Errorf("%s of %d %s: %w", c.Name, size, c.Size, err)
		}
		result, err := pair.Measure(o.pair(), ways...)
		if err != nil {
			return s, fmt.Errorf("%s of %d %s: %w", c.Name, size, c.Size, err)
		}
		last = o.Clock() - started
		s.Steps = append(s.Steps, Step{size, result})
	}
	return s, nil
}

// cut says why the i-th size is not measured, or "". What is left of the bound has to
// be enough for what it would take, which is in proportion to what the size before it
// took at worst.
func (c Curve) cut(o Options, i int, spent, last time.Duration) string {
	if i == 0 {
		return ""
	}
	before := chart.Count.Format(float64(c.Sizes[i-1])) + " " + c.Size
	if o.Largest > 0 && c.Sizes[i] > o.Largest {
		return "Ends at " + before + ", as it was asked for."
	}
	next := max(last-o.Budget, 0)*time.Duration(c.Sizes[i])/time.Duration(c.Sizes[i-1]) + o.Budget
	if spent+next > o.Bound {
		return fmt.Sprintf("Cut at %s: more would take longer than %v.", before, o.Bound)
	}
	return ""
}

// powers returns from, ten times from and so on, up to and with to.
func powers(from, to int) []int {
	var sizes []int
	for size := from; size <= to; size *= 10 {
		sizes = append(sizes, size)
	}
	return sizes
}

// names returns those of the ways, in the order in which they appear.
func (s Series) names() []string {
	var names []string
	for _, step := range s.Steps {
		for _, f := range step.Result.Figures {
			if !slices.Contains(names, f.Name) {
				names = append(names, f.Name)
			}
		}
	}
	return names
}
