package engines

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// Main runs the tests of a package, ends the private servers that they
// started, and says in one line which engines they ran on. It does not return.
//
// A package without it leaves no server behind either, but its servers end
// shortly after the process instead of before, and nothing is said.
func Main(m *testing.M) {
	code := m.Run()
	for _, e := range []*engine{postgres, mariadb} {
		if e.running == nil {
			continue
		}
		if err := e.running.close(); err != nil {
			fmt.Fprintf(os.Stderr, "engines: %s: %v\n", e.name, err)
			code = max(code, 1)
		}
	}
	announce(postgres, mariadb)
	os.Exit(code)
}

// announce prints the report of the engines that tests asked for. If one was
// missing, it makes sure that this is seen.
func announce(engines ...*engine) {
	var reports []string
	missing := false
	for _, e := range engines {
		if report := e.report(); report != "" {
			reports = append(reports, report)
			missing = missing || e.err != nil
		}
	}
	if len(reports) == 0 {
		return
	}
	line := "engines: " + strings.Join(reports, ", ") + "\n"
	fmt.Print(line)
	if missing && !testing.Verbose() {
		aside(line)
	}
}
