// Command rolespec works with specifications and policies from the command line:
// it formats them, filters rows by them, explains verdicts, writes SQL and runs
// test cases.
//
//	rolespec eval --spec 'account == 7 && deleted_at is None' tasks.jsonl
//
// docs/rolespec.md describes every command, and so does rolespec help COMMAND.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
)

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400) // little is kept, and much is dropped
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	// A command that waits for its input would not notice.
	go func() {
		<-ctx.Done()
		os.Exit(exitInterrupted)
	}()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
