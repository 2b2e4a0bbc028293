package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/rolespec/rolespec/policy"
)

// maxText is the longest file that is read as a whole: a specification, a
// caller, a row on the command line.
const maxText = 8 << 20

// standardInput is what errors call it.
const standardInput = "standard input"

// byteOrderMark is what some programs begin a file of UTF-8 with. It is no part of
// what the file says.
const byteOrderMark = "\ufeff"

// input is a file or standard input.
type input struct {
	name string // the path, or "standard input"
	io.ReadCloser
}

// open opens a file; "-" and "" are standard input.
func (e *environment) open(path string) (*input, error) {
	if path == "" || path == "-" {
		if e.asked {
			return nil, &usageError{text: "standard input is asked for twice, and is there once"}
		}
		e.asked = true
		return &input{standardInput, io.NopCloser(e.stdin)}, nil
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

// named returns what errors call the file of a path.
func named(path string) string {
	if path == "-" {
		return standardInput
	}
	return path
}

// readPolicy reads a policy; "-" is standard input.
func (e *environment) readPolicy(path string) (*policy.Policy, error) {
	if path != "-" {
		return policy.ReadFile(path)
	}
	text, err := e.readAll(path)
	if err != nil {
		return nil, err
	}
	return policy.Parse(standardInput, text)
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
	return bytes.TrimPrefix(text, []byte(byteOrderMark)), named(path), err
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
