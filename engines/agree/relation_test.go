package agree_test

import (
	"database/sql"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

type team struct {
	ID   int64
	Name *string
}

type person struct {
	ID    int64
	Name  *string
	Age   *int64
	Boss  *person
	Teams []team

	Friends []*person
}

type remark struct {
	ID     int64
	Words  *string
	Author *person
}

type task struct {
	ID      int64
	Title   string
	Owner   *person
	Checker *person
	Parent  *task
	Remarks []remark
	Groups  []*team
}

const relationTables = `
CREATE TABLE teams (id BIGINT PRIMARY KEY, name VARCHAR(40));
CREATE TABLE people (id BIGINT PRIMARY KEY, name VARCHAR(40), age BIGINT, boss_id BIGINT);
CREATE TABLE friends (person BIGINT, friend BIGINT);
CREATE TABLE members (person BIGINT, team BIGINT);
CREATE TABLE tasks (id BIGINT PRIMARY KEY, title VARCHAR(40), owner_id BIGINT, checker_id BIGINT, parent_id BIGINT);
CREATE TABLE remarks (id BIGINT PRIMARY KEY, task_id BIGINT, words VARCHAR(40), author_id BIGINT);
CREATE TABLE task_groups (task_id BIGINT, group_id BIGINT);
INSERT INTO teams VALUES (1, 'red'), (2, NULL), (3, 'blue');
INSERT INTO people VALUES (1, 'ann', 40, NULL), (2, 'bob', NULL, 1), (3, NULL, 7, 2), (4, 'ann', 7, 99);
INSERT INTO members VALUES (1, 1), (1, 3), (2, 2), (2, 77), (3, 1), (3, 1);
INSERT INTO tasks VALUES (1, 'a', 1, 2, NULL), (2, 'b', NULL, 1, 1), (3, 'c', 3, 3, 2), (4, 'd', 99, 4, 3), (5, 'e', 2, NULL, 99), (6, 'f', 4, 1, 4);
INSERT INTO remarks VALUES (1, 1, 'yes', 1), (2, 1, 'no', 2), (3, 2, NULL, NULL), (4, 2, 'yes', 3), (5, 3, 'yes', 4), (6, 4, NULL, 1), (7, NULL, 'yes', 1), (8, 99, 'yes', 1);
INSERT INTO task_groups VALUES (1, 1), (1, 3), (2, 2), (3, 3), (3, 3), (5, 88), (6, 2), (6, 1)`

func relatedTasks() []task {
	text := func(s string) *string { return &s }
	red, none, blue := team{1, text("red")}, team{2, nil}, team{3, text("blue")}
	number := func(n int64) *int64 { return &n }
	ann := &person{1, text("ann"), number(40), nil, []team{red, blue}, nil}
	bob := &person{2, text("bob"), nil, ann, []team{none}, nil}
	nobody := &person{3, nil, number(7), bob, []team{red, red}, nil}
	other := &person{4, text("ann"), number(7), nil, nil, nil}
	tasks := []task{
		{1, "a", ann, bob, nil, []remark{{1, text("yes"), ann}, {2, text("no"), bob}}, []*team{&red, &blue}},
		{2, "b", nil, ann, nil, []remark{{3, nil, nil}, {4, text("yes"), nobody}}, []*team{&none}},
		{3, "c", nobody, nobody, nil, []remark{{5, text("yes"), other}}, []*team{&blue, &blue}},
		{4, "d", nil, other, nil, []remark{{6, nil, ann}}, nil},
		{5, "e", bob, nil, nil, nil, nil},
		{6, "f", other, ann, nil, nil, []*team{&none, &red}},
	}
	for i, parent := range []int{0, 1, 2, 3, 0, 4} {
		if parent > 0 {
			tasks[i].Parent = &tasks[parent-1]
		}
	}
	return tasks
}

func taskTable(t *testing.T) *sqlspec.Table {
	t.Helper()
	teams := sqlspec.MustTable[team]("teams")
	inTeams := sqlspec.ManyToMany("teams", teams, "members", sqlspec.On("id", "person"), sqlspec.On("team", "id"))
	friends := sqlspec.ManyToMany("friends", nil, "friends", sqlspec.On("id", "person"), sqlspec.On("friend", "id"))
	people := sqlspec.MustTable[person]("people", inTeams, friends, sqlspec.ToOne("boss", nil, sqlspec.On("boss_id", "id")))
	remarks := sqlspec.MustTable[remark]("remarks", sqlspec.ToOne("author", people, sqlspec.On("author_id", "id")))
	table, err := sqlspec.TableOf[task]("tasks", sqlspec.As("t"),
		sqlspec.ToOne("owner", people, sqlspec.On("owner_id", "id")),
		sqlspec.ToOne("checker", people, sqlspec.On("checker_id", "id")),
		sqlspec.ToOne("parent", nil, sqlspec.On("parent_id", "id")),
		sqlspec.ToMany("remarks", remarks, sqlspec.On("id", "task_id")),
		sqlspec.ManyToMany("groups", teams, "task_groups", sqlspec.On("id", "task_id"), sqlspec.On("group_id", "id")))
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func openRelated(t *testing.T, d sqlspec.Dialect) *sql.DB {
	t.Helper()
	db := map[sqlspec.Dialect]func(testing.TB) *sql.DB{
		sqlspec.SQLite: engines.SQLite, sqlspec.Postgres: engines.Postgres, sqlspec.MariaDB: engines.MariaDB,
	}[d](t)
	for statement := range strings.SplitSeq(relationTables, ";") {
		exec(t, db, statement)
	}
	return db
}

// What is asked, and which tasks it is true of. Its negation is true of the rest
// but for those listed as hidden.
var relatedCases = []struct {
	s      spec.Specification
	want   []int64
	hidden []int64
	reason string
}{
	{spec.Eq("owner.name", "ann"), []int64{1, 6}, []int64{2, 3, 4}, "no owner, one that is gone, one without a name: unknown"},
	{spec.IsNull("owner.name"), []int64{2, 3, 4}, nil, "an absent row has no name"},
	{spec.Distinct("owner.name", "ann"), []int64{2, 3, 4, 5}, nil, "an absent row has no name"},
	{spec.Distinct("owner.name", spec.Null), []int64{1, 5, 6}, nil, ""},
	{spec.NotIn("owner.age", 7, 8), []int64{1}, []int64{2, 4, 5}, ""},
	{spec.Eq("owner.boss.name", "bob"), []int64{3}, []int64{1, 2, 4, 6}, "two relations, one to the same table"},
	{spec.IsNull("owner.boss.boss.id"), []int64{1, 2, 4, 5, 6}, nil, ""},
	{spec.Eq("owner.id", spec.Ref("checker.id")), []int64{3}, []int64{2, 4, 5}, "two rows that lie apart"},
	{spec.Distinct("owner.name", spec.Ref("checker.name")), []int64{1, 2, 4, 5}, nil, "both null: not distinct"},
	{spec.Eq("id", spec.Ref("owner.id")), []int64{1, 3}, []int64{2, 4}, ""},
	{spec.Eq("parent.parent.parent.title", "a"), []int64{4}, []int64{1, 2, 3, 5}, "a tree"},
	{spec.Any("remarks", spec.Eq("words", "yes")), []int64{1, 2, 3}, nil, "unknown for the only remark of 4: not any"},
	{spec.Every("remarks", spec.Eq("words", "yes")), []int64{3, 5, 6}, nil, "all of none; a null is not yes"},
	{spec.Any("remarks", spec.All()), []int64{1, 2, 3, 4}, nil, ""},
	{spec.Every("remarks", spec.None()), []int64{5, 6}, nil, ""},
	{spec.Any("remarks", spec.Not(spec.Eq("words", "yes"))), []int64{1}, nil, ""},
	{spec.Any("remarks", spec.Ne("author.name", "bob")), []int64{1, 3, 4}, nil, ""},
	{spec.Every("remarks", spec.Any("author.teams", spec.Eq("name", "red"))), []int64{4, 5, 6}, nil, "no author: not true"},
	{spec.Any("remarks", spec.Not(spec.Any("author.teams", spec.Eq("name", "red")))), []int64{1, 3}, nil, "no author: nor false"},
	{spec.Any("owner.teams", spec.Eq("name", "red")), []int64{1, 3}, []int64{2, 4}, "no duplicates; through a row that is absent, unknown"},
	{spec.Every("owner.teams", spec.Eq("name", "red")), []int64{3, 6}, []int64{2, 4}, "every team of an absent owner shows nothing"},
	{spec.Any("owner", spec.Eq("age", 7)), []int64{3, 6}, nil, "asked of the row itself: an absent one is not any"},
	{spec.Every("owner", spec.Eq("age", 7)), []int64{3, 6}, nil, "nor every"},
	{spec.Every("groups", spec.NotNull("name")), []int64{1, 3, 4, 5}, nil, "a link that leads nowhere is no group"},
	{spec.Any("groups", spec.Eq("name", "red")).Not().And(spec.Any("groups", spec.All())), []int64{2, 3}, nil, ""},
	{spec.Any("parent.remarks", spec.Eq("author.boss.name", "ann")), []int64{2}, []int64{1, 5}, ""},
	{spec.Or(spec.Eq("title", "e"), spec.Not(spec.Every("parent.owner.teams", spec.Eq("name", "red")))), []int64{2, 5}, []int64{1, 3, 6}, ""},
}

func TestRelations(t *testing.T) {
	table, tasks := taskTable(t), relatedTasks()
	for _, d := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB} {
		t.Run(d.String(), func(t *testing.T) {
			e := engine{dialect: d, table: table.In(d), db: openRelated(t, d)}
			for _, test := range relatedCases {
				var rest []int64
				for _, row := range tasks {
					if !slices.Contains(test.want, row.ID) && !slices.Contains(test.hidden, row.ID) {
						rest = append(rest, row.ID)
					}
				}
				for s, want := range map[*spec.Specification][]int64{&test.s: test.want, ptr(test.s.Not()): rest} {
					rows, err := spec.Filter(*s, tasks)
					memory := []int64{}
					for _, row := range rows {
						memory = append(memory, row.ID)
					}
					inSQL, text, sqlErr := e.visible(*s)
					if err != nil || sqlErr != nil || !slices.Equal(memory, want) || !slices.Equal(inSQL, want) {
						t.Errorf("%v (%s)\n  %s\n  want %v, memory %v (%v), SQL %v (%v)", *s, test.reason, text, want, memory, err, inSQL, sqlErr)
					}
				}
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

// The deepest chain that a specification may ask about, and the deepest that
// engines are asked for: through links, then along a path.
func TestDeepRelations(t *testing.T) {
	table := taskTable(t)
	chain, path := spec.Eq("title", "a"), strings.Repeat("parent.", spec.MaxRelations)
	deepest := spec.Eq(strings.Repeat("boss.", spec.MaxRelations)+"name", "ann")
	for range spec.MaxRelations - 1 {
		chain, deepest = spec.Any("parent", chain), spec.Any("friends", deepest)
	}
	chain, deepest = spec.Any("parent", chain), spec.Any("owner", deepest)
	if spec.Any("parent", chain).Err() == nil {
		t.Errorf("%d relations are no error", spec.MaxRelations+1)
	}
	for _, d := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB} {
		e := engine{dialect: d, table: table.In(d), db: openRelated(t, d)}
		for _, s := range []spec.Specification{chain, deepest, spec.Eq(path+"title", "a"), spec.Eq(path+"title", spec.Ref(path+"title")).Not()} {
			if ids, _, err := e.visible(s); err != nil || len(ids) != 0 {
				t.Errorf("%v: %v: %v, %v", d, s, ids, err)
			}
		}
	}
	if _, _, err := table.SQL(spec.Eq("parent."+path+"title", "a"), sqlspec.SQLite); !errors.Is(err, spec.ErrUnknownField) {
		t.Errorf("a path of more relations: %v", err)
	}
}
