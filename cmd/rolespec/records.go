package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxRecord is the longest row, in bytes.
const maxRecord = 16 << 20

// records splits an input into records, each with the end of its line: lines, or
// for CSV lines that go on where a quote is open.
type records struct {
	file   string
	from   *bufio.Reader
	quoted bool // CSV
	line   int  // that was read last, from 1
}

func newRecords(in *input, quoted bool) *records {
	return &records{file: in.name, from: bufio.NewReaderSize(in, 64<<10), quoted: quoted}
}

// next appends the next record to buf and returns the line it begins in. At the
// end the error is io.EOF. The last record may have no end of line.
func (r *records) next(buf []byte) (_ []byte, line int, err error) {
	if r.line == 0 && !r.quoted {
		if begin, _ := r.from.Peek(len(byteOrderMark)); string(begin) == byteOrderMark {
			_, _ = r.from.Discard(len(byteOrderMark)) // which is there
		}
	}
	start, open := len(buf), false
	for line = r.line + 1; ; {
		part, err := r.from.ReadSlice('\n')
		if len(buf)-start+len(part) > maxRecord {
			return buf, line, &inputError{file: r.file, line: line, err: fmt.Errorf("a row longer than %d MiB", maxRecord>>20)}
		}
		buf = append(buf, part...)
		if r.quoted && bytes.Count(part, []byte{'"'})%2 == 1 {
			open = !open
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && open:
			if _, err := cells(nil, buf[start:]); err != nil { // which says why it is open
				return buf, line, at(r.file, line, buf[start:], err)
			}
			return buf, line, &inputError{file: r.file, line: line, err: errors.New("a quote is never closed")}
		case errors.Is(err, io.EOF) && len(buf) > start:
			r.line++
			return buf, line, nil
		case err == io.EOF:
			return buf, line, io.EOF
		case err != nil:
			return buf, line, fmt.Errorf("%s: %w", r.file, err)
		}
		r.line++
		if !open {
			return buf, line, nil
		}
	}
}

// waits reports whether the rest of the next record may have to be waited for.
func (r *records) waits() bool {
	ready, _ := r.from.Peek(r.from.Buffered()) // which cannot fail
	return bytes.IndexByte(ready, '\n') < 0
}
