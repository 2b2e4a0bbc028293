package engines

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strconv"
)

// sweeping is the script of a broom: $1 is the directory and $2 the signal.
// Standard input says, line by line, which process to end, and closes when the
// tests end, however they do. Then the process is ended, for which it has a
// second, and the directory is removed.
const sweeping = `
pid=
while read -r line; do pid=$line; done
[ -z "$pid" ] || kill -s "$2" "$pid"
for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	[ -n "$pid" ] && kill -0 "$pid" || break
	sleep 0.05
done
for try in 1 2 3 4 5 6 7 8 9 10; do
	rm -rf -- "$1" && exit
	sleep 0.2
done
exit 1
`

// A broom is a shell that waits for the end of the tests to end their server
// and to remove its directory. It is a process of its own, in a session of its
// own, because tests are killed, time out and crash.
type broom struct {
	cmd      *exec.Cmd
	lifeline io.WriteCloser
}

// newBroom starts the broom of a private server.
func newBroom(p *private, signal string) (*broom, error) {
	cmd := p.command(context.Background(), "/bin/sh", "-c", sweeping, "broom", p.dir, signal)
	cmd.Dir = "/"
	lifeline, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &broom{cmd, lifeline}, nil
}

// watch says which process is to be ended from now on; 0 is none.
func (b *broom) watch(pid int) {
	line := "\n"
	if pid != 0 {
		line = strconv.Itoa(pid) + line
	}
	io.WriteString(b.lifeline, line) // a broom that is gone is reported by sweep
}

// sweep ends the process and removes the directory now.
func (b *broom) sweep() error {
	b.lifeline.Close()
	if err := b.cmd.Wait(); err != nil {
		return fmt.Errorf("cleaning up: %w", err)
	}
	return nil
}
