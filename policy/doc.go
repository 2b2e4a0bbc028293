// Package policy keeps roles in a file, so that people who do not write Go can
// read, review and change them, and services share them.
//
//	var access, err = policy.Load[Claims]("policy.yaml")
//	visible, err := access.Verify(claims, "tasks", r.Method)
//
// [Load] and [NewService] give a [roles.Service] for payloads of a Go type, or for
// plain maps ([Claims]). [Watch] follows a policy as it changes: a file, a file
// system, a URL, or what nested modules add (policypg, policynats).
//
// # The file
//
// A policy is YAML, or JSON with the same keys. A small one:
//
//	rolespec: 1                     # the version of the format
//	claims:
//	  sub: string
//	  account: string
//	resources:
//	  tasks:
//	    fields:
//	      id: int
//	      account: string
//	      created_by: string
//	      status: {enum: [open, done]}
//	      deleted_at: time?         # can be null
//	      tags: [string]            # a list
//	restrict:
//	  - endpoint: "*"
//	    rule: account == $account
//	roles:
//	  - name: admin
//	    allow:
//	      - endpoint: "*"
//	        rule: "#"               # every row, but for the restriction
//	  - name: user
//	    allow:
//	      - endpoint: tasks
//	        methods: [GET, PUT]
//	        rule: created_by == $sub && deleted_at is None
//
// The whole of it; only rolespec and roles have to be there:
//
//	rolespec   1
//	combine    first: the first role of the file that permits decides (the default);
//	           union: all roles of the caller that permit, together
//	claims     name: type; the claims that rules may name
//	resources  name: a kind of row
//	  endpoints  that are about such rows; the one called like the resource if left
//	             out, none if the list is empty
//	  fields     name: type
//	  relations  name: {one: resource} or {many: resource}
//	  key        the field that names a row in tests and reports; id if left out
//	restrict   a list of rules that every row has to satisfy, whoever asks
//	  endpoint, methods, rule
//	roles      a list, in the order in which they are asked
//	  name
//	  allow      what the role permits
//	    endpoint, methods, rule
//	    check      what a row has to satisfy as it is written; the rule if left out
//	    columns    the fields that may be read or written; all if left out, none if
//	               the list is empty
//	  except     what is taken out of the wider grants of this role
//	    endpoint, methods
//	  deny       what is taken from every caller who has the role
//	    endpoint, methods, rule; every row if the rule is left out, as it has to be
//	               where the endpoint is "*"
//
// An endpoint is a name, a list of names, or "*" for everything; methods are a
// name, a list, or "*", and left out only where the endpoint is "*". There are no
// patterns, and an empty list is an error: a denial of nothing would be read as one
// of something. What these words mean is said in package roles.
//
// A rule is a specification whose variables are claims: a text in the text form of
// package spec (created_by == $sub), or its JSON as a mapping. In YAML a text that
// holds ": " or " #", or begins with one of ! ` & * [ { " ' @, has to stand in
// quotes or in a block below a |. An empty rule is an error; every row is "#", in
// quotes.
//
// A type is one of bool, int, uint, float, decimal, string, bytes, time, date and
// uuid, with a question mark where it can be null, in brackets for a list; or long:
// {type: string, enum: [open, done], nullable: true}. Inside { } and [ ] YAML takes
// a question mark for its own, so there it has to stand in quotes: {since: "time?"}.
//
// # What is found when it is loaded
//
// A key, an endpoint, a resource, a field, a claim that does not exist; an operator
// or a value that does not fit the type of its field; a claim of another type; what
// stands twice. Everything is reported together ([Errors]) with file, line and
// column, down to the name inside a rule; only what names mean is not asked as long
// as the form of the file is wrong. Where a policy declares no resources or no claims,
// their names cannot be checked: an unknown field is then an error when the
// specification meets its rows, an unknown claim a denial.
//
// What one reader sees and another does not is no policy. So these are refused: keys
// that stand twice; aliases, anchors and tags (in YAML the ! of an unquoted
// "! (a == 1)" is a tag, and would be no negation); a second document; what is not
// UTF-8; control characters, separators of lines other than LF and CR LF, and
// characters that turn the direction of the text, unless they are escapes; half of a
// surrogate pair; names that begin or end with blanks.
//
// A policy has at most [MaxSize] bytes, 25,000 line ends, commas, colons, dashes and
// brackets, 10,000 grants, denials and restrictions, each counted for every method of
// every endpoint, and 250,000 conditions in the rules of these. The heap grows by less
// than 16 MB while one is read.
//
// [Schema] is the JSON Schema of the file, for editors; [Format] writes a file in its
// canonical layout.
package policy
