package main

import (
	"context"
	"flag"
	"strings"
)

func completionCommand() *command {
	shells := []string{"bash", "zsh", "fish"}
	return &command{
		name:    "completion",
		summary: "print the completion script of a shell",
		usage:   "bash|zsh|fish",
		about: `The script completes commands, flags, their values, and else the names of files.

    bash: source <(rolespec completion bash)
    zsh:  rolespec completion zsh > "${fpath[1]}/_rolespec"
    fish: rolespec completion fish > ~/.config/fish/completions/rolespec.fish`,
		json: `one object: {"script":"...","shell":"bash"}.`,
		examples: []example{{
			about:  "The first line of the one for zsh:",
			line:   `rolespec completion zsh | head -n 1`,
			output: "#compdef rolespec\n",
		}},
		setup: func(*flag.FlagSet) action {
			return func(_ context.Context, e *environment) error {
				if len(e.args) != 1 {
					return usagef("completion", "for which shell? bash, zsh or fish")
				}
				script, ok := completionScript(e.args[0])
				if !ok {
					return usagef("completion", "%s", (&choiceError{e.args[0], shells}).Error())
				}
				if e.json {
					return e.printJSON(map[string]string{"shell": e.args[0], "script": script})
				}
				return e.print(script)
			}
		},
		words: shells,
	}
}

func completionScript(shell string) (string, bool) {
	switch shell {
	case "bash":
		return bashScript(), true
	case "zsh":
		return zshScript(), true
	case "fish":
		return fishScript(), true
	}
	return "", false
}

// completed is a flag as completion needs it.
type completed struct {
	name   string // without dashes
	does   string
	called string   // its value; empty for a switch
	values []string // the closed set of values, nil for any
}

func (c *command) completedFlags() (list []completed) {
	for _, f := range c.visibleFlags() {
		written, does := describeFlag(f)
		_, called, _ := strings.Cut(written, " ")
		one := completed{name: f.Name, does: does, called: called}
		if set, ok := f.Value.(*choice); ok {
			one.values = set.of
		}
		list = append(list, one)
	}
	return list
}

// argumentWords are what the arguments of the command are chosen from; nil for
// files.
func (c *command) argumentWords() []string {
	if c.name == "help" {
		return commandNames()
	}
	return c.words
}
