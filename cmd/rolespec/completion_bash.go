package main

import (
	"fmt"
	"strings"
)

// bashScript returns a function that looks at the command and the word before.
func bashScript() string {
	var b strings.Builder
	b.WriteString(`# bash completion for rolespec
_rolespec() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
`)
	fmt.Fprintf(&b, "    COMPREPLY=($(compgen -W %q -- \"$cur\"))\n", strings.Join(commandNames(), " ")+" --help --version")
	b.WriteString("    return\n  fi\n  local flags='' words='' values=''\n  case ${COMP_WORDS[1]} in\n")
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %s)\n", c.name)
		c.bash(&b)
		b.WriteString("    ;;\n")
	}
	b.WriteString(`  esac
  if [[ -n $values ]]; then
    COMPREPLY=($(compgen -W "$values" -- "$cur"))
  elif [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$flags" -- "$cur"))
  elif [[ -n $words ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
  else
    compopt -o filenames 2>/dev/null
    local IFS=$'\n'
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}
complete -F _rolespec rolespec
`)
	return b.String()
}

func (c *command) bash(b *strings.Builder) {
	var names []string
	fmt.Fprintf(b, "    words=%q\n", strings.Join(c.argumentWords(), " "))
	b.WriteString("    case $prev in\n")
	for _, f := range c.completedFlags() {
		names = append(names, dashed(f.name))
		if f.values != nil {
			fmt.Fprintf(b, "    %s) values=%q ;;\n", dashed(f.name), strings.Join(f.values, " "))
		}
	}
	b.WriteString("    esac\n")
	fmt.Fprintf(b, "    flags=%q\n", strings.Join(names, " "))
}
