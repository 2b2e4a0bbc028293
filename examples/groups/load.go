package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"
)

// loading are the flags of load.
type loading struct {
	db string
	size
	workers, rounds int
	length          time.Duration
}

// load generates data and asks the service and the bare handler, each a process of its
// own, in turns. It fails where one answer is not what the data says.
func load(ctx context.Context, args []string) error {
	var l loading
	flags := flag.NewFlagSet("load", flag.ContinueOnError)
	flags.StringVar(&l.db, "db", "", "a SQLite file or postgres://..., empty or filled by an earlier load; a temporary file if left out")
	flags.IntVar(&l.users, "users", 10_000, "how many users")
	flags.IntVar(&l.resources, "resources", 2_000, "how many resources")
	flags.IntVar(&l.groups, "groups", 500, "how many groups")
	flags.IntVar(&l.workers, "workers", 8, "how many ask at once")
	flags.IntVar(&l.rounds, "rounds", 3, "how many turns each has")
	flags.DurationVar(&l.length, "length", 2*time.Second, "of a turn")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 || min(l.users, l.resources, l.groups, l.workers, l.rounds) < 1 || l.length <= 0 {
		return errors.New("all numbers are above 0, and nothing follows the flags")
	}
	if l.db == "" {
		folder, err := os.MkdirTemp("", "groups-load-*")
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
		l.db = filepath.Join(folder, "groups.db")
	}
	begin := time.Now()
	if err := l.size.fill(ctx, l.db); err != nil {
		return err
	}
	fmt.Printf("%d users, %d resources, %d groups: ready in %v\n", l.users, l.resources, l.groups, time.Since(begin).Round(time.Millisecond))
	return l.compare(ctx, os.Stdout)
}

// compare asks the service and the bare handler in turns, so that what else the machine
// does meets them alike: first without a cache, and then with one.
func (l loading) compare(ctx context.Context, out io.Writer) error {
	bare := &contestant{name: "bare handler", args: []string{"bare"}}
	contestants := []*contestant{
		bare,
		{name: "service, no cache", args: []string{"-addr", "127.0.0.1:0", "-log", "error", "-cache", "off"}},
		{name: "service, cache in memory", args: []string{"-addr", "127.0.0.1:0", "-log", "error"}},
	}
	if err := bare.start(ctx, l.db); err != nil {
		return err
	}
	defer bare.stop()
	for _, c := range contestants[1:] {
		if err := l.turns(ctx, bare, c); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\tanswers/s\tof bare\tp50\tp99\tyes\twrong\t")
	wrong := 0
	for _, c := range contestants {
		fmt.Fprintf(table, "%s\t%.0f\t%.2f\t%v\t%v\t%d\t%d\t\n", c.name, c.rate(), c.rate()/contestants[0].rate(),
			c.quantile(.5), c.quantile(.99), c.yes, c.wrong)
		wrong += c.wrong
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if wrong > 0 {
		return fmt.Errorf("%d answers were wrong", wrong)
	}
	return nil
}

// turns asks the bare handler and another that is started for it.
func (l loading) turns(ctx context.Context, bare, other *contestant) error {
	if err := other.start(ctx, l.db); err != nil {
		return err
	}
	defer other.stop()
	for round := range l.rounds + 1 {
		for _, c := range []*contestant{bare, other} {
			length := l.length
			if round == 0 { // it warms up, and does not count
				length /= 4
			}
			t, err := l.ask(ctx, c.url, length)
			if err != nil {
				return err
			}
			if round > 0 {
				c.tally.add(t)
			}
		}
	}
	return nil
}

// contestant is a process that is asked.
type contestant struct {
	name string
	args []string
	cmd  *exec.Cmd
	url  string
	tally
}

// start runs this program with the arguments, and waits until it says where it listens.
func (c *contestant) start(ctx context.Context, db string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c.cmd = exec.CommandContext(ctx, self, append(c.args, "-db", db)...)
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.cmd.Start(); err != nil {
		return err
	}
	first, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		c.stop()
		return fmt.Errorf("%s does not start: %w", c.name, err)
	}
	_, url, _ := strings.Cut(strings.TrimSpace(first), ": ")
	c.url = url
	return nil
}

func (c *contestant) stop() {
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	_ = c.cmd.Wait()
}
