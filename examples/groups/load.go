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
	"slices"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/rolespec/rolespec/examples/internal/database"
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
	if err := l.plan(ctx, os.Stdout); err != nil {
		return err
	}
	return l.compare(ctx, os.Stdout)
}

// plan fails where the answer is not found by indexes.
func (l loading) plan(ctx context.Context, out io.Writer) error {
	db, err := database.Open(ctx, l.db)
	if err != nil {
		return err
	}
	defer db.Close()
	for resource := range min(l.resources, 10) {
		if _, err := (&store{db}).byIndex(ctx, question{userName(l.memberOf(resource)), resourceName(resource)}); err != nil {
			return err
		}
	}
	fmt.Fprintln(out, "the answer is found by indexes")
	return nil
}

// compare asks the service and the bare handler in turns: first without a cache, and then
// with one.
func (l loading) compare(ctx context.Context, out io.Writer) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\tanswers/s\tof bare\tp50\tp99\tCPU each\tyes\twrong\t")
	wrong := 0
	for _, service := range []*contestant{
		{name: "service, no cache", args: []string{"-cache", "off"}},
		{name: "service, cache in memory"},
	} {
		service.args = append(service.args, "-addr", "127.0.0.1:0", "-log", "error")
		bare := &contestant{name: "bare handler", args: []string{"bare"}}
		ratio, err := l.turns(ctx, bare, service)
		if err != nil {
			return fmt.Errorf("%s: %w", service.name, err)
		}
		for _, c := range []*contestant{bare, service} {
			of := "1"
			if c == service {
				of = fmt.Sprintf("%.2f", ratio)
			}
			fmt.Fprintf(table, "%s\t%.0f\t%s\t%v\t%v\t%v\t%d\t%d\t\n", c.name, c.rate(), of, c.quantile(.5), c.quantile(.99), c.cpu(), c.yes, c.wrong)
			wrong += c.wrong
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if wrong > 0 {
		return fmt.Errorf("%d answers were wrong", wrong)
	}
	return nil
}

// turns asks both in turns, and returns how many answers the service gives for one of the
// bare handler: in the middle one of the rounds, since what else the machine does is the
// same for two turns that follow each other, and not for long.
func (l loading) turns(ctx context.Context, bare, service *contestant) (ratio float64, err error) {
	both := []*contestant{bare, service}
	for _, c := range both {
		if err := c.start(ctx, l.db); err != nil {
			return 0, err
		}
		defer c.stop()
		warm, err := l.ask(ctx, c.url, l.length/4) // it does not count
		if err != nil {
			return 0, err
		}
		c.warm = len(warm.took)
	}
	var ratios []float64
	for range l.rounds {
		var rates [2]float64
		for i, c := range both {
			t, err := l.ask(ctx, c.url, l.length)
			if err != nil {
				return 0, err
			}
			rates[i] = t.rate()
			c.tally.add(t)
		}
		ratios = append(ratios, rates[1]/rates[0])
	}
	slices.Sort(ratios)
	return ratios[len(ratios)/2], nil
}

// contestant is a process that is asked.
type contestant struct {
	name string
	args []string
	cmd  *exec.Cmd
	url  string
	warm int // answers before the first round
	tally
}

// cpu is what an answer has cost the process, which has ended, with its start: it hardly
// depends on what else the machine does. What it cost the database is not in it.
func (c *contestant) cpu() time.Duration {
	state := c.cmd.ProcessState
	if state == nil || c.warm+len(c.took) == 0 {
		return 0
	}
	return ((state.UserTime() + state.SystemTime()) / time.Duration(c.warm+len(c.took))).Round(time.Microsecond)
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
