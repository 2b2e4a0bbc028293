package policytest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/rolespec/rolespec/policy/internal/document"
)

// origin is where a suite is, and how the files that it names are found.
type origin struct {
	name string
	join func(name string) string // from a name in the suite
	open func(name string) (fs.File, error)
}

func onDisk(name string) origin {
	join := func(other string) string {
		if filepath.IsAbs(other) {
			return other
		}
		return filepath.Join(filepath.Dir(name), filepath.FromSlash(other))
	}
	return origin{name, join, func(name string) (fs.File, error) { return os.Open(name) }}
}

func inFS(fsys fs.FS, name string) origin {
	join := func(other string) string { return path.Join(path.Dir(name), other) }
	return origin{name, join, fsys.Open}
}

var errTooLong = errors.New("it is too long")

// read returns what is in a file of at most so many bytes.
func (o origin) read(name string, most int64) ([]byte, error) {
	file, err := o.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%w: more than %d bytes", errTooLong, most)
	}
	return data, err
}

// source is a text that nodes come from: a file, or a line of one.
type source struct {
	name   string
	file   *document.File
	before int // lines of the file that stand before the text
}

// where returns file:line:column.
func (s source) where(at document.Pos) string { return s.in(at).In(s.name) }

func (s source) in(at document.Pos) document.Pos {
	if at.Line > 0 {
		at.Line += s.before
	}
	return at
}

func (s source) error(p document.Problem) *Error {
	at := s.in(p.Pos)
	return &Error{s.name, at.Line, at.Column, p.Reason, p.Advice, s.file.Excerpt(p.Pos), p.Err}
}

// cause is what an error of a file system says, without the name of the file.
func cause(err error) string {
	var inner *fs.PathError
	if errors.As(err, &inner) {
		err = inner.Err
	}
	return err.Error()
}
