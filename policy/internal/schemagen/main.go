// Command schemagen prints the JSON Schema of policy files, made of the types that
// they are read into. Package policy embeds what it prints:
//
//	GOWORK=off go run . > ../../schema.json
//
// It has to run in its own directory, as the descriptions are the comments of those
// types. It is a module of its own, so that the library needs nothing of what it
// needs.
package main

import (
	"fmt"
	"os"
)

func main() {
	text, err := Generate()
	if err != nil {
		fmt.Fprintln(os.Stderr, "schemagen:", err)
		os.Exit(1)
	}
	if _, err := os.Stdout.Write(text); err != nil {
		fmt.Fprintln(os.Stderr, "schemagen:", err)
		os.Exit(1)
	}
}
