package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestTest(t *testing.T) {
	cases := file(t, "cases.jsonl", `{"id":1,"spec":"a == 1","row":{"a":1},"want":true}`+"\n")
	missed := `{"id":"b","want":true,"row":{"a":{"b":2}},"extra":[1],"spec":{"op":"eq","field":"a.b","value":1}}` + "\n"
	refused := func(want string) string {
		return `{"id":3,"spec":"a = 1","row":{"a":1},"want":` + want + "}\n"
	}
	runCases(t, []commandCase{
		{name: "all pass", args: []string{"test", cases}, stdout: "1 passed, 0 failed\n"},
		{name: "two files", args: []string{"test", cases, cases}, stdout: "2 passed, 0 failed\n"},
		{name: "standard input", args: []string{"test", "-"}, stdin: missed, exit: 1,
			stdout: "miss: case b (standard input:1): have hidden, want visible\n  false    a.b == 1    (it is 2)\n0 passed, 1 failed\n"},
		{name: "a row that shows and should not", args: []string{"test", "-"}, stdin: `{"spec":"#","row":{},"want":false}`, exit: 1,
			stdout: "miss: case without an id (standard input:1): have visible, want hidden\n0 passed, 1 failed\n"},
		{name: "what is refused shows no row", args: []string{"test", "-"}, stdin: refused("false"),
			stdout: "1 passed, 0 failed, 1 of them refused\n", stderr: "rolespec: case 3 (standard input:1): refused: line 1, column 3: = means nothing here"},
		{name: "what is refused and should show one", args: []string{"test", "-"}, stdin: refused("true"), exit: 1,
			stdout: "miss: case 3 (standard input:1): have hidden, want visible\n  the specification is refused: line 1, column 3: = means nothing here; write == for equality\n0 passed, 1 failed, 1 of them refused\n", stderr: "refused"},
		{name: "strict", args: []string{"test", "-", "--strict"}, stdin: refused("false"), exit: 1,
			stdout: "miss: case 3 (standard input:1): have hidden, want hidden\n  the specification is refused: line 1, column 3: = means nothing here; write == for equality\n0 passed, 1 failed, 1 of them refused\n", stderr: "refused"},
		{name: "a variable is refused", args: []string{"test", "-"}, stdin: `{"id":3,"spec":"a == $b","row":{"a":1},"want":false}`,
			stdout: "1 passed, 0 failed, 1 of them refused\n", stderr: "not bound"},
		{name: "a specification of another kind", args: []string{"test", "-"}, stdin: `{"id":3,"spec":null,"row":{},"want":false}`,
			stdout: "1 passed, 0 failed, 1 of them refused\n", stderr: "refused"},
		{name: "JSON", args: []string{"test", "-", "--json"}, stdin: missed, exit: 1,
			stdout: `{"file":"standard input","line":1,"id":"b","have":false,"want":true,"truth":"false","leaves":[{"part":"a.b == 1","truth":"false","seen":"2"}]}` + "\n" + `{"passed":0,"failed":1,"refused":0}` + "\n"},
		{name: "JSON of what is refused", args: []string{"test", "-", "--json"}, stdin: refused("true"), exit: 1,
			stdout: `{"file":"standard input","line":1,"id":3,"have":false,"want":true,"refused":"line 1, column 3: = means nothing here; write == for equality"}` + "\n" + `{"passed":0,"failed":1,"refused":1}` + "\n",
			stderr: `{"error":"case 3 (standard input:1): refused: line 1, column 3: = means nothing here; write == for equality","kind":"refused","file":"standard input","line":1}` + "\n"},
		{name: "a date, declared", args: []string{"test", "-", "--fields", "a:date"}, stdin: `{"spec":"a < date(\"2024-02-01\")","row":{"a":"2024-01-31"},"want":true}`, stdout: "1 passed, 0 failed\n"},
		{name: "bytes, declared", args: []string{"test", "-", "--fields", "a:bytes"}, stdin: `{"spec":"a == bytes(\"AQI=\")","row":{"a":"AQI="},"want":true}`, stdout: "1 passed, 0 failed\n"},
		{name: "a field that is not declared", args: []string{"test", "-", "--fields", "acount:int"}, stdin: `{"spec":"account == 1","row":{"account":1},"want":false}`,
			stdout: "1 passed, 0 failed, 1 of them refused\n", stderr: "there is no such field"},
		{name: "fields of no kind", args: []string{"test", "-", "--fields", "a:itn"}, stdin: "{}", exit: 2, stderr: "did you mean int?"},
		{name: "fields beside a policy", args: []string{"test", "a.yaml", "--fields", "a:int"}, exit: 2, stderr: "--fields is for cases"},
		{name: "an id in many words", args: []string{"test", "-"}, stdin: `{"id":"a\nb","spec":"#","row":{},"want":false}`, exit: 1,
			stdout: "miss: case \"a\\nb\" (standard input:1): have visible, want hidden\n0 passed, 1 failed\n"},
	})
}

func TestTestRefusesFiles(t *testing.T) {
	runCases(t, []commandCase{
		{name: "no file", args: []string{"test"}, exit: 2, stderr: "which file of cases?"},
		{name: "no such file", args: []string{"test", "/nowhere"}, exit: 2, stderr: "/nowhere"},
		{name: "no case in it", args: []string{"test", "-"}, stdin: "\n", exit: 2, stderr: "standard input: no cases"},
		{name: "no specification", args: []string{"test", "-"}, stdin: `{"row":{},"want":true}`, exit: 2, stderr: `:1: a case without "spec"`},
		{name: "no row", args: []string{"test", "-"}, stdin: `{"spec":"#","want":true}`, exit: 2, stderr: `:1: a case without "row"`},
		{name: "nothing wanted", args: []string{"test", "-"}, stdin: `{"spec":"#","row":{}}`, exit: 2, stderr: `:1: a case without "want"`},
		{name: "a row that is none", args: []string{"test", "-"}, stdin: `{"spec":"#","row":[],"want":true}`, exit: 2, stderr: ":1:19: a row is"},
		{name: "a want that is neither", args: []string{"test", "-"}, stdin: `{"spec":"#","row":{},"want":null}`, exit: 2, stderr: ":1:29: what a case wants"},
		{name: "an id that is a list", args: []string{"test", "-"}, stdin: `{"id":[1],"spec":"#","row":{},"want":true}`, exit: 2, stderr: ":1:7: an id"},
		{name: "a key twice", args: []string{"test", "-"}, stdin: `{"want":false,"spec":"#","row":{},"want":true}`, exit: 2, stderr: "a second time"},
		{name: "a key of the row twice", args: []string{"test", "-"}, stdin: `{"want":false,"spec":"#","row":{"a":1,"a":2}}`, exit: 2, stderr: "a second time"},
		{name: "a key of the specification twice", args: []string{"test", "-"}, stdin: `{"want":false,"spec":{"op":"empty","op":"none"},"row":{}}`, exit: 2, stderr: "a second time"},
	})
}

// The misses come in the order of the cases, however many work on them.
func TestTestKeepsTheOrder(t *testing.T) {
	var in, want strings.Builder
	const n = 20_000
	for i := range n {
		fmt.Fprintf(&in, `{"id":%d,"spec":"a == %d","row":{"a":0},"want":true}`+"\n", i, i)
		if i > 0 {
			fmt.Fprintf(&want, "miss: case %d (standard input:%d): have hidden, want visible\n  false    a == %d    (it is 0)\n", i, i+1, i)
		}
	}
	fmt.Fprintf(&want, "1 passed, %d failed\n", n-1)
	if have := rolespec(in.String(), "test", "-"); have.stdout != want.String() {
		t.Errorf("have %d bytes, want %d, or in another order", len(have.stdout), want.Len())
	}
}

// A case is decided as the library decides it, whatever its form.
func TestTestIsTheLibrary(t *testing.T) {
	forms := []string{`"age >= 18"`, `{"op":"gte","field":"age","value":18}`}
	for _, form := range forms {
		for value, visible := range map[string]bool{"18": true, "17": false, "null": false, `"18"`: false, "18.0": true, "[18]": false} {
			line := fmt.Sprintf(`{"id":1,"spec":%s,"row":{"age":%s},"want":%t}`, form, value, visible)
			if have := rolespec(line, "test", "-"); have.exit != 0 {
				t.Errorf("%s: have %+v", line, have)
			}
			line = fmt.Sprintf(`{"id":1,"spec":%s,"row":{"age":%s},"want":%t}`, form, value, !visible)
			if have := rolespec(line, "test", "-"); have.exit != 1 {
				t.Errorf("%s: have %+v", line, have)
			}
		}
	}
}

// manyCases returns cases such as a service has them.
func manyCases(n int) string {
	var b strings.Builder
	for i := range n {
		line, err := json.Marshal(map[string]any{
			"id":   i,
			"spec": fmt.Sprintf(`account == %d && (public == True || owner in ["ann", "bob"] || !(title startswith "draft %d"))`, i%7, i),
			"row":  map[string]any{"account": i % 5, "public": i%2 == 0, "owner": "cid", "title": "a title of some length", "tags": []string{"a", "b"}},
			"want": i%7 == i%5,
		})
		if err != nil {
			panic(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.String()
}

func BenchmarkTest(b *testing.B) {
	in := manyCases(100_000)
	for b.Loop() {
		start := time.Now()
		if have := rolespec(in, "test", "-"); have.exit != 0 {
			b.Fatalf("have %+v", have)
		}
		b.ReportMetric(100_000/time.Since(start).Seconds(), "cases/s")
	}
}
