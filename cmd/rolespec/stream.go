package main

import (
	"context"
	"errors"
	"io"
	"runtime"
)

// batchSize is how many bytes of records a worker gets at a time.
const batchSize = 128 << 10

// batch is a run of records, and what a worker made of them.
type batch struct {
	data    []byte
	records []record
	out     []byte // for standard output
	notes   []byte // for standard error
	tally   tally
	err     error // what comes behind the records
	done    chan struct{}
}

// record is a part of the data of a batch.
type record struct{ line, start, end int }

// tally counts what became of the records.
type tally struct{ yes, no, refused int }

func (t *tally) add(u tally) {
	t.yes += u.yes
	t.no += u.no
	t.refused += u.refused
}

// worker deals with one record, and adds what it makes of it to the batch. It is
// used by one goroutine.
type worker func(b *batch, text []byte, line int) error

// stream has workers deal with the records of an input, on all processors, and
// writes what they make of them in the order of the records. It keeps a few
// batches, however long the input. At the first error it stops, once what comes
// before it is written.
func stream(ctx context.Context, in *records, newWorker func() worker, e *environment) (total tally, err error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	workers := runtime.GOMAXPROCS(0)
	free := make(chan *batch, 2*workers+2)
	jobs, order := make(chan *batch, cap(free)), make(chan *batch, cap(free))
	for range cap(free) {
		free <- &batch{done: make(chan struct{}, 1)}
	}
	go split(ctx, in, free, jobs, order)
	for range workers {
		go work(jobs, newWorker())
	}
	for {
		select {
		case <-ctx.Done():
			return total, ctx.Err()
		case b := <-order:
			<-b.done
			total.add(b.tally)
			if err := b.write(e); err != nil {
				return total, err
			}
			if errors.Is(b.err, io.EOF) {
				return total, nil
			} else if b.err != nil {
				return total, b.err
			}
			b.reset()
			free <- b
		}
	}
}

// split fills batches, until an error or the end, which is in the last of them.
func split(ctx context.Context, in *records, free <-chan *batch, jobs, order chan<- *batch) {
	defer close(jobs)
	for {
		select {
		case <-ctx.Done():
			return
		case b := <-free:
			b.fill(in)
			end := b.err != nil
			order <- b // neither is ever full
			jobs <- b
			if end {
				return
			}
		}
	}
}

// fill reads records until the batch is full, or the next has to be waited for.
func (b *batch) fill(in *records) {
	for len(b.data) < batchSize {
		start, line := len(b.data), 0
		b.data, line, b.err = in.next(b.data)
		if b.err != nil {
			return
		}
		b.records = append(b.records, record{line, start, len(b.data)})
		if in.waits() {
			return
		}
	}
}

func work(jobs <-chan *batch, do worker) {
	for b := range jobs {
		for _, r := range b.records {
			if err := do(b, b.data[r.start:r.end], r.line); err != nil {
				b.err = err // before whatever stopped the reader
				break
			}
		}
		b.done <- struct{}{}
	}
}

func (b *batch) write(e *environment) error {
	if len(b.notes) > 0 {
		e.stderr.Write(b.notes)
	}
	if len(b.out) == 0 {
		return nil
	}
	_, err := e.stdout.Write(b.out)
	return err
}

// reset makes the batch ready for other records. Memory that one long row needed
// is given back.
func (b *batch) reset() {
	const most = 4 * batchSize
	for _, buf := range []*[]byte{&b.data, &b.out, &b.notes} {
		if cap(*buf) > most {
			*buf = nil
		}
		*buf = (*buf)[:0]
	}
	b.records, b.tally, b.err = b.records[:0], tally{}, nil
}
