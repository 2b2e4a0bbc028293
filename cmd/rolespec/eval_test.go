package main

import (
	"strings"
	"testing"
)

func TestEvalNDJSON(t *testing.T) {
	const rows = `{"id":1,"age":17,"name":"ann"}
 {"name" : "bob", "age":18.0,"id":2, "x":{"y":[1,2]}}
{"id":3,"age":null}
{"id":4}
{"id":5,"age":"18"}
{"id":6,"age":99999999999999999999}
`
	eval := func(args ...string) []string { return append([]string{"eval"}, args...) }
	runCases(t, []commandCase{
		{name: "rows come out byte for byte", args: eval("--spec", "age >= 18"), stdin: rows,
			stdout: " {\"name\" : \"bob\", \"age\":18.0,\"id\":2, \"x\":{\"y\":[1,2]}}\n{\"id\":6,\"age\":99999999999999999999}\n"},
		{name: "what is unknown is no row, negated or not", args: eval("--spec", "!(age >= 18)"), stdin: rows,
			stdout: "{\"id\":1,\"age\":17,\"name\":\"ann\"}\n"},
		{name: "rows of which it is false", args: eval("--spec", "age >= 18", "--truth", "false"), stdin: rows,
			stdout: "{\"id\":1,\"age\":17,\"name\":\"ann\"}\n"},
		{name: "rows of which it is unknown", args: eval("--spec", "age >= 18", "--truth", "unknown"), stdin: rows,
			stdout: "{\"id\":3,\"age\":null}\n{\"id\":4}\n{\"id\":5,\"age\":\"18\"}\n"},
		{name: "count", args: eval("--spec", "age >= 18", "--count"), stdin: rows, stdout: "2\n"},
		{name: "count as JSON", args: eval("--spec", "age >= 18", "--count", "--json"), stdin: rows, stdout: "{\"count\":2}\n"},
		{name: "the specification in JSON", args: eval("--spec", ` {"op":"gte","field":"age","value":18}`, "--count"), stdin: rows, stdout: "2\n"},
		{name: "nothing visible is an answer", args: eval("--spec", "!#"), stdin: rows},
		{name: "no rows are no error", args: eval("--spec", "#"), stdin: ""},
		{name: "the last line needs no end", args: eval("--spec", "#"), stdin: `{"a":1}`, stdout: "{\"a\":1}\n"},
		{name: "empty lines and CR LF", args: eval("--spec", "#"), stdin: "{\"a\":1}\r\n\r\n \t\n{}\n", stdout: "{\"a\":1}\r\n{}\n"},
		{name: "2^53+1 is not 2^53", args: eval("--spec", "n == 9007199254740993", "--count"),
			stdin: "{\"n\":9007199254740992}\n{\"n\":9007199254740993}\n", stdout: "1\n"},
		{name: "a number beyond 64 bits is exact", args: eval("--spec", "n == 36893488147419103233", "--count"),
			stdin: "{\"n\":36893488147419103232}\n{\"n\":36893488147419103233}\n", stdout: "1\n"},
		{name: "a key with a dot in it, beside the way to it", args: eval("--spec", "a.b == 1", "--count"),
			stdin: "{\"a.b\":1}\n{\"a\":{\"b\":1}}\n{\"a.b\":1,\"a\":{\"b\":1}}\n", stdout: "2\n"},
		{name: "another field, on the right", args: eval("--spec", "a == b", "--count"),
			stdin: "{\"a\":1,\"b\":1}\n{\"a\":1,\"b\":2}\n", stdout: "1\n"},
		{name: "related rows", args: eval("--spec", `any members (id == 7) && every members (#)`, "--count"),
			stdin: "{\"members\":[{\"id\":7}]}\n{\"members\":[{\"id\":8}]}\n{\"members\":null}\n", stdout: "1\n"},
		{name: "related rows without a condition", args: eval("--spec", `any members (#)`, "--count"),
			stdin: "{\"members\":[{\"id\":7}]}\n{\"members\":[]}\n", stdout: "1\n"},
		{name: "escapes in keys and values", args: eval("--spec", "name == \"\u00fc\U0001f600\"", "--count"),
			stdin: `{"\u006eame":"\u00FC\ud83d\ude00"}` + "\n", stdout: "1\n"},
		{name: "declared kinds", args: eval("--spec", "at < time(\"2024-07-01T12:00:00Z\") && price > 2", "--fields", "at:time,price:decimal", "--count"),
			stdin: "{\"at\":\"2024-07-01T13:59:59+02:00\",\"price\":\"2.50\"}\n{\"at\":\"2025-07-01T13:59:59+02:00\",\"price\":\"2.50\"}\n", stdout: "1\n"},
		{name: "a field that is nearly declared", args: eval("--spec", "acount == 1", "--fields", "id:int,account:int"), stdin: rows, exit: 2, stderr: "there is no such field; did you mean account?"},
		{name: "declared bytes", args: eval("--spec", `b == bytes("AAE=")`, "--fields", "b:bytes", "--count"),
			stdin: "{\"b\":\"AAE=\"}\n{\"b\":\"AAE\"}\n", stdout: "1\n"},
		{name: "a field that is not declared", args: eval("--spec", "agee == 1", "--fields", "age:int"), exit: 2, stderr: `Eq("agee")`},
		{name: "a hostile value is a value", args: eval("--spec", `name == "' OR 1=1 --"`, "--count"),
			stdin: "{\"name\":\"' OR 1=1 --\"}\n{\"name\":\"x\"}\n", stdout: "1\n"},
	})
}

// What cannot be read ends the command, after the rows before it, and its place is
// told.
func TestEvalRefusesRows(t *testing.T) {
	for _, c := range []struct {
		name, row, want string
	}{
		{"a key twice", `{"b":1,"a":1,"a":2}`, ":2:14: the key \"a\" stands here a second time"},
		{"a key twice, once escaped", `{"a":1,"\u0061":2}`, ":2:8: the key \"a\""},
		{"a key twice, inside what nobody asks about", `{"x":[{"k":1,"k":2}]}`, ":2:14: the key \"k\""},
		{"a key twice in a wide object", wide(100) + `,"k7":0}`, "the key \"k7\""},
		{"something behind the row", `{"a":1} {"a":1}`, ":2:9: something follows"},
		{"a comma behind the row", `{"a":1},`, ":2:8: something follows"},
		{"not UTF-8", "{\"a\":\"\xff\"}", "not UTF-8"},
		{"not UTF-8 beside an escape", "{\"a\":\"\\n\xff\"}", "not UTF-8"},
		{"half of a pair", `{"a":"\ud800"}`, "half of a surrogate pair"},
		{"the wrong half", `{"a":"\udc00\ud800"}`, "half of a surrogate pair"},
		{"a bare control character", "{\"a\":\"\x01\"}", "control character"},
		{"an array", `[1]`, "in braces"},
		{"a number", `7`, "in braces"},
		{"cut", `{"a":`, "ends too early"},
		{"a text that is cut", `{"a":"x`, "never closed"},
		{"a leading zero", `{"a":01}`, "does not begin with a zero"},
		{"a plus", `{"a":+1}`, "no JSON value"},
		{"a bare point", `{"a":1.}`, "digits"},
		{"an empty exponent", `{"a":1e}`, "digits"},
		{"NaN", `{"a":NaN}`, "no JSON value"},
		{"a comment", `{"a":1/**/}`, "comma"},
		{"a trailing comma", `{"a":1,}`, "double quotes"},
		{"single quotes", `{'a':1}`, "double quotes"},
		{"too deep", `{"x":` + strings.Repeat("[", 2000) + strings.Repeat("]", 2000) + `}`, "nested deeper than 1000"},
		{"a mark of the byte order", "\ufeff{\"a\":1}", "in braces"},
	} {
		t.Run(c.name, func(t *testing.T) {
			have := rolespec("{\"a\":1}\n"+c.row+"\n{\"a\":1}\n", "eval", "--spec", "a == 1")
			if have.exit != 2 || have.stdout != "{\"a\":1}\n" || !strings.Contains(have.stderr, c.want) {
				t.Errorf("have %+v, want %q", have, c.want)
			}
			if !strings.HasPrefix(have.stderr, "rolespec: standard input:2:") {
				t.Errorf("the line is not told: %q", have.stderr)
			}
		})
	}
}

// wide returns the beginning of an object with so many keys.
func wide(n int) string {
	var b strings.Builder
	b.WriteByte('{')
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"k` + string(rune('0'+i%10)) + strings.Repeat("x", i/10) + `":0`)
	}
	return b.String()
}

func TestEvalFormats(t *testing.T) {
	csv := file(t, "rows.CSV", "a,b\n1,x\n")
	other := file(t, "rows.txt", "a,b\n1,x\n")
	array := file(t, "rows.json", "[]")
	spec := file(t, "s.spec", "a == \"1\"\n")
	runCases(t, []commandCase{
		{name: "by the name of the file", args: []string{"eval", "--spec", `a == "1"`, csv}, stdout: "a,b\n1,x\n"},
		{name: "by the flag", args: []string{"eval", "--spec", `a == "1"`, "--format", "csv", other}, stdout: "a,b\n1,x\n"},
		{name: "a JSON file is none", args: []string{"eval", "--spec", "#", array}, exit: 2, stderr: "one JSON object a line"},
		{name: "a specification in a file", args: []string{"eval", "--spec", "@" + spec, "--count", csv}, stdout: "1\n"},
		{name: "a specification in no file", args: []string{"eval", "--spec", "@/nowhere", csv}, exit: 2, stderr: "/nowhere"},
		{name: "standard input by its name", args: []string{"eval", "--spec", "#", "-"}, stdin: "{}\n", stdout: "{}\n"},
		{name: "null for JSON", args: []string{"eval", "--spec", "#", "--null", ""}, exit: 2, stderr: "JSON has a null"},
		{name: "a directory", args: []string{"eval", "--spec", "#", t.TempDir()}, exit: 2, stderr: "is a directory"},
	})
}

func TestEvalCaller(t *testing.T) {
	const rows = "{\"account\":7}\n{\"account\":8}\n{\"account\":null}\n"
	eval := func(spec, caller string) []string {
		return []string{"eval", "--count", "--spec", spec, "--caller", caller}
	}
	runCases(t, []commandCase{
		{name: "a claim", args: eval("account == $account", `{"account":7}`), stdin: rows, stdout: "1\n"},
		{name: "a list of claims", args: eval("account in $accounts", `{"accounts":[7,8]}`), stdin: rows, stdout: "2\n"},
		{name: "a nested claim", args: eval("account == $user.account", `{"user":{"account":7}}`), stdin: rows, stdout: "1\n"},
		{name: "a claim is a value, whatever is in it", args: eval("account == $account", `{"account":"7 || #"}`), stdin: rows, stdout: "0\n"},
		{name: "no claims", args: []string{"eval", "--spec", "account == $account"}, stdin: rows, exit: 2, stderr: `variable "account" is not bound; --caller`},
		{name: "a claim that is missing", args: eval("!(account == $account)", `{}`), stdin: rows, exit: 2, stderr: `"account" is not bound`},
		{name: "a claim that is null", args: eval("account == $account", `{"account":null}`), stdin: rows, exit: 2, stderr: `"account" is not bound`},
		{name: "a claim twice", args: eval("account == $account", `{"account":7,"account":8}`), stdin: rows, exit: 2, stderr: "second time"},
		{name: "claims that are none", args: eval("account == $account", `7`), stdin: rows, exit: 2, stderr: "JSON object"},
	})
}
