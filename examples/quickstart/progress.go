package main

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress draws a bar on a terminal, once the work has taken a second. The nil
// progress draws none.
type progress struct {
	out   io.Writer
	title string
	total int
	done  int
	start time.Time
	bar   *progressbar.ProgressBar
}

// newProgress returns nil where out is no terminal.
func newProgress(out io.Writer, title string, total int) *progress {
	if !isTerminal(out) {
		return nil
	}
	return &progress{out: out, title: title, total: total, start: time.Now()}
}

func (p *progress) add(n int) {
	if p == nil {
		return
	}
	p.done += n
	if p.bar != nil {
		_ = p.bar.Add(n)
		return
	}
	if p.done%batch == 0 && time.Since(p.start) > time.Second {
		p.bar = progressbar.NewOptions(p.total,
			progressbar.OptionSetWriter(p.out),
			progressbar.OptionSetDescription(p.title),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionShowCount(),
			progressbar.OptionClearOnFinish())
		_ = p.bar.Add(p.done)
	}
}

// end takes the bar off the screen.
func (p *progress) end() {
	if p != nil && p.bar != nil {
		_ = p.bar.Clear()
	}
}
