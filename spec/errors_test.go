package spec_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// account is the row of the error tests.
type account struct {
	ID     int64
	Name   string
	Tags   []string
	Status string `spec:"status,enum=open|done"`
	Func   func()
}

var errorTests = []struct {
	name   string
	s      spec.Specification
	want   error
	field  string
	op     spec.Op
	reason string
}{
	{"unknown field", spec.Eq("nmae", "x"), spec.ErrUnknownField, "nmae", spec.OpEq, "a typing error must not read as null"},
	{"unknown field of IsNull", spec.IsNull("deleted_at"), spec.ErrUnknownField, "deleted_at", spec.OpIsNull, "or every row would be visible"},
	{"unknown field beside null", spec.Eq("nmae", spec.Null), spec.ErrUnknownField, "nmae", spec.OpEq, "null fits every field that exists"},
	{"unfit field", spec.IsNull("func"), spec.ErrType, "func", spec.OpIsNull, "no kind"},
	{"value of another kind", spec.Gt("id", "x"), spec.ErrType, "id", spec.OpGt, "text beside an int"},
	{"operator of another kind", spec.HasSuffix("id", "x"), spec.ErrType, "id", spec.OpHasSuffix, "no text"},
	{"order of an enum", spec.Lte("status", "open"), spec.ErrType, "status", spec.OpLte, "labels have no order"},
	{"unknown label", spec.Ne("status", "lost"), spec.ErrType, "status", spec.OpNe, "a typing error must not match every row"},
	{"bad pattern", spec.Matches("name", "("), spec.ErrPattern, "name", spec.OpMatches, "not RE2"},
	{"text operator with a number", spec.HasPrefix("name", spec.Of(1)), spec.ErrType, "name", spec.OpHasPrefix, "looks for a text"},
	{"Contains of a list", spec.Contains("tags", listValue("a")), spec.ErrType, "tags", spec.OpContains, "one value"},
	{"In without a list", spec.NewLeaf("id", spec.OpIn, spec.Of(1)), spec.ErrType, "id", spec.OpIn, "needs a list"},
	{"invalid value", spec.Eq("name", "a\x00"), spec.ErrValue, "name", spec.OpEq, "no engine can hold it"},
	{"no such operator", spec.NewLeaf("name", 200, spec.Of("x")), spec.ErrType, "name", 200, "outside the table"},
	{"no operator", spec.NewLeaf("name", 0, spec.Of("x")), spec.ErrType, "name", 0, "the zero Op"},
	{"empty field", spec.Eq("", "x"), spec.ErrUnknownField, "", spec.OpEq, "no name"},
}

func listValue(v ...any) spec.Value {
	value, err := spec.ValueOf(append([]any{}, v...))
	if err != nil {
		panic(err)
	}
	return value
}

func TestErrors(t *testing.T) {
	for _, test := range errorTests {
		t.Run(test.name, func(t *testing.T) {
			for _, s := range []spec.Specification{
				test.s, spec.Not(test.s), spec.And(spec.Eq("id", 1), test.s), spec.Or(test.s, spec.Eq("id", 1)), spec.Not(spec.And(spec.Not(test.s), spec.IsNull("id"))),
			} {
				m, err := spec.Compile[account](s)
				var fieldErr *spec.FieldError
				switch {
				case m != nil || err == nil:
					t.Fatalf("%v compiles: %s", s, test.reason)
				case !errors.Is(err, test.want) || !errors.Is(err, spec.ErrField):
					t.Errorf("%v: have %v, want %v: %s", s, err, test.want, test.reason)
				case !errors.As(err, &fieldErr) || fieldErr.Field != test.field || fieldErr.Op != test.op:
					t.Errorf("%v: %v does not say field %q and operator %v", s, err, test.field, test.op)
				}
				for _, other := range []error{spec.ErrUnknownField, spec.ErrType, spec.ErrValue, spec.ErrPattern, spec.ErrUnbound, spec.ErrTooDeep} {
					if other != test.want && errors.Is(err, other) {
						t.Errorf("%v: %v is also %v", s, err, other)
					}
				}
				if !strings.HasPrefix(err.Error(), "spec: ") || strings.Contains(err.Error(), "\n") {
					t.Errorf("%q is no line of a log", err)
				}
			}
		})
	}
}

// A secret is a claim of somebody: no error may repeat it.
const secret = "S3CR3T"

// addresses may have any digits.
var addresses = regexp.MustCompile(`0x[0-9a-f]+`)

func TestErrorsKeepValuesSecret(t *testing.T) {
	bind := func(s spec.Specification, v spec.Value) error {
		_, err := s.Bind(func(string) (spec.Value, bool) { return v, true })
		return err
	}
	compile := func(s spec.Specification) error {
		_, err := spec.Compile[sample](s)
		return err
	}
	valueOf := func(v any) error {
		_, err := spec.ValueOf(v)
		return err
	}
	long := strings.Repeat(secret, 5000)
	_, dateErr := spec.ParseDate(secret)
	_, decimalErr := spec.ParseDecimal(secret)
	_, digitsErr := spec.ParseDecimal(strings.Repeat("837", 200))
	var d spec.Date
	var n spec.Decimal
	for name, err := range map[string]error{
		"text beside an int":       compile(spec.Eq("int", secret)),
		"text beside a bool":       compile(spec.Lt("bool", secret)),
		"text beside a float":      compile(spec.In("float", secret)),
		"text as a decimal":        compile(spec.Eq("decimal", secret)),
		"text as an instant":       compile(spec.Eq("time", secret)),
		"text as a date":           compile(spec.Eq("date", secret)),
		"text as a uuid":           compile(spec.Eq("uuid", secret)),
		"text beside bytes":        compile(spec.Eq("bytes", secret)),
		"bytes beside text":        compile(spec.Eq("text", []byte(secret))),
		"label":                    compile(spec.Eq("status", secret)),
		"label in a list":          compile(spec.In("status", "open", secret)),
		"text among lists":         compile(spec.In("tags", secret)),
		"list beside text":         compile(spec.Eq("text", listValue(secret))),
		"pattern":                  spec.Matches("text", secret+"(").Err(),
		"pattern, bad escape":      spec.Matches("text", `\Q`+secret+`\E\y`+secret).Err(),
		"pattern, bad class":       spec.Matches("text", "["+secret).Err(),
		"pattern, bad flag":        spec.Matches("text", "(?"+secret+")").Err(),
		"pattern, too large":       spec.Matches("text", "(("+secret+"{900}){900}){900}").Err(),
		"pattern on a number":      compile(spec.Matches("int", secret)),
		"NUL":                      spec.Eq("text", secret+"\x00").Err(),
		"not UTF-8":                spec.Eq("text", secret+"\xff").Err(),
		"too long":                 spec.Eq("text", long).Err(),
		"too many bytes":           spec.Eq("bytes", []byte(long)).Err(),
		"NUL in a list":            spec.In("text", "a", secret+"\x00").Err(),
		"NUL in ValueOf":           valueOf(secret + "\x00"),
		"a map in ValueOf":         valueOf(map[string]string{secret: secret}),
		"a struct in a list":       valueOf([]any{struct{ S string }{secret}}),
		"unbound":                  compile(spec.And(spec.Eq("text", secret), spec.Eq("int", spec.Var("account")))),
		"bound to the wrong kind":  bind(spec.HasPrefix("text", spec.Var("x")), listValue(secret)),
		"bound to a bad pattern":   bind(spec.Matches("text", spec.Var("x")), spec.Of(secret+"(")),
		"bound to a text, not one": bind(spec.NewLeaf("int", spec.OpIn, spec.Of(spec.Var("x"))), spec.Of(secret)),
		"bound to a variable":      bind(spec.Eq("text", spec.Var("x")), spec.Of(spec.Var(secret))),
		"date":                     dateErr,
		"decimal":                  decimalErr,
		"decimal digits":           digitsErr,
		"scanned date":             d.Scan([]byte(secret)),
		"scanned decimal":          n.Scan(secret),
		"scanned float":            n.Scan(837.5),
		"unmarshalled date":        d.UnmarshalText([]byte(secret)),
		"unmarshalled decimal":     n.UnmarshalText([]byte(secret)),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		all := addresses.ReplaceAllString(fmt.Sprintf("%v|%+v|%#v|%q", err, err, err, err), "")
		for text := range strings.SplitSeq(all, "|") {
			if strings.Contains(text, secret) || strings.Contains(text, "837") {
				t.Errorf("%s: the value is in the error %.200q", name, text)
			}
		}
	}
}

func TestUnboundError(t *testing.T) {
	s := spec.And(spec.Eq("id", 1), spec.Not(spec.In("name", spec.Var("user.name"))))
	_, err := spec.Compile[account](s)
	var unbound *spec.UnboundError
	if !errors.Is(err, spec.ErrUnbound) || !errors.As(err, &unbound) || unbound.Name != "user.name" || errors.Is(err, spec.ErrField) {
		t.Errorf("have %v, want *UnboundError of user.name", err)
	}
	rows, _ := spec.Filter(s.Not(), []account{{ID: 1}, {ID: 2}})
	if len(rows) > 0 {
		t.Errorf("an unbound specification gave %d rows", len(rows))
	}
	if _, err := spec.Compile[map[string]any](s); !errors.Is(err, spec.ErrUnbound) {
		t.Errorf("map: have %v, want ErrUnbound", err)
	}
}
