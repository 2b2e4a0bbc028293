package agree_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// The collation that MariaDB gives to text that names none, another that folds
// more, and the one that compares as memory does.
const (
	usualCollation   = "utf8mb4_general_ci"
	unicodeCollation = "utf8mb4_uca1400_ai_ci"
	bytesCollation   = "utf8mb4_nopad_bin"
)

// openMariaDB has the table without an alias: MariaDB takes none in DELETE FROM.
// Rows with an infinite float are left out: MariaDB stores none.
func openMariaDB(t *testing.T, collation string) engine {
	return fillMariaDB(t, engines.MariaDB(t), collation)
}

func fillMariaDB(t *testing.T, db *sql.DB, collation string) engine {
	opts := []sqlspec.Option{sqlspec.Column("cents", sqlspec.Scaled(2)), sqlspec.Column("blob_key", sqlspec.Blob())}
	mood := "varchar(20) COLLATE " + collation
	if collation == bytesCollation {
		opts = append(opts, sqlspec.Column("mood", sqlspec.BinaryText()))
		for _, f := range fields { // but "path": the general form is right as well
			if f.Kind == spec.KindString && !f.List && len(f.Labels) == 0 && f.Name != "path" {
				opts = append(opts, sqlspec.Column(f.Name, sqlspec.BinaryText()))
			}
		}
		mood = "enum('calm', 'Calm', 'cross') COLLATE " + collation
	}
	types := map[spec.Kind]string{
		spec.KindBool: "tinyint(1)", spec.KindInt: "bigint", spec.KindFloat: "double", spec.KindDecimal: "decimal(65,30)",
		spec.KindString: "varchar(100) COLLATE " + collation, spec.KindBytes: "varbinary(100)", spec.KindTime: "datetime(6)",
		spec.KindDate: "date", spec.KindUUID: "uuid",
	}
	named := map[string]string{"cents": "bigint", "mood": mood, "blob_key": "binary(16)", "labels": "json"}
	var columns, marks []string
	for _, f := range fields {
		name, typ := "`"+strings.ReplaceAll(f.Name, ".", "_")+"`", types[f.Kind]
		if f.List {
			typ = "longtext COLLATE " + collation
		}
		if named[f.Name] != "" {
			typ = named[f.Name]
		}
		columns = append(columns, name+" "+typ)
		marks = append(marks, "?")
		if !f.List {
			columns = append(columns, "KEY ("+name+")")
		}
	}
	exec(t, db, "CREATE TABLE `rows` ("+strings.Join(columns, ", ")+")")
	e := engine{dialect: sqlspec.MariaDB, table: mustTable(t, opts...).In(sqlspec.MariaDB), db: db, without: map[int64]bool{}}
	for _, row := range testRows() {
		if holdsInfinity(row) {
			e.without[row["id"].(int64)] = true
			continue
		}
		args := make([]any, len(fields))
		for i, f := range fields {
			args[i] = stored(row, f, true)
			if micros, ok := args[i].(int64); ok && f.Kind == spec.KindTime {
				args[i] = time.UnixMicro(micros).UTC()
			}
		}
		exec(t, db, "INSERT INTO `rows` VALUES ("+strings.Join(marks, ", ")+")", args...)
	}
	t.Logf("mariadb: %d of %d rows left out, which hold an infinite float", len(e.without), rowCount)
	return e
}

func holdsInfinity(row map[string]any) bool {
	for _, v := range row {
		if x, ok := v.(float64); ok && math.IsInf(x, 0) {
			return true
		}
	}
	return false
}

// fitsMariaDB reports whether decimal(65,30) holds every number of a case.
func fitsMariaDB(obj map[string]any) bool {
	for _, f := range conformanceFields {
		v, _ := conformance.Lookup(obj, strings.Split(f.Name, "."))
		n, ok := v.(json.Number)
		if !ok || f.List {
			continue
		}
		value, err := spec.ValueOf(n)
		if err != nil {
			return false
		}
		whole, fraction, _ := strings.Cut(strings.TrimPrefix(value.Decimal().String(), "-"), ".")
		if len(whole) > 35 || len(fraction) > 30 {
			return false
		}
	}
	return true
}

// mariadbPlan reads a row of EXPLAIN: "index" walks a whole index.
func mariadbPlan(t *testing.T, rows *sql.Rows) string {
	t.Helper()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	cells, pointers := make([]sql.NullString, len(names)), make([]any, len(names))
	for i := range cells {
		pointers[i] = &cells[i]
	}
	if err := rows.Scan(pointers...); err != nil {
		t.Fatal(err)
	}
	table, access := cells[2].String, cells[3].String
	return either(access == "ALL" || access == "index", "SCAN ", "SEARCH ") + table + fmt.Sprint(" ", cells)
}

func either(b bool, yes, no string) string {
	if b {
		return yes
	}
	return no
}

// TestMariaDBSettings: neither the protocol nor the collation of the connection
// makes a difference.
func TestMariaDBSettings(t *testing.T) {
	for _, collation := range []string{"utf8mb4_bin", "utf8mb4_general_ci", "utf8mb4_uca1400_ai_ci"} {
		for _, interpolate := range []bool{false, true} {
			t.Run(fmt.Sprint(collation, " ", interpolate), func(t *testing.T) {
				cfg, err := mysql.ParseDSN(engines.MariaDBDSN(t))
				if err != nil {
					t.Fatal(err)
				}
				cfg.Collation, cfg.InterpolateParams = collation, interpolate
				db, err := sql.Open("mysql", cfg.FormatDSN())
				if err != nil {
					t.Fatal(err)
				}
				defer db.Close()
				e := fillMariaDB(t, db, usualCollation)
				r := rand.New(rand.NewPCG(*seed, 6))
				for range *specs / 3 {
					s := randomSpec(r, 4)
					got, text, err := e.visible(s)
					if errors.Is(err, sqlspec.ErrUnsupported) {
						continue
					}
					if want := e.inMemory(t, s); err != nil || !slices.Equal(got, want) {
						t.Fatalf("%v\n%s\n%v\n memory %v\nmariadb %v", s, text, err, want, got)
					}
				}
			})
		}
	}
}

// TestMariaDBEdges asks about what the other tests have no rows for: UUIDs whose
// last digits are in another order than their first, unsigned integers, lists
// that are no lists or written in other ways, the largest decimals.
func TestMariaDBEdges(t *testing.T) {
	edges := []spec.Field{
		{Name: "id", Kind: spec.KindInt}, {Name: "key", Kind: spec.KindUUID, Nullable: true}, {Name: "big", Kind: spec.KindUint, Nullable: true},
		{Name: "tags", Kind: spec.KindString, List: true, Nullable: true}, {Name: "nums", Kind: spec.KindUint, List: true, Nullable: true},
		{Name: "sums", Kind: spec.KindDecimal, List: true, Nullable: true}, {Name: "reals", Kind: spec.KindFloat, List: true, Nullable: true},
		{Name: "wide", Kind: spec.KindDecimal, Nullable: true}, {Name: "fine", Kind: spec.KindDecimal, Nullable: true},
	}
	sc, err := spec.NewSchema(edges...)
	if err != nil {
		t.Fatal(err)
	}
	table, err := sqlspec.NewTable("edges", sc)
	if err != nil {
		t.Fatal(err)
	}
	e := engine{dialect: sqlspec.MariaDB, table: table.In(sqlspec.MariaDB), db: engines.MariaDB(t)}
	exec(t, e.db, "CREATE TABLE edges (id bigint PRIMARY KEY, `key` uuid, big bigint unsigned, tags longtext, nums longtext, sums longtext, reals longtext, wide decimal(65,0), fine decimal(65,38), KEY (`key`), KEY (big), KEY (wide), KEY (fine))")
	pools := map[string][]any{
		"key":   {"00000001-0000-1000-8000-ffffffffffff", "ffffffff-0000-1000-8000-000000000001", "00000001-ffff-4000-8000-000000000000", "10000000-0000-7000-8000-00000000000a", nil},
		"big":   {int64(0), int64(1), uint64(1<<63 - 1), uint64(1 << 63), uint64(math.MaxUint64), nil},
		"tags":  {`[]`, `["a"]`, `["A"]`, `["a "]`, `["\u0061"]`, `["\u003c","b"]`, `["<"]`, `[null]`, `["a",null]`, `[["a"]]`, `{"a":"a"}`, `"a"`, `a`, ``, `["a"`, `["a",1]`, `[true]`, `["\ud83d\ude00"]`, `["😁"]`, `["ß"]`, nil, " [ \"a\" , \"b\" ] "},
		"nums":  {`[]`, `[0]`, `[1]`, `[1.0]`, `["1"]`, `[18446744073709551615]`, `[9223372036854775807,9223372036854775808]`, `[null,1]`, `[1e0]`, `[true]`, nil},
		"sums":  {`[]`, `["1.5"]`, `["1.50"]`, `["01.5"]`, `[1]`, `["1"]`, `["1.0",null]`, `["-0"]`, `["0.000"]`, `["x"]`, `["1.5\n"]`, `["1.5","-2"]`, `["0.` + strings.Repeat("0", 60) + `1"]`, nil},
		"reals": {`[]`, `[0.1]`, `[1]`, `[1.0]`, `[0.1,null]`, `[1e300]`, `[5e-324]`, `["0.1"]`, `[0.30000000000000004]`, `[-0.5,2]`, nil},
		"wide":  {strings.Repeat("9", 65), "-" + strings.Repeat("9", 65), "0", "1", "1" + strings.Repeat("0", 64), nil},
		"fine":  {strings.Repeat("9", 27) + "." + strings.Repeat("9", 38), "0." + strings.Repeat("0", 37) + "1", "-0." + strings.Repeat("0", 37) + "1", "0", "1", nil},
	}
	r := rand.New(rand.NewPCG(*seed, 7))
	var rows []map[string]any
	for id := range int64(150) {
		row, args := map[string]any{"id": id}, []any{id}
		for _, f := range edges[1:] {
			v := pick(r, pools[f.Name])
			args = append(args, v)
			switch x := v.(type) {
			case string:
				row[f.Name] = v
				if f.List {
					var list any
					d := json.NewDecoder(strings.NewReader(x))
					d.UseNumber()
					if d.Decode(&list) == nil && json.Valid([]byte(x)) {
						row[f.Name] = asRow(f, list)
					}
				}
			default:
				row[f.Name] = v
			}
		}
		rows = append(rows, row)
		exec(t, e.db, "INSERT INTO edges VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", args...)
	}
	dec := func(text string) spec.Value { return spec.Of(spec.MustDecimal(text)) }
	tiny := "0." + strings.Repeat("0", 60) + "1"
	constants := map[spec.Kind][]spec.Value{
		spec.KindUUID:    {spec.Of(pools["key"][0].(string)), spec.Of(pools["key"][1].(string)), spec.Of(pools["key"][2].(string)), spec.Of("80000000-0000-1000-8000-800000000000")},
		spec.KindUint:    {spec.Of(0), spec.Of(1), spec.Of(-1), spec.Of(int64(math.MaxInt64)), spec.Of(uint64(1 << 63)), spec.Of(uint64(math.MaxUint64))},
		spec.KindString:  {spec.Of("a"), spec.Of("A"), spec.Of("<"), spec.Of(""), spec.Of("a "), spec.Of("😀"), spec.Of("ß"), spec.Of("b")},
		spec.KindFloat:   {spec.Of(0.1), spec.Of(1.0), spec.Of(1e300), spec.Of(5e-324), spec.Of(0.1 + 0.2), spec.Of(-0.5), spec.Of(2.0)},
		spec.KindDecimal: {dec("0"), dec("1"), dec("1.5"), dec("-2"), dec(tiny), dec("-" + tiny), dec(pools["wide"][0].(string)), dec("1" + strings.Repeat("0", 65)), dec("-1" + strings.Repeat("0", 65)), dec(strings.Repeat("9", 65) + ".5"), dec(strings.Repeat("9", 27) + "." + strings.Repeat("9", 38)), dec(strings.Repeat("9", 27) + "." + strings.Repeat("9", 39)), dec("-" + strings.Repeat("9", 27) + "." + strings.Repeat("9", 39)), dec("1" + strings.Repeat("0", 40) + "." + strings.Repeat("0", 39) + "1"), dec(pools["fine"][1].(string))},
	}
	checked, seen := 0, 0
	for range *specs {
		f := pick(r, edges[1:])
		v := pick(r, constants[f.Kind])
		var s spec.Specification
		switch op := spec.Op(r.IntN(int(spec.OpIn)) + 1); {
		case f.List && r.IntN(2) == 0:
			s = spec.Contains(f.Name, v)
		case f.List && r.IntN(2) == 0:
			s = spec.Overlaps(f.Name, v, pick(r, constants[f.Kind]))
		case f.List:
			elements := [][]any{{}, {v}, {v, nil}, {nil, v}, {v, pick(r, constants[f.Kind])}}
			list, err := spec.ValueOf(pick(r, elements))
			if err != nil {
				t.Fatal(err)
			}
			if op == spec.OpIn {
				op = spec.OpEq
			}
			s = spec.NewLeaf(f.Name, op, list)
		case op == spec.OpIn:
			s = spec.In(f.Name, v, pick(r, constants[f.Kind]))
		default:
			s = spec.NewLeaf(f.Name, op, v)
		}
		if r.IntN(2) == 0 {
			s = s.Not()
		}
		m, err := spec.Compile[map[string]any](s, spec.WithSchema(sc))
		if err != nil {
			t.Fatalf("%v: %v", s, err)
		}
		want := []int64{}
		for _, row := range m.Filter(rows) {
			want = append(want, row["id"].(int64))
		}
		got, text, err := e.visible(s)
		if errors.Is(err, sqlspec.ErrUnsupported) && f.Name == "sums" {
			continue
		}
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%v\n%s\n%v\n memory %v\nmariadb %v\n%v", s, text, err, want, got, differing(rows, f.Name, want, got))
		}
		// Strict mode makes an error of a conversion that fails while writing.
		condition, args, _ := e.table.SQL(s, e.dialect)
		if _, err := e.db.Exec("UPDATE "+e.table.From()+" SET id = id WHERE "+condition, args...); err != nil {
			t.Fatalf("%v: %s: %v", s, condition, err)
		}
		checked += len(rows)
		seen += len(want)
	}
	t.Logf("%d verdicts, %d visible, 0 differences", checked, seen)
}

// asRow is a list as the kind of the field reads it from JSON.
func asRow(f spec.Field, decoded any) any {
	list, ok := decoded.([]any)
	if !ok {
		return decoded
	}
	out := make([]any, len(list))
	for i, e := range list {
		out[i] = e
		n, isNumber := e.(json.Number)
		switch {
		case isNumber && strings.ContainsAny(n.String(), ".e") && f.Kind != spec.KindFloat:
			out[i] = struct{}{} // a float in JSON is no integer and no decimal
		case isNumber && f.Kind == spec.KindFloat:
			out[i], _ = n.Float64()
		case f.Kind == spec.KindDecimal && !isNumber && e != nil:
			if d, err := spec.ParseDecimal(fmt.Sprint(e)); err == nil {
				out[i] = d
			}
		}
	}
	return out
}

func differing(rows []map[string]any, field string, want, got []int64) (values []any) {
	for i, row := range rows {
		if slices.Contains(want, int64(i)) != slices.Contains(got, int64(i)) {
			values = append(values, row[field])
		}
	}
	return values
}

// TestMariaDBLongLists: a list is bound or sent as JSON, as its length and its
// elements allow.
func TestMariaDBLongLists(t *testing.T) {
	r := rand.New(rand.NewPCG(*seed, 8))
	for _, collation := range []string{usualCollation, bytesCollation} {
		e := openMariaDB(t, collation)
		for _, f := range fields {
			if f.List || len(f.Labels) > 0 || f.Kind == spec.KindBool {
				continue
			}
			for variant := range 8 {
				var elements []spec.Value
				for range r.IntN(8) { // a few that rows have
					if v := operand(r, f); !v.IsNull() {
						if f.Kind == spec.KindString && r.IntN(2) == 0 { // equal in most collations
							v = spec.Of(strings.ToUpper(v.Text()) + " ")
						}
						elements = append(elements, v)
					}
				}
				for i := range 1200 {
					switch f.Kind {
					case spec.KindInt:
						elements = append(elements, spec.Of(int64(1000+i)))
					case spec.KindFloat:
						elements = append(elements, spec.Of(1000.5+float64(i)))
					case spec.KindDecimal:
						elements = append(elements, spec.Of(spec.DecimalOf(int64(100000+i), 2)))
					case spec.KindString:
						elements = append(elements, spec.Of(fmt.Sprint(i, `"\ '`, "\U0001F600")))
					case spec.KindBytes:
						elements = append(elements, spec.Of([]byte{0xff, byte(i), byte(i >> 8)}))
					case spec.KindTime:
						elements = append(elements, spec.Of(time.Unix(int64(i), 5000)))
					case spec.KindDate:
						elements = append(elements, spec.Of(spec.DateOf(time.Unix(int64(i)*100000, 0))))
					case spec.KindUUID:
						elements = append(elements, spec.Of([16]byte{9, byte(i), byte(i >> 8)}))
					}
				}
				if variant&1 != 0 {
					elements = append(elements, spec.Null)
				}
				if variant&2 != 0 && f.Kind == spec.KindString {
					elements = append(elements, spec.Of(strings.Repeat("ä", 201)))
				}
				s := spec.In(f.Name, elements...)
				if variant&4 != 0 {
					s = s.Not()
				}
				got, _, err := e.visible(s)
				if want := e.inMemory(t, s); err != nil || !slices.Equal(got, want) {
					t.Errorf("%s: %s: variant %d: %v\n memory %v\nmariadb %v", collation, f.Name, variant, err, want, got)
				}
			}
		}
	}
}
