package document

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// yamlError reports what the parser says, and where.
func (f *File) yamlError(err error) {
	line, reason := yamlReason(err)
	at := f.places.ofLine(line)
	if len(f.source) <= maxSearched {
		at = f.position(f.firstRefused(reason))
	}
	f.problem(at, yamlAdvice(reason), "not YAML: %s", reason)
}

var yamlLine = regexp.MustCompile(`^line ([0-9]+): `)

// yamlReason returns the line that the parser names, 1 for none, and the rest.
func yamlReason(err error) (line int, reason string) {
	reason = strings.TrimPrefix(err.Error(), "yaml: ")
	m := yamlLine.FindStringSubmatch(reason)
	if m == nil {
		return 1, reason
	}
	line, _ = strconv.Atoi(m[1])
	return line, reason[len(m[0]):]
}

// maxSearched is the longest file that is read again and again to find a place.
const maxSearched = 64 << 10

// firstRefused returns the byte at which a file that the parser refuses becomes one
// that it refuses for this reason: its own lines are those of the beginning of what
// it was reading, or one less. Of what is opened and never closed it is the
// beginning.
func (f *File) firstRefused(reason string) int {
	good, bad := 0, len(f.source) // the file up to here is not, or is, refused for it
	for bad-good > 1 {
		middle := good + (bad-good)/2
		for middle > good && !utf8.RuneStart(f.source[middle]) {
			middle--
		}
		if middle == good {
			break
		}
		if f.refuses(f.source[:middle], reason) {
			bad = middle
		} else {
			good = middle
		}
	}
	return good
}

func (f *File) refuses(source, reason string) bool {
	d := yaml.NewDecoder(strings.NewReader(source))
	for range 2 {
		if err := decodeYAML(d, new(yaml.Node)); err != nil {
			_, other := yamlReason(err)
			return other == reason
		}
	}
	return false
}

func yamlAdvice(reason string) string {
	switch {
	case strings.Contains(reason, "mapping values are not allowed"):
		return "a text with a colon and a blank in it stands in quotes, or below a |"
	case strings.Contains(reason, "expected ',' or"):
		return "inside of brackets and braces, a text with a ? such as time? stands in quotes"
	case strings.Contains(reason, "cannot start any token"):
		return "a text that begins with ` or @ stands in quotes, or below a |; lines are indented by blanks"
	}
	return ""
}
