package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// maxText is the longest file that is read as a whole: a specification, a
// caller, a row on the command line.
const maxText = 8 << 20

// input is a file or standard input.
type input struct {
	name string // the path, or "standard input"
	io.ReadCloser
}

// open opens a file; "-" and "" are standard input.
func (e *environment) open(path string) (*input, error) {
	if path == "" || path == "-" {
		return &input{"standard input", io.NopCloser(e.stdin)}, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &input{path, f}, nil
}

// readAll reads a file as a whole.
func (e *environment) readAll(path string) ([]byte, error) {
	in, err := e.open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxText+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxText {
		return nil, &inputError{file: in.name, err: fmt.Errorf("longer than %d MiB", maxText>>20)}
	}
	return data, nil
}

// argument returns the text that the value of a flag stands for, and what to
// call it: itself, or what is in a file for @file.
func (e *environment) argument(flag, value string) (text []byte, source string, err error) {
	path, isFile := strings.CutPrefix(value, "@")
	if !isFile {
		return []byte(value), "--" + flag, nil
	}
	if path == "" {
		return nil, "", &usageError{text: fmt.Sprintf("--%s: no file behind the @", flag)}
	}
	text, err = e.readAll(path)
	return text, path, err
}

// oneInput returns the file that the arguments name, "-" for none.
func (e *environment) oneInput(command string) (string, error) {
	switch len(e.args) {
	case 0:
		return "-", nil
	case 1:
		return e.args[0], nil
	}
	return "", usagef(command, "takes one file, not %d", len(e.args))
}

// formats are the formats of rows.
var formats = []string{"ndjson", "csv"}

// formatOf returns the format of a file from its name.
func formatOf(path string) (string, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		return "csv", nil
	case ".json":
		return "", errors.New("a .json file is one text; rows are one JSON object a line (--format ndjson if it is that)")
	}
	return "ndjson", nil
}
