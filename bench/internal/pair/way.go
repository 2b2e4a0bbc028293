package pair

import "fmt"

// Way is one way to do the work. The zero Way has no work and cannot be
// measured.
type Way struct {
	name string
	peer bool
	run  func(n int) error
	// answer prints what the last repetition of the last run gave.
	answer func() (string, error)
}

// New returns a way with its work: do does it n times, n > 0, in a loop of its
// own, and returns what the last time gave. Print makes of that the answer that
// is compared with the others'; it is not timed.
//
// Do has to be ready: what a program does once, at its start, is done before.
func New[R any](name string, do func(n int) (R, error), print func(R) (string, error)) Way {
	var last R
	return Way{
		name: name,
		run: func(n int) (err error) {
			last, err = do(n)
			return err
		},
		answer: func() (string, error) { return print(last) },
	}
}

// Print is the answer of a result that fmt prints as it is meant.
func Print[R any](r R) (string, error) { return fmt.Sprint(r), nil }

// Peer marks the way as that of another library.
func (w Way) Peer() Way {
	w.peer = true
	return w
}

// Name returns the name of the way.
func (w Way) Name() string { return w.name }

// IsPeer reports whether it is the way of another library.
func (w Way) IsPeer() bool { return w.peer }

// Check runs each way once and returns an [AnswerError] for the first that
// does not answer as the first way does. It times nothing.
func Check(ways ...Way) error {
	if err := valid(ways); err != nil {
		return err
	}
	for _, w := range ways {
		if err := w.run(1); err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
	}
	return agree(ways)
}

func valid(ways []Way) error {
	seen := map[string]bool{Control: true}
	for i, w := range ways {
		switch {
		case w.run == nil || w.answer == nil:
			return fmt.Errorf("pair: way %d has no work", i)
		case seen[w.name]:
			return fmt.Errorf("pair: two ways with the name %q", w.name)
		}
		seen[w.name] = true
	}
	if len(ways) == 0 {
		return fmt.Errorf("pair: nothing to measure")
	}
	return nil
}

// agree compares what the last repetitions gave.
func agree(ways []Way) error {
	var want string
	for i, w := range ways {
		got, err := w.answer()
		switch {
		case err != nil:
			return fmt.Errorf("%s: %w", w.name, err)
		case i == 0:
			want = got
		case got != want:
			return &AnswerError{Way: w.name, Got: got, Want: want}
		}
	}
	return nil
}

// AnswerError says that a way does not do the same work: that it gave another
// answer than the first way.
type AnswerError struct {
	Way       string
	Got, Want string
}

// Error names the way and shows where the answers part.
func (e *AnswerError) Error() string {
	at := 0
	for at < min(len(e.Got), len(e.Want)) && e.Got[at] == e.Want[at] {
		at++
	}
	return fmt.Sprintf("%s gave a wrong answer: %q where the hand-written way has %q (at byte %d)",
		e.Way, around(e.Got, at), around(e.Want, at), at)
}

// around cuts a long answer down to what stands near a place.
func around(s string, at int) string {
	const before, after = 40, 120
	from, to := max(0, at-before), min(len(s), at+after)
	cut := s[from:to]
	if from > 0 {
		cut = "..." + cut
	}
	if to < len(s) {
		cut += "..."
	}
	return cut
}
