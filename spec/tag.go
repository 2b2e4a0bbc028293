package spec

import (
	"reflect"
	"strings"
	"unicode"
)

// fieldTag is what the tags of a struct field say.
type fieldTag struct {
	name   string
	named  bool // a tag gave the name
	skip   bool // spec:"-" or db:"-"
	kind   Kind // declared with spec:"name,decimal"; KindNull for none
	labels []string
}

// naming is the tags that name a field, the first that does so deciding.
type naming string

const (
	rowNames   naming = "spec,db,json"
	claimNames naming = "spec,json"
)

// parseTag reads the name from the tags, else the Go name in snake case; and the
// options, which only spec has: a kind (decimal, date, time, uuid, string, int
// ...) or enum=a|b|c. json:"-" hides a field from JSON, not from policies.
func parseTag(f reflect.StructField, names naming) fieldTag {
	var tag fieldTag
	for key := range strings.SplitSeq(string(names), ",") {
		text, ok := f.Tag.Lookup(key)
		if !ok {
			continue
		}
		name, options, _ := strings.Cut(text, ",")
		if key == "spec" {
			tag.options(options)
		}
		if name == "-" && key != "json" {
			tag.skip = true
			return tag
		}
		if name != "" && name != "-" {
			tag.name, tag.named = name, true
			return tag
		}
	}
	tag.name = snakeCase(f.Name)
	return tag
}

func (tag *fieldTag) options(text string) {
	for _, option := range strings.Split(text, ",") {
		if labels, ok := strings.CutPrefix(option, "enum="); ok {
			tag.labels = strings.Split(labels, "|")
		}
		for k := KindBool; k <= KindUUID; k++ {
			if option == k.String() {
				tag.kind = k
			}
		}
	}
}

// snakeCase writes AccountID as account_id and HTTPServer as http_server.
func snakeCase(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 {
			lowerBefore := !unicode.IsUpper(runes[i-1]) && runes[i-1] != '_'
			lowerAfter := i+1 < len(runes) && unicode.IsLower(runes[i+1]) && runes[i-1] != '_'
			if lowerBefore || lowerAfter {
				b.WriteByte('_')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
