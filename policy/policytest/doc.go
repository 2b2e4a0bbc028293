// Package policytest tests a policy by cases that stand in a file beside it: who
// asks for what, and which rows are visible then. So a policy is tested by who
// wrote it, without Go, and in CI.
//
//	func TestPolicy(t *testing.T) { policytest.Test(t, "policy.test.yaml") }
//
// [Load] and [Suite.Run] are for programs.
//
// # The file
//
// A suite is YAML, or JSON with the same keys. A small one:
//
//	policy: policy.yaml             # relative to this file
//	callers:
//	  ann: {sub: ann, account: a, roles: [user]}
//	  nobody: {}
//	rows:
//	  tasks:
//	    - {id: 1, account: a, created_by: ann}
//	    - {id: 2, account: b, created_by: bob}
//	  users: users.ndjson           # one row a line, in JSON
//	cases:
//	  - name: ann sees her own
//	    caller: ann
//	    endpoint: tasks
//	    methods: GET
//	    visible: [1]
//	  - caller: nobody
//	    endpoint: tasks
//	    methods: [GET, PUT]
//	    forbidden: true
//
// The whole of it; only policy and cases have to be there:
//
//	policy     the policy that is tested
//	callers    name: claims
//	rows       resource: a list of rows, or a file of them
//	cases
//	  name           what the case is about
//	  caller         a name, claims in place, a list of these, or "*" for all callers
//	                 that have a name
//	  endpoint       one or a list
//	  methods        one or a list
//	  forbidden      true: no role permits it, or a claim is missing;
//	                 false: it is permitted, if only on no row
//	  visible        the keys of the rows that are visible: these and no other; "*" for
//	                 all that the suite has
//	  hidden         keys of rows that are not visible; there may be more of them
//	  may_write      rows that satisfy the check, as they will be
//	  may_not_write  rows that do not
//	  columns        the fields that may be read or written: these and no other; "*" for
//	                 all
//
// A case with several callers, endpoints or methods wants the same of each. What
// methods other than GET make visible is what they may act on. A case that wants
// rows or columns wants it to be permitted as well: if nothing may be seen since
// nobody may ask, that is forbidden: true.
//
// # Rows
//
// A row has the fields that the policy declares for its resource, and other names
// are errors, as are values of another type. Times, dates, UUIDs and decimals are
// written as text, bytes as text in base64, decimals as numbers too, and all numbers
// are exact. Fields can be left out: they are then null, whatever the policy says.
// Related rows are nested in the row, one as a mapping, many as a list, and are no
// rows of their own resource by that. A relation to many rows that is left out is
// not an empty one: nobody knows its rows.
//
// Rows are named by the key of their resource, which is id unless the policy has
// another. Where a policy declares no resources, rows are those of an endpoint, hold
// what they like and are named by id; a number with a point is then a float.
//
// # What is found when it is loaded
//
// A key of the file, a caller, an endpoint, a method, a resource, a field, a row or
// a claim that does not exist; a value of another type; what stands twice; a case
// that wants nothing, or something of no rows; a suite without cases. Everything is
// reported together ([Errors]) with file, line and column. A role that the policy
// does not have is none of these, since callers have roles of other services; the
// [Coverage] names them.
//
// A suite has at most the size of a policy, see [policy.MaxSize]; a file of rows at
// most 64 MB, and each of its lines the size of a policy. More than 100,000
// questions of one suite are refused.
//
// # The report
//
// What is tested is what [roles.Service.Permission] says, and each row is asked in
// memory; that databases show the same is proven by package sqlspectest. A case that
// failed says which rows are wrongly visible or hidden and why, leaf by leaf, and
// which role decided. [Coverage] says which lines of the policy no case reaches: a
// grant is reached where it decides, whether or not it shows a row.
package policytest
