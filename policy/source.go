package policy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// Source is where a policy comes from. Its methods may be called by several
// goroutines at once.
type Source interface {
	// Read returns the text of the policy as it is now, or [ErrUnchanged] where it
	// is the one with that tag. No tag is that of no text.
	Read(ctx context.Context, tag string) (Text, error)
}

// Notifier is a source that says when its policy may have changed, so that nobody
// has to wait for the next look at it.
type Notifier interface {
	Source
	// Notify calls changed whenever the policy may have changed, at once where it
	// may have while nobody listened, until the context ends or it cannot listen any
	// more, and returns why. It is called again after an error.
	Notify(ctx context.Context, changed func()) error
}

// Text is a policy as a source has it.
type Text struct {
	Name string // for errors: a path, a URL
	Data []byte
	Tag  string // what the source knows it by; may be empty
}

// ErrUnchanged is what [Source.Read] returns where there is nothing new.
var ErrUnchanged = errors.New("policy: unchanged")

// ErrTooLarge is what sources return for a policy of more than [MaxSize] bytes.
var ErrTooLarge = fmt.Errorf("it is longer than %d bytes", MaxSize)

// File returns the file of that path as a source. Who changes the file should
// write another one and rename it: a file that is rewritten in place is half
// there for a moment, and what is missing may be a restriction. Against that,
// Read takes a new text only when it has stayed the same for a tenth of a second.
func File(path string) Source { return fileAt(path) }

func fileAt(path string) files {
	return files{path, settling, func() (fs.File, error) { return os.Open(path) }}
}

// FS returns a file of a file system as a source, such as an embedded policy.
func FS(fsys fs.FS, name string) Source {
	return files{name, settling, func() (fs.File, error) { return fsys.Open(name) }}
}

const settling = 100 * time.Millisecond

type files struct {
	name   string
	settle time.Duration
	open   func() (fs.File, error)
}

// Read implements [Source].
func (f files) Read(ctx context.Context, tag string) (Text, error) {
	text, err := f.read()
	for err == nil && text.Tag != tag {
		if err = sleep(ctx, f.settle); err != nil {
			break
		}
		var again Text
		if again, err = f.read(); err == nil && again.Tag == text.Tag {
			return text, nil
		}
		text = again
	}
	if err != nil {
		return Text{}, fmt.Errorf("policy: %w", err)
	}
	return Text{}, ErrUnchanged
}

func (f files) read() (Text, error) {
	file, err := f.open()
	if err != nil {
		return Text{}, err
	}
	defer file.Close()
	data, err := readAll(file)
	if err != nil {
		return Text{}, fmt.Errorf("%s: %w", f.name, err)
	}
	return Text{Name: f.name, Data: data, Tag: versionOf(data)}, nil
}

// readAll reads what may be a policy, and not much more than that.
func readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err == nil && len(data) > MaxSize {
		err = ErrTooLarge
	}
	return data, err
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
