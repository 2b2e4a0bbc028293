package main

import (
	"fmt"
	"strings"
)

// zshScript returns a function for the completion system of zsh.
func zshScript() string {
	var b strings.Builder
	b.WriteString("#compdef rolespec\n\n_rolespec() {\n  local context state line\n")
	b.WriteString("  _arguments -C '1:command:->command' '*::argument:->argument' && return\n")
	b.WriteString("  if [[ $state == command ]]; then\n    local -a list=(\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "      %s\n", shellQuote(c.name+":"+c.summary))
	}
	b.WriteString("    )\n    _describe command list\n    return\n  fi\n  case $words[1] in\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %s)\n    _arguments", c.name)
		for _, f := range c.completedFlags() {
			b.WriteString(" \\\n      " + shellQuote(f.zsh()))
		}
		rest := "*:file:_files"
		if words := c.argumentWords(); words != nil {
			rest = "*:argument:(" + strings.Join(words, " ") + ")"
		}
		b.WriteString(" \\\n      " + shellQuote(rest) + "\n    ;;\n")
	}
	b.WriteString("  esac\n}\n\n_rolespec \"$@\"\n")
	return b.String()
}

// zsh returns the flag as _arguments takes it.
func (f completed) zsh() string {
	does := strings.NewReplacer("[", `\[`, "]", `\]`, ":", `\:`).Replace(f.does)
	text := dashed(f.name) + "[" + does + "]"
	switch {
	case f.values != nil:
		text += ":value:(" + strings.Join(f.values, " ") + ")"
	case f.called != "":
		text += ":value:_files"
	}
	return text
}

// shellQuote puts a text in single quotes.
func shellQuote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
