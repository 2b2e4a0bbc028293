package rolespec

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every exported name of the library has a comment, and every package one that
// is its contract.
func TestEveryExportedNameIsDocumented(t *testing.T) {
	names := 0
	for _, dir := range []string{"spec", "spec/spectest", "sqlspec", "sqlspec/sqlguard", "sqlspec/pgclaims", "sqlspec/pgclaims/pgguard", "sqlspec/sqlspectest", "roles", "roles/rolehttp", "roles/rolehttp/rolehttptest", "roles/rolegrpc", "roles/rolesql", "payload", "payload/payloadjwks", "payload/payloadtest", "payload/refreshtest", "policy", "policy/policytest", "policy/lint", "policy/compare", "policy/policypg", "policy/policynats", "engines", "engines/duckdb"} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		packageComment := false
		for _, entry := range entries {
			if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
				continue
			}
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, filepath.Join(dir, entry.Name()), nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			packageComment = packageComment || file.Doc != nil
			for _, d := range file.Decls {
				for _, name := range undocumented(d, &names) {
					t.Errorf("%s: %s has no comment", fset.Position(name.Pos()), name.Name)
				}
			}
		}
		if !packageComment {
			t.Errorf("package %s has no comment", dir)
		}
	}
	if names < 100 {
		t.Errorf("only %d exported names were looked at", names)
	}
}

func undocumented(d ast.Decl, seen *int) (names []*ast.Ident) {
	check := func(name *ast.Ident, docs ...*ast.CommentGroup) {
		if !name.IsExported() {
			return
		}
		*seen++
		for _, doc := range docs {
			if doc != nil {
				return
			}
		}
		names = append(names, name)
	}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil || isExportedReceiver(d.Recv.List[0].Type) {
			check(d.Name, d.Doc)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				check(s.Name, d.Doc, s.Doc)
			case *ast.ValueSpec:
				for _, name := range s.Names {
					check(name, d.Doc, s.Doc, s.Comment)
				}
			}
		}
	}
	return names
}

func isExportedReceiver(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.StarExpr:
		return isExportedReceiver(e.X)
	case *ast.IndexExpr:
		return isExportedReceiver(e.X)
	case *ast.Ident:
		return e.IsExported()
	}
	return false
}
