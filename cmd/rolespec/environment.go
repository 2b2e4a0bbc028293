package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"syscall"
)

// environment is what a command has to do with the world.
type environment struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	args   []string // without the flags
	asked  bool     // for standard input, which is there once
	json   bool     // --json
}

// print writes a text to standard output.
func (e *environment) print(text string) error {
	_, err := io.WriteString(e.stdout, text)
	return err
}

// printf is print of a format.
func (e *environment) printf(format string, args ...any) error {
	_, err := fmt.Fprintf(e.stdout, format, args...)
	return err
}

// printJSON writes one line of JSON to standard output.
func (e *environment) printJSON(v any) error {
	line, err := jsonLine(v)
	if err != nil {
		return err
	}
	_, err = e.stdout.Write(line)
	return err
}

// jsonLine returns v as a line of JSON, in which < and > are themselves.
func jsonLine(v any) ([]byte, error) {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return line.Bytes(), err
}

// output is standard output, which remembers that it failed: whoever reads it
// may have read enough, and then nothing is wrong.
type output struct {
	to     io.Writer
	closed bool
	err    error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.to.Write(p)
	switch {
	case errors.Is(err, syscall.EPIPE), errors.Is(err, io.ErrClosedPipe):
		o.closed = true
	case err != nil:
		o.err = fmt.Errorf("standard output: %w", err)
	}
	return n, err
}
