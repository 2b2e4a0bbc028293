package main

import (
	"context"
	"flag"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/spec"
)

// format prints specifications as they are best read.
type format struct {
	write bool
	check bool
	width int
	name  string
}

func fmtCommand() *command {
	return &command{
		name:    "fmt",
		summary: "format specifications and policies",
		usage:   "[FILE...]",
		about: `Prints a specification in its one canonical text, broken into lines where it is
longer than the width. Without FILE, or where it is "-", it reads standard input.
JSON, which begins with a brace, is read as well and printed as text.

A file whose name ends in .yaml, .yml or .json is a policy. Its rules are formatted
in their places, and all that it means stays as it is, comments too. An editor that
hands one over on standard input says its name with --name.`,
		answer: "a file is not formatted (with --check)",
		json: `an object a file: {"file":"a.spec","formatted":false,"text":"...","spec":{...}}, where
"formatted" says whether the file is as it should be, and "spec" is the specification
as JSON, which a policy has not.`,
		examples: []example{{
			about: "From standard input:",
			line:  `echo "account==7&&(public==True||owner in ['ann','bob'])" | rolespec fmt --width 40`,
			output: `account == 7
&& (
  public == True
  || owner in ["ann", "bob"]
)
`,
		}, {
			about:  "JSON, as text:",
			line:   `echo '{"op":"not","spec":{"op":"isnone","field":"owner"}}' | rolespec fmt`,
			output: "!(owner is None)\n",
		}, {
			about:  "Which files are not formatted?",
			line:   `rolespec fmt --check untidy.spec policy.yaml`,
			output: "untidy.spec\n",
			exit:   1,
		}},
		setup: func(flags *flag.FlagSet) action {
			c := &format{}
			flags.BoolVar(&c.write, "w", false, "write the files instead of printing them")
			flags.BoolVar(&c.check, "check", false, "print the names of the files that are not formatted, and nothing else")
			flags.BoolVar(&c.check, "l", false, "the same as --check")
			flags.IntVar(&c.width, "width", 100, "the longest line, in `N` characters, where it can be broken; 0 breaks none")
			flags.StringVar(&c.name, "name", "", "`NAME` of standard input, by which it is a policy or not")
			return c.run
		},
	}
}

func (c *format) run(_ context.Context, e *environment) error {
	files := e.args
	if len(files) == 0 {
		files = []string{"-"}
	}
	tidy := true
	for _, path := range files {
		ok, err := c.file(e, path)
		if err != nil {
			return err
		}
		tidy = tidy && ok
	}
	if c.check && !tidy {
		return errNo
	}
	return nil
}

// file formats a file and reports whether it was formatted.
func (c *format) file(e *environment, path string) (tidy bool, err error) {
	stdin := path == "-"
	if stdin && c.write {
		return false, usagef("fmt", "-w needs a file to write")
	}
	data, err := e.readAll(path)
	if err != nil {
		return false, err
	}
	if stdin && c.name != "" {
		path = c.name
	}
	text, s, err := c.text(path, data)
	if err != nil {
		return false, err
	}
	tidy = text == string(data)
	if c.write && !tidy {
		if err := replace(path, text); err != nil {
			return false, err
		}
	}
	switch {
	case e.json:
		return tidy, e.printJSON(formatted{File: path, Formatted: tidy, Text: text, Spec: s})
	case c.check && !tidy:
		return tidy, e.print(path + "\n")
	case c.write, c.check:
		return tidy, nil
	}
	return tidy, e.print(text)
}

// formatted is the result of fmt for programs.
type formatted struct {
	File      string              `json:"file"`
	Formatted bool                `json:"formatted"`
	Text      string              `json:"text"`
	Spec      *spec.Specification `json:"spec,omitempty"`
}

// text returns what the file should hold, and the specification if it is one.
func (c *format) text(path string, data []byte) (string, *spec.Specification, error) {
	if isPolicy(path) {
		width := c.width
		if width < 1 {
			width = math.MaxInt32
		}
		text, err := policy.Format(path, data, width)
		return string(text), nil, err
	}
	s, err := readSpecification(data)
	if err != nil {
		return "", nil, &specError{named(path), err}
	}
	return spec.Format(s, c.width) + "\n", &s, nil
}

// isPolicy reports whether a file is a policy, by its name.
func isPolicy(path string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(filepath.Ext(path)))
}
