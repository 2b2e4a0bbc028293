package main

import (
	"context"
	"flag"
	"runtime/debug"
)

func versionCommand() *command {
	return &command{
		name:    "version",
		summary: "print the version of this program",
		about:   "rolespec --version does the same.",
		json:    `one object: {"go":"go1.26.0","version":"v1.2.3"}.`,
		examples: []example{{
			about:  "The version alone, which is this for a build from source:",
			line:   `rolespec version --json | sed 's/.*"version":"\([^"]*\)".*/\1/'`,
			output: "(devel)\n",
		}},
		setup: func(*flag.FlagSet) action {
			return func(_ context.Context, e *environment) error {
				if len(e.args) > 0 {
					return usagef("version", "takes no arguments")
				}
				version, compiler := buildVersion()
				if e.json {
					return e.printJSON(map[string]string{"version": version, "go": compiler})
				}
				return e.printf("rolespec %s (%s)\n", version, compiler)
			}
		},
		words: []string{},
	}
}

// buildVersion returns the version of the module that the program was built
// from, and of the compiler.
func buildVersion() (version, compiler string) {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)", "unknown compiler"
	}
	return info.Main.Version, info.GoVersion
}
