package main

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
)

// parseFlags sets the flags wherever they stand among the arguments, and returns
// the others. What comes behind "--" is no flag, nor is a lone "-".
func parseFlags(flags *flag.FlagSet, args []string) (rest []string, err error) {
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			return append(rest, args[i+1:]...), nil
		}
		if len(arg) < 2 || arg[0] != '-' {
			rest = append(rest, arg)
			continue
		}
		name, value, given := strings.Cut(strings.TrimPrefix(arg[1:], "-"), "=")
		f := flags.Lookup(name)
		switch {
		case f == nil:
			return rest, fmt.Errorf("unknown flag %q%s", dashed(name), suggest(dashed(name), flagNames(flags)))
		case isSwitch(f) && !given:
			value = "true"
		case !given && i+1 == len(args):
			return rest, fmt.Errorf("flag %s needs a value", dashed(name))
		case !given:
			i++
			value = args[i]
		}
		if err := flags.Set(name, value); err != nil {
			return rest, fmt.Errorf("flag %s: %s", dashed(name), flagProblem(f, value, err))
		}
	}
	return rest, nil
}

// flagProblem says what is wrong with the value of a flag.
func flagProblem(f *flag.Flag, value string, err error) string {
	var choice *choiceError
	if errors.As(err, &choice) {
		return choice.Error()
	}
	if isSwitch(f) {
		return fmt.Sprintf("%q is neither true nor false", value)
	}
	if kind, _ := flag.UnquoteUsage(f); kind == "N" {
		return fmt.Sprintf("%q is not a number", value)
	}
	return err.Error()
}

func isSwitch(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// dashed returns the flag as it is written: two dashes before a word, one
// before a letter.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

func flagNames(flags *flag.FlagSet) (names []string) {
	flags.VisitAll(func(f *flag.Flag) { names = append(names, dashed(f.Name)) })
	return names
}

// choice is a flag with a closed set of values.
type choice struct {
	value string
	of    []string
}

// choose declares a flag with a closed set of values. The one it has before it
// is set may be none of them.
func choose(flags *flag.FlagSet, name, value, usage string, of ...string) *choice {
	c := &choice{value, of}
	flags.Var(c, name, usage)
	return c
}

func (c *choice) String() string {
	if c == nil {
		return ""
	}
	return c.value
}

func (c *choice) Set(value string) error {
	if !slices.Contains(c.of, value) {
		return &choiceError{value, c.of}
	}
	c.value = value
	return nil
}

type choiceError struct {
	value string
	of    []string
}

func (e *choiceError) Error() string {
	return fmt.Sprintf("%q is none of %s%s", e.value, strings.Join(e.of, ", "), suggest(e.value, e.of))
}

// optional is the value of a flag that means something when it is empty.
type optional struct {
	value string
	set   bool
}

func (o *optional) String() string { return o.value }

func (o *optional) Set(value string) error {
	*o = optional{value, true}
	return nil
}
