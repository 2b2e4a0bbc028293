package document

// Document is a policy file as it is written.
type Document struct {
	Pos `json:"-"`
	// The version of the format: 1.
	Rolespec Version `json:"rolespec" document:"required"`
	// Which roles of a caller decide: the first that permits, in the order of the
	// file, or all that permit together (union). The default is first.
	Combine Word `json:"combine,omitempty"`
	// The claims of a caller that rules may name, with their types.
	Claims Mapping[Type] `json:"claims,omitempty"`
	// What rows there are, by name. Once there is one, every endpoint has to be one
	// of a resource.
	Resources Mapping[Resource] `json:"resources,omitempty"`
	// Rules that stand over every grant of every role.
	Restrict []Restriction `json:"restrict,omitempty"`
	// The roles, in the order in which they are asked.
	Roles []Role `json:"roles" document:"required"`
}

// Resource is a kind of row.
type Resource struct {
	Pos `json:"-"`
	// The endpoints that are about these rows. The default is the one that is called
	// like the resource.
	Endpoints Words `json:"endpoints,omitempty"`
	// The field by which tests and reports name a row. The default is id.
	Key Word `json:"key,omitempty"`
	// The fields of a row, with their types.
	Fields Mapping[Type] `json:"fields" document:"required"`
	// The rows that a row leads to.
	Relations Mapping[Relation] `json:"relations,omitempty"`
}

// Relation leads to the rows of a resource: to one at the most, or to many.
type Relation struct {
	Pos `json:"-"`
	// The resource of the one row that it leads to.
	One Word `json:"one,omitempty"`
	// The resource of the rows that it leads to.
	Many Word `json:"many,omitempty"`
}

// Role is a name with its grants.
type Role struct {
	Pos `json:"-"`
	// The name, as it stands in the roles of a caller.
	Name Word `json:"name" document:"required"`
	// What the role permits.
	Allow []Grant `json:"allow,omitempty"`
	// What is taken out of the wider grants of this role.
	Except []Target `json:"except,omitempty"`
	// What is taken from every caller who has this role, whatever other roles permit.
	Deny []Denial `json:"deny,omitempty"`
}

// Target is what a grant or a restriction is about.
type Target struct {
	Pos `json:"-"`
	// An endpoint, several, or * for all of them.
	Endpoint Words `json:"endpoint" document:"required"`
	// A method, several, or * for all of them. With the endpoint * it is left out.
	Methods Words `json:"methods,omitempty"`
}

// Grant permits methods of endpoints on the rows that its rule is true of.
type Grant struct {
	Target
	// The rows: a specification as text or as JSON, whose variables are claims. All
	// rows are "#".
	Rule *Rule `json:"rule" document:"required"`
	// What a row has to satisfy as it is written. The default is the rule.
	Check *Rule `json:"check,omitempty"`
	// The fields that may be read or written. The default is all of them.
	Columns *Words `json:"columns,omitempty"`
}

// Denial takes rows of endpoints away.
type Denial struct {
	Target
	// The rows that are hidden. The default is all rows.
	Rule *Rule `json:"rule,omitempty"`
}

// Restriction is a rule that every row has to satisfy besides.
type Restriction struct {
	Target
	// The rows that stay visible.
	Rule *Rule `json:"rule" document:"required"`
}
