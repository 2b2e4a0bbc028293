package main

import "testing"

func TestEvalCSV(t *testing.T) {
	const people = "name,age,note\nann,34,\n\"Bob \"\"x\"\", Esq.\",18,\"two\r\nlines\"\r\ncid,17,NULL\ndora,,\n"
	eval := func(args ...string) []string { return append([]string{"eval", "--format", "csv"}, args...) }
	runCases(t, []commandCase{
		{name: "records come out byte for byte", args: eval("--spec", "age >= 18", "--fields", "age:int"), stdin: people,
			stdout: "name,age,note\nann,34,\n\"Bob \"\"x\"\", Esq.\",18,\"two\r\nlines\"\r\n"},
		{name: "an empty number is null", args: eval("--spec", "age is None", "--fields", "age:int", "--count"), stdin: people, stdout: "1\n"},
		{name: "an empty text is a text", args: eval("--spec", `note == ""`, "--count"), stdin: people, stdout: "2\n"},
		{name: "no text is null", args: eval("--spec", "note is None", "--count"), stdin: people, stdout: "0\n"},
		{name: "but the one that --null says", args: eval("--spec", "note is None", "--count", "--null", "NULL"), stdin: people, stdout: "1\n"},
		{name: "which may be empty", args: eval("--spec", "note is None", "--count", "--null", ""), stdin: people, stdout: "2\n"},
		{name: "a line break inside a cell is kept", args: eval("--spec", "note == \"two\\r\\nlines\"", "--count"), stdin: people, stdout: "1\n"},
		{name: "a number is not asked of a text", args: eval("--spec", "age >= 18"), stdin: people, exit: 2, stderr: "--fields age:int"},
		{name: "JSON", args: eval("--spec", "age >= 18", "--fields", "age:int", "--json"), stdin: people,
			stdout: "{\"name\":\"ann\",\"age\":34,\"note\":\"\"}\n{\"name\":\"Bob \\\"x\\\", Esq.\",\"age\":18,\"note\":\"two\\r\\nlines\"}\n"},
		{name: "the count without the header", args: eval("--spec", "#", "--count"), stdin: people, stdout: "4\n"},
		{name: "a header alone", args: eval("--spec", "#"), stdin: "a,b", stdout: "a,b\n"},
		{name: "a mark of the byte order", args: eval("--spec", `a == "1"`, "--count"), stdin: "\ufeffa,b\n1,2\n", stdout: "1\n"},
		{name: "empty lines", args: eval("--spec", "#", "--count"), stdin: "a,b\n\n1,2\n\r\n", stdout: "1\n"},
		{name: "an empty cell alone is a row", args: eval("--spec", "#", "--count"), stdin: "a\n\n1\n", stdout: "2\n"},
		{name: "a column with a dot in its name", args: eval("--spec", `a.b == "1"`, "--count"), stdin: "a.b\n1\n2\n", stdout: "1\n"},
	})
}

func TestCSVKinds(t *testing.T) {
	const header = "b,i,u,f,d,s,y,t,day,id,l\n"
	const fields = "b:bool,i:int,u:uint,f:float,d:decimal,s:string,y:bytes,t:time,day:date,id:uuid,l:[int]"
	const rowOfAll = `true,-7,18446744073709551615,-1.5e3,12.50,x,AAE=,2024-07-01T12:00:00Z,2024-07-01,00000000-0000-0000-0000-000000000001,"[1, 2]"` + "\n"
	for _, spec := range []string{
		"b == True", "i == -7", "u == 18446744073709551615", "f == -1500.0", `d == decimal("12.5")`, `s == "x"`, `y == bytes("AAE=")`,
		`t == time("2024-07-01T12:00:00Z")`, `day == date("2024-07-01")`, `id == uuid("00000000-0000-0000-0000-000000000001")`, "l contains 2",
	} {
		have := rolespec(header+rowOfAll, "eval", "--format", "csv", "--count", "--fields", fields, "--spec", spec)
		if have.exit != 0 || have.stdout != "1\n" {
			t.Errorf("%s: have %+v", spec, have)
		}
	}
	have := rolespec(header+rowOfAll, "eval", "--format", "csv", "--json", "--fields", fields, "--spec", "#")
	want := `{"b":true,"i":-7,"u":18446744073709551615,"f":-1.5e3,"d":"12.50","s":"x","y":"AAE=","t":"2024-07-01T12:00:00Z","day":"2024-07-01","id":"00000000-0000-0000-0000-000000000001","l":[1,2]}` + "\n"
	if have.stdout != want {
		t.Errorf("as JSON: have %+v, want %s", have, want)
	}
	have = rolespec(header+",,,,,,,,,,\n", "eval", "--format", "csv", "--json", "--fields", fields, "--spec", "b is None && l is None && s == \"\"")
	want = `{"b":null,"i":null,"u":null,"f":null,"d":null,"s":"","y":null,"t":null,"day":null,"id":null,"l":null}` + "\n"
	if have.stdout != want {
		t.Errorf("empty cells: have %+v, want %s", have, want)
	}
}

func TestCSVRefused(t *testing.T) {
	eval := func(args ...string) []string {
		return append([]string{"eval", "--format", "csv", "--count", "--spec", "#"}, args...)
	}
	runCases(t, []commandCase{
		{name: "no header", args: eval(), exit: 2, stderr: "a line of column names"},
		{name: "two columns of one name", args: eval(), stdin: "a,a\n", exit: 2, stderr: ":1: two columns have the name \"a\""},
		{name: "a column without a name", args: eval(), stdin: "a,\n", exit: 2, stderr: "has no name"},
		{name: "too few cells", args: eval(), stdin: "a,b\n1,2\n1\n", exit: 2, stderr: "standard input:3: a row of 1 cells, and the header names 2"},
		{name: "too many cells", args: eval(), stdin: "a,b\n1,2,3\n", exit: 2, stderr: "a row of 3 cells"},
		{name: "a quote inside", args: eval(), stdin: "a,b\n1,x\"y\"\n", exit: 2, stderr: "standard input:2:4: a quote inside"},
		{name: "a carriage return", args: eval(), stdin: "a,b\n1,x\ry\n", exit: 2, stderr: "standard input:2:4: a carriage return that ends no line"},
		{name: "something behind a quote", args: eval(), stdin: "a,b\n\"1\"2,3\n", exit: 2, stderr: "a comma is missing behind the closing quote"},
		{name: "a quote that is never closed", args: eval(), stdin: "a,b\n1,\"x\n1,2\n", exit: 2, stderr: "standard input:2:3: a quote is never closed"},
		{name: "a quote inside the last", args: eval(), stdin: "a,b\n1,x\"y\n", exit: 2, stderr: "standard input:2:4: a quote inside a cell that does not begin with one"},
		{name: "not UTF-8", args: eval(), stdin: "a,b\n1,\xff\n", exit: 2, stderr: "standard input:2:3: this text is not UTF-8"},
		{name: "the line behind cells with line breaks", args: eval("--fields", "a:int"), stdin: "a,b\n1,\"x\ny\"\n?,2\n", exit: 2, stderr: `standard input:4:1: column "a": not an integer`},
		{name: "a cell of another kind, though nobody asks", args: eval("--fields", "b:bool"), stdin: "a,b\n1,t\n", exit: 2, stderr: `standard input:2:2: column "b": neither true nor false`},
		{name: "a fraction", args: eval("--fields", "b:int"), stdin: "a,b\n1,1.5\n", exit: 2, stderr: "not an integer"},
		{name: "a negative unsigned", args: eval("--fields", "b:uint"), stdin: "a,b\n1,-1\n", exit: 2, stderr: "not an unsigned integer"},
		{name: "an infinite float", args: eval("--fields", "b:float"), stdin: "a,b\n1,Inf\n", exit: 2, stderr: "not a number"},
		{name: "a float beyond the range", args: eval("--fields", "b:float"), stdin: "a,b\n1,1e999\n", exit: 2, stderr: "beyond the range"},
		{name: "a decimal with an exponent", args: eval("--fields", "b:decimal"), stdin: "a,b\n1,1e3\n", exit: 2, stderr: "not a decimal"},
		{name: "no base64", args: eval("--fields", "b:bytes"), stdin: "a,b\n1,?\n", exit: 2, stderr: "not base64"},
		{name: "an instant without its zone", args: eval("--fields", "b:time"), stdin: "a,b\n1,2024-07-01T12:00:00\n", exit: 2, stderr: "not an instant"},
		{name: "no day", args: eval("--fields", "b:date"), stdin: "a,b\n1,2024-02-30\n", exit: 2, stderr: "not a date"},
		{name: "no UUID", args: eval("--fields", "b:uuid"), stdin: "a,b\n1,x\n", exit: 2, stderr: "not a UUID"},
		{name: "no list", args: eval("--fields", "b:[int]"), stdin: "a,b\n1,2\n", exit: 2, stderr: "not a list in JSON"},
		{name: "a list with another kind in it", args: eval("--fields", "b:[int]"), stdin: "a,b\n1,\"[1,\"\"x\"\"]\"\n", exit: 2, stderr: "not of kind int"},
		{name: "what the cell holds is not told", args: eval("--fields", "b:int"), stdin: "a,b\n1,hunter2\n", exit: 2, stderr: "column \"b\": not an integer of 64 bits\n"},
		{name: "no such column", args: []string{"eval", "--format", "csv", "--spec", `c is None`}, stdin: "a,b\n1,2\n", exit: 2, stderr: `IsNull("c")`},
		{name: "a column that is declared and not there", args: []string{"eval", "--format", "csv", "--spec", `c is None`, "--fields", "c:int?"}, stdin: "a,b\n1,2\n", exit: 2, stderr: `there is no column "c"`},
	})
}
