// Package conformance reads the cases under testdata, which were made by running
// other implementations of the same ideas: fractal-specifications and
// fractal-roles (in memory) and PostgreSQL. They are evidence, not law: the tests
// that run them list every class of difference with its reason.
package conformance

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/json"
	"fmt"
)

//go:embed testdata
var testdata embed.FS

// Load returns the cases of testdata/NAME.jsonl.gz in order. Numbers are kept as
// json.Number where T says any.
func Load[T any](name string) ([]T, error) {
	packed, err := testdata.ReadFile("testdata/" + name + ".jsonl.gz")
	if err != nil {
		return nil, err
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var cases []T
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var c T
		d := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		d.UseNumber()
		if err := d.Decode(&c); err != nil {
			return nil, fmt.Errorf("%s, case %d: %w", name, len(cases)+1, err)
		}
		cases = append(cases, c)
	}
	return cases, lines.Err()
}
