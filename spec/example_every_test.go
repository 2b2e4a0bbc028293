package spec_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// Every function of the package, and every method of a Specification and of a
// Matcher, has an example.
func TestEveryEntryPointHasAnExample(t *testing.T) {
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	functions, examples := []string{}, map[string]bool{}
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range functionsOf(file) {
			if strings.HasSuffix(path, "_test.go") {
				examples[name] = true
			} else {
				functions = append(functions, name)
			}
		}
	}
	for _, name := range functions {
		if !examples["Example"+name] {
			t.Errorf("%s has no example", name)
		}
	}
}

// functionsOf are the exported functions of a file, a method as Type_Method.
func functionsOf(file *ast.File) (names []string) {
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || !f.Name.IsExported() {
			continue
		}
		if f.Recv == nil {
			names = append(names, f.Name.Name)
		} else if owner := receiver(f.Recv.List[0].Type); owner == "Specification" || owner == "Matcher" {
			names = append(names, owner+"_"+f.Name.Name)
		}
	}
	return names
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}
