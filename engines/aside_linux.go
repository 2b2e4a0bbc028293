package engines

import (
	"fmt"
	"os"
	"path/filepath"
)

// aside prints a line past go test, which throws away what a package prints
// when it passes, and with it the news that tests were skipped. It goes to the
// error stream of go test itself, if that is a terminal or a pipe, and nowhere
// if go test shows the output anyway or if this is not go test.
func aside(line string) {
	parent := fmt.Sprintf("/proc/%d/", os.Getppid())
	if exe, err := os.Readlink(parent + "exe"); err != nil || filepath.Base(exe) != "go" {
		return
	}
	if shown(parent + "fd/1") {
		return
	}
	stream, err := os.OpenFile(parent+"fd/2", os.O_WRONLY, 0)
	if err != nil {
		return
	}
	defer stream.Close()
	if info, err := stream.Stat(); err == nil && !info.Mode().IsRegular() {
		stream.WriteString(line)
	}
}

// shown reports whether this process prints to the same place as its parent.
func shown(parents string) bool {
	theirs, err := os.Stat(parents)
	if err != nil {
		return false
	}
	ours, err := os.Stdout.Stat()
	return err == nil && os.SameFile(ours, theirs)
}
