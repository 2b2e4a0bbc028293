package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestExplain(t *testing.T) {
	const rows = "{\"id\":1,\"a\":1}\n{\"id\":\"x\",\"a\":2}\n"
	explain := func(args ...string) []string { return append([]string{"explain"}, args...) }
	runCases(t, []commandCase{
		{name: "a row that shows", args: explain("--spec", "a == 1", "--row", `{"a":1}`), stdout: "visible\n  true     a == 1    (it is 1)\n"},
		{name: "a row that does not", args: explain("--spec", "a == 1", "--row", `{"a":2}`), exit: 1, stdout: "not visible\n  false    a == 1    (it is 2)\n"},
		{name: "a row with nothing there", args: explain("--spec", "!(a == 1)", "--row", `{}`), exit: 1, stdout: "not visible\n  unknown  a == 1    (the row has no value here)\n"},
		{name: "all of them, one of which does not", args: explain("--spec", "a == 1"), stdin: rows, exit: 1,
			stdout: "line 1: visible\n  true     a == 1    (it is 1)\nline 2: not visible\n  false    a == 1    (it is 2)\n"},
		{name: "one by its number", args: explain("--spec", "a == 1", "--id", "1"), stdin: rows, stdout: "line 1: visible\n  true     a == 1    (it is 1)\n"},
		{name: "one by its text", args: explain("--spec", "a == 1", "--id", "x"), stdin: rows, exit: 1, stdout: "line 2: not visible\n  false    a == 1    (it is 2)\n"},
		{name: "one by another key", args: explain("--spec", "id == 1", "--id", "1", "--key", "a"), stdin: rows, stdout: "line 1: visible\n  true     id == 1    (it is 1)\n"},
		{name: "one that is not there", args: explain("--spec", "a == 1", "--id", "2"), stdin: rows, exit: 2, stderr: "no row has the id 2"},
		{name: "no rows", args: explain("--spec", "a == 1"), exit: 2, stderr: "standard input: no rows"},
		{name: "related rows", args: explain("--spec", "any m (a == 1 || b == 2)", "--row", `{"m":[{"a":1},{}]}`),
			stdout: "visible\n  true     any m (a == 1 || b == 2)    (true of 1 of its 2 rows)\n"},
		{name: "every related row", args: explain("--spec", "every m (!(a == 1) && b is not None)", "--row", `{"m":[{"a":1},{}]}`), exit: 1,
			stdout: "not visible\n  false    every m (!(a == 1) && !(b is None))    (true of 0 of its 2 rows)\n"},
		{name: "a hostile value is quoted", args: explain("--spec", `a == "x"`, "--row", `{"a":"x\u001b[2J\n"}`), exit: 1,
			stdout: "not visible\n  false    a == \"x\"    (it is \"x\\x1b[2J\\n\")\n"},
		{name: "JSON", args: explain("--spec", "a == 1", "--json"), stdin: rows, exit: 1,
			stdout: `{"line":1,"visible":true,"truth":"true","leaves":[{"part":"a == 1","truth":"true","seen":"1"}]}` + "\n" +
				`{"line":2,"visible":false,"truth":"false","leaves":[{"part":"a == 1","truth":"false","seen":"2"}]}` + "\n"},
		{name: "JSON of a row", args: explain("--spec", "#", "--json", "--row", "{}"), stdout: `{"visible":true,"truth":"true","leaves":[]}` + "\n"},
		{name: "CSV", args: explain("--spec", "a == 1", "--format", "csv", "--fields", "a:int", "--id", "7"), stdin: "id,a\n7,1\n8,2\n",
			stdout: "line 2: visible\n  true     a == 1    (it is 1)\n"},
		{name: "CSV by a UUID", args: explain("--spec", `id == uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8")`, "--format", "csv", "--fields", "id:uuid", "--id", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
			stdin:  "id\n6ba7b810-9dad-11d1-80b4-00c04fd430c8\n00000000-0000-0000-0000-000000000001\n",
			stdout: "line 2: visible\n  true     id == uuid(\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\")    (it is uuid(\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\"))\n"},
		{name: "by a nested key", args: explain("--spec", "a == 1", "--key", "o.id", "--id", "7"), stdin: "{\"o\":{\"id\":7},\"a\":1}\n{\"o\":null,\"a\":1}\n", stdout: "line 1: visible\n  true     a == 1    (it is 1)\n"},
		{name: "a row beside a file", args: explain("--spec", "#", "--row", "{}", "f"), exit: 2, stderr: "no file beside it"},
		{name: "a row that is none", args: explain("--spec", "#", "--row", "[]"), exit: 2, stderr: "--row: a row is a JSON object"},
		{name: "a row with a key twice", args: explain("--spec", "#", "--row", `{"a":1,"a":2}`), exit: 2, stderr: "--row:1:8: the key"},
		{name: "declared bytes", args: explain("--spec", `b == bytes("AAE=")`, "--fields", "b:bytes", "--row", `{"b":"AAE="}`),
			stdout: "visible\n  true     b == bytes(\"AAE=\")    (it is bytes(\"AAE=\"))\n"},
	})
}

// A long value is cut, between two characters.
func TestExplainCuts(t *testing.T) {
	row, err := json.Marshal(map[string]string{"a": strings.Repeat("é", 5000)})
	if err != nil {
		t.Fatal(err)
	}
	have := rolespec("", "explain", "--spec", `a == "x"`, "--row", string(row))
	if have.exit != 1 || len(have.stdout) > 400 || !strings.Contains(have.stdout, "éé...)") {
		t.Errorf("have %+v", have)
	}
}
