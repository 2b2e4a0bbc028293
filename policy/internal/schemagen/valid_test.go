package main

import (
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// specificationsOf returns random specifications of many worlds.
func specificationsOf(n int) (all []spec.Specification) {
	for seed := uint64(1); len(all) < n; seed++ {
		w := spectest.NewWorld(seed, 0)
		for range 20 {
			all = append(all, w.Specification())
		}
	}
	return all
}

// valid are policies that reach every key together.
var valid = []struct{ name, text string }{
	{"the smallest", "rolespec: 1\nroles: []\n"},
	{"every key", `
rolespec: 1
combine: union
claims: {sub: string, teams: [int], at: "time?", tags: "[string]?", level: {type: int}, mood: {enum: [a, b], nullable: true}, kinds: {type: [string], enum: a}}
resources:
  tasks:
    endpoints: [tasks, tasks/export, "a b"]
    key: code
    fields: {code: string, b: bool, u: "uint?", f: float, d: decimal, y: bytes, t: {type: time, nullable: false}, da: date, id: {type: "uuid?", nullable: true}, s: {type: {type: string}, enum: [x]}}
    relations: {owner: {one: users}, notes: {many: notes}}
  users: {endpoints: users, fields: {id: int}}
  notes: {endpoints: [], fields: {}, relations: {}}
  " *": {endpoints: [], fields: {}}
restrict:
  - {endpoint: "*", rule: "#"}
  - {endpoint: ["*"], methods: ["*"], rule: {op: empty}}
  - {endpoint: [tasks, users], methods: [GET, PUT], rule: {op: none}}
roles:
  - name: a
    allow:
      - {endpoint: tasks, methods: GET, rule: b == True, check: "!#", columns: [code, b]}
      - {endpoint: tasks, methods: "*", rule: "#", columns: []}
      - {endpoint: users, methods: [a-b], rule: id == 1, columns: id}
    except:
      - {endpoint: tasks, methods: DELETE}
      - {endpoint: [users], methods: ["*"]}
    deny:
      - {endpoint: "*"}
      - {endpoint: tasks, methods: DELETE}
      - {endpoint: tasks, methods: PUT, rule: b == False}
  - {name: "role of blanks"}
`},
	{"every operator", `
rolespec: 1
roles:
  - name: a
    allow:
      - endpoint: "*"
        rule:
          op: and
          specs:
            - {op: "&", specs: []}
            - {op: or, specs: [{op: "|", specs: [{op: empty}]}]}
            - {op: not, spec: {op: "!", spec: {op: none}}}
            - {op: any, relation: r, spec: {op: every, relation: r.s, spec: {op: empty}}}
            - {op: eq, field: a, value: null}
            - {op: "==", field: a, value: true}
            - {op: neq, field: a, value: 1.5e3}
            - {op: "!=", field: a, value: {field: b}}
            - {op: lt, field: a, value: {var: v.w}}
            - {op: "<", field: a, value: {decimal: "-12.5"}}
            - {op: lte, field: a, value: {bytes: AP8=}}
            - {op: "<=", field: a, value: {time: "2024-07-01T12:00:00.5+02:00"}}
            - {op: gt, field: a, value: {date: "2024-07-01"}}
            - {op: ">", field: a, value: {uuid: 00000000-0000-0000-0000-00000000000a}}
            - {op: gte, field: a, value: [1, [null, {var: v}]]}
            - {op: ">=", field: a, value: ""}
            - {op: distinct, field: a, value: {field: b}}
            - {op: in, field: a, value: [1, null, {date: "2024-07-01"}, {var: v}]}
            - {op: in, field: a, value: null}
            - {op: in, field: a, value: {var: v}}
            - {op: overlaps, field: a, value: [x]}
            - {op: isnone, field: a}
            - {op: isnone, field: a, value: null}
            - {op: contains, field: a, value: 1}
            - {op: startswith, field: a, value: x}
            - {op: endswith, field: a, value: {var: v}}
            - {op: matches, field: a, value: x.*}
            - {op: under, field: a, value: x.y}
            - {op: equalfold, field: a, value: null}
            - {op: containsfold, field: "a b", value: x}
`},
	{"JSON", `{"rolespec":1,"combine":"first","claims":{"a":"int"},"roles":[{"name":"a","allow":[{"endpoint":["x","y"],"methods":"GET","rule":"a == $a","check":{"op":"eq","field":"a","value":{"var":"a"}}}]}]}`},
}
