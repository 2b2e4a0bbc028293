package engines

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A private is a server that belongs to this process: its directory, the
// account it runs under, the log of all that ran for it, and the broom that
// sees to its end.
type private struct {
	dir     string
	account account
	log     *os.File
	broom   *broom
	exited  chan struct{} // closed when the server has ended
}

// newPrivate makes the directory of a private server. The server is ended by
// the signal, and runs, where the tests run as root, as the first of the users
// there is.
func newPrivate(name, signal string, users ...string) (*private, error) {
	who, err := lesser(users...)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(base(who), "rolespec-"+name+"-")
	if err != nil {
		return nil, err
	}
	p := &private{dir: dir, account: who, exited: make(chan struct{})}
	if err := p.equip(signal); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return p, nil
}

// equip hands the directory to the account, and starts the log and the broom.
// The log is without a name, so nobody has to remove it.
func (p *private) equip(signal string) (err error) {
	if p.log, err = os.CreateTemp(p.dir, "log"); err != nil {
		return err
	}
	if err = os.Remove(p.log.Name()); err != nil {
		return err
	}
	if err = p.account.own(p.dir); err != nil {
		return err
	}
	p.broom, err = newBroom(p, signal)
	return err
}

// command is a program that runs in the directory, under the account, into the
// log, and unmoved by the settings of whoever runs the tests.
func (p *private) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = p.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + p.dir, "TMPDIR=" + p.dir, "LC_ALL=C"}
	cmd.Stdout, cmd.Stderr = p.log, p.log
	cmd.SysProcAttr = p.account.detached()
	return cmd
}

// run runs a program to its end.
func (p *private) run(program string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := p.command(ctx, program, args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	p.broom.watch(cmd.Process.Pid)
	err := cmd.Wait()
	p.broom.watch(0)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(program), err)
	}
	return nil
}

// serve starts the server itself.
func (p *private) serve(program string, args ...string) error {
	cmd := p.command(context.Background(), program, args...)
	if err := cmd.Start(); err != nil {
		return err
	}
	p.broom.watch(cmd.Process.Pid)
	go func() {
		cmd.Wait() // how it ended is in the log
		p.broom.watch(0)
		close(p.exited)
	}()
	return nil
}

// end ends the server and removes its directory.
func (p *private) end() error {
	defer p.log.Close()
	return p.broom.sweep()
}

// abandon ends a server that could not be started, and adds to the reason the
// last lines of its log.
func (p *private) abandon(reason error) error {
	tail := lastLines(p.log, 15)
	if err := p.end(); err != nil {
		reason = errors.Join(reason, err)
	}
	if tail != "" {
		reason = fmt.Errorf("%w; its log ends:\n%s", reason, tail)
	}
	return reason
}

// lastLines returns the last n lines of a file, indented.
func lastLines(f *os.File, n int) string {
	size, err := f.Seek(0, 2)
	if err != nil {
		return ""
	}
	buf := make([]byte, min(size, 4096))
	if _, err := f.ReadAt(buf, size-int64(len(buf))); err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(buf)), "\n")
	return "\t" + strings.Join(lines[max(0, len(lines)-n):], "\n\t")
}
