package spectest_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// printed are cases of every kind: some of the table, and what worlds give.
func printed(t *testing.T) (cases []spectest.Case) {
	for i, c := range spectest.Cases() {
		if i%5 == 0 {
			cases = append(cases, c)
		}
	}
	for seed := range uint64(3) {
		w := spectest.NewWorld(seed, 4)
		for i := range 3 {
			s := w.Specification()
			truths, err := spectest.Truths(w.Schema, s, w.Rows)
			if err != nil {
				t.Fatal(err)
			}
			want := ""
			for _, truth := range truths {
				want += strings.ToUpper(truth.String()[:1])
			}
			cases = append(cases, spectest.Case{Name: fmt.Sprint("seed ", seed, " ", i), Reason: "`\"\n", Fields: w.Fields, Relations: w.Relations, Spec: s, Rows: w.Rows, Want: want})
		}
	}
	return append(cases, spectest.Case{Name: "template", Spec: spec.Eq("name", spec.Var("account")).And(spec.NewLeaf("names", spec.OpEq, spectest.List()))})
}

// flat are the rows of a case without circles.
func flat(c spectest.Case) spectest.Tables {
	sc, err := c.Schema()
	if err != nil {
		panic(err)
	}
	tables, err := spectest.Flatten(sc, c.Rows)
	if err != nil {
		panic(err)
	}
	return tables
}

// What is printed compiles, in a program and in the table of this package, and
// builds what was printed.
func TestPrintedCasesCompile(t *testing.T) {
	var table strings.Builder
	want := ""
	for _, c := range printed(t) {
		fmt.Fprintf(&table, "\t%#v,\n", c)
		want += fmt.Sprintf("%s %v %v %s\n", c.Name, c.Spec, flat(c), c.Want)
	}
	imports := `import ("math"; "time"; "github.com/rolespec/rolespec/spec"` + "\n"
	used := "var _, _ = math.Inf, time.UTC\n"
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	scratch := t.TempDir()
	overlay := map[string]map[string]string{"Replace": {}}
	write := func(path, text string) {
		file := filepath.Join(scratch, strings.ReplaceAll(path, "/", "_"))
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		overlay["Replace"][filepath.Join(here, path)] = file
	}
	write("zz_printed.go", "package spectest\n"+imports+")\n"+used+"var _ = []Case{\n"+table.String()+"}\n")
	write("zz_program/main.go", "package main\n"+imports+`"fmt"; "github.com/rolespec/rolespec/spec/spectest")`+"\n"+used+
		"var cases = []spectest.Case{\n"+table.String()+"}\n"+
		"func main() { for _, c := range cases { sc, _ := c.Schema(); rows, _ := spectest.Flatten(sc, c.Rows); fmt.Printf(\"%s %v %v %s\\n\", c.Name, c.Spec, rows, c.Want) } }\n")
	text, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	replaced := filepath.Join(scratch, "overlay.json")
	if err := os.WriteFile(replaced, text, 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.Command("go", "run", "-overlay", replaced, "./zz_program")
	have, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %.2000s", err, have)
	}
	if string(have) != want {
		haves, wants := strings.Split(string(have), "\n"), strings.Split(want, "\n")
		for i := range min(len(haves), len(wants)) {
			if haves[i] != wants[i] {
				t.Fatalf("line %d: have %s\nwant %s", i, haves[i], wants[i])
			}
		}
		t.Fatalf("%d lines, want %d", len(haves), len(wants))
	}
}

func ExampleCase_GoString() {
	c := spectest.Case{
		Name: "a list with null", Reason: "NOT IN",
		Spec: spec.NotIn("size.width", spec.Of(1), spec.Null).And(spec.Lt("at", spec.Var("now"))),
		Rows: []spectest.Row{{"id": int64(1), "size": map[string]any{"width": 2.5}}, {"id": int64(2)}},
		Want: "UU",
	}
	fmt.Printf("%#v", c)
	// Output:
	// {
	// 	Name:   "a list with null",
	// 	Reason: "NOT IN",
	// 	Spec:   spec.And(spec.Not(spec.In("size.width", spec.Of(1), spec.Null)), spec.Lt("at", spec.Var("now"))),
	// 	Rows: []map[string]any{
	// 		{"id": int64(1), "size": map[string]any{"width": 2.5}},
	// 		{"id": int64(2)},
	// 	},
	// 	Want: "UU",
	// }
}
