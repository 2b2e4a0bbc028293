package agree_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// sealed is what a column stores for a value: a code that only the key makes.
func sealed(v spec.Value) []byte {
	mac := hmac.New(sha256.New, []byte("of this test"))
	fmt.Fprint(mac, v.Kind(), v)
	return mac.Sum(nil)
}

var codecs = map[spec.Kind]func(spec.Value) (spec.Value, error){
	spec.KindBytes:  func(v spec.Value) (spec.Value, error) { return spec.ValueOf(sealed(v)) },
	spec.KindString: func(v spec.Value) (spec.Value, error) { return spec.Of(hex.EncodeToString(sealed(v))), nil },
	spec.KindUUID: func(v spec.Value) (spec.Value, error) {
		code := [16]byte(sealed(v))
		code[6], code[8] = code[6]&0x0f|0x40, code[8]&0x3f|0x80 // RFC 9562, version 4: not every type holds all octets
		return spec.Of(code), nil
	},
}

// Columns that hold codes show the rows that memory finds in the plain values.
func TestEncodedColumns(t *testing.T) {
	plain := slices.DeleteFunc(slices.Clone(fields), func(f spec.Field) bool { return f.List || strings.Contains(f.Name, ".") || f.Name == "tree" })
	schema, err := spec.NewSchema(plain...)
	if err != nil {
		t.Fatal(err)
	}
	for d, types := range map[sqlspec.Dialect]map[spec.Kind]string{
		sqlspec.SQLite:   {spec.KindBytes: "BLOB", spec.KindString: "TEXT", spec.KindUUID: "TEXT"},
		sqlspec.Postgres: {spec.KindBytes: "bytea", spec.KindString: "text", spec.KindUUID: "uuid"},
		sqlspec.MariaDB:  {spec.KindBytes: "VARBINARY(64)", spec.KindString: "VARCHAR(100)", spec.KindUUID: "UUID"},
	} {
		for as, typ := range types {
			t.Run(d.String()+" "+as.String(), func(t *testing.T) { encodedColumns(t, d, schema, plain, as, typ) })
		}
	}
}

func encodedColumns(t *testing.T, d sqlspec.Dialect, schema *spec.Schema, plain []spec.Field, as spec.Kind, typ string) {
	open := map[sqlspec.Dialect]func(testing.TB) *sql.DB{sqlspec.SQLite: engines.SQLite, sqlspec.Postgres: engines.Postgres, sqlspec.MariaDB: engines.MariaDB}
	opts := []sqlspec.Option{}
	columns := []string{"id BIGINT"}
	for _, f := range plain[1:] {
		opts = append(opts, sqlspec.Column(f.Name, sqlspec.Encoded(as, codecs[as])))
		columns = append(columns, fmt.Sprintf("c_%s %s", f.Name, typ))
		opts = append(opts, sqlspec.Column(f.Name, sqlspec.Name("c_"+f.Name)))
	}
	table, err := sqlspec.NewTable("codes", schema, opts...)
	if err != nil {
		t.Fatal(err)
	}
	e := engine{dialect: d, table: table.In(d), db: open[d](t)}
	exec(t, e.db, "CREATE TABLE codes ("+strings.Join(columns, ", ")+")")
	rows := slices.Clone(testRows())
	for i, row := range rows {
		kept := map[string]any{"id": row["id"]}
		args := []any{row["id"]}
		for _, f := range plain[1:] {
			v, err := spec.ValueOf(row[f.Name])
			if err != nil || v.IsNull() { // what has no code is not stored
				args = append(args, nil)
				continue
			}
			kept[f.Name] = row[f.Name]
			args = append(args, codeOf(t, schema, f, v, as))
		}
		rows[i] = kept
		marks := strings.Repeat(", ?", len(args))[2:]
		if d == sqlspec.Postgres {
			marks = ""
			for i := range args {
				marks += fmt.Sprintf(", $%d", i+1)
			}
			marks = marks[2:]
		}
		exec(t, e.db, "INSERT INTO codes VALUES ("+marks+")", args...)
	}
	r := rand.New(rand.NewPCG(*seed, 5))
	seen := 0
	for range 300 {
		f := pick(r, plain)
		a, b := operand(r, f), operand(r, f)
		leaf := pick(r, []spec.Specification{spec.Eq(f.Name, a), spec.Ne(f.Name, a), spec.In(f.Name, a, b), spec.Distinct(f.Name, a), spec.IsNull(f.Name)})
		for _, s := range []spec.Specification{leaf, leaf.Not()} {
			m, err := spec.Compile[map[string]any](s, spec.WithSchema(schema))
			if err != nil {
				continue // an operand of a neighbouring kind that does not fit
			}
			want := []int64{}
			for _, row := range m.Filter(rows) {
				want = append(want, row["id"].(int64))
			}
			got, text, err := e.visible(s)
			if err != nil || !slices.Equal(got, want) {
				t.Fatalf("%v\n%s\n%v\nmemory %v\n%v %v", s, text, err, want, d, got)
			}
			seen += len(want)
		}
	}
	if seen == 0 {
		t.Error("no row was ever visible")
	}
	for _, s := range []spec.Specification{spec.Lt("whole", 1), spec.Contains("name", "a"), spec.Contains("name", spec.Null), spec.Matches("name", "a"), spec.Eq("whole", spec.Ref("whole2"))} {
		if _, _, err := e.visible(s); !errors.Is(err, sqlspec.ErrUnsupported) {
			t.Errorf("%v: %v", s, err)
		}
	}
}

// codeOf is what a program stores: the code of the value as the field holds it.
func codeOf(t *testing.T, schema *spec.Schema, f spec.Field, v spec.Value, as spec.Kind) any {
	t.Helper()
	resolved, err := schema.Resolve(spec.NewLeaf(f.Name, spec.OpEq, v))
	if err != nil {
		t.Fatal(err)
	}
	code, err := codecs[as](resolved.Node().(spec.Leaf).Value)
	if err != nil {
		t.Fatal(err)
	}
	switch as {
	case spec.KindBytes:
		return code.Bytes()
	case spec.KindUUID:
		octets := code.UUID()
		h := hex.EncodeToString(octets[:])
		return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
	}
	return code.Text()
}
