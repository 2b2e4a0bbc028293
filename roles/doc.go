// Package roles answers, for one request: may this caller do this, and on which
// rows?
//
//	var policy = roles.MustService[Claims](
//		roles.New("admin", roles.AllowAll(ownAccount)),
//		roles.New("user",
//			roles.Allow("tasks", roles.Get, ownTasks),
//			roles.AllowWhere("tasks", roles.Put, spec.Eq("created_by", spec.Var("sub")))),
//	)
//
//	visible, err := policy.Verify(claims, "tasks", r.Method)
//
// A role grants methods of endpoints; a grant carries a rule: a Go function of
// the payload, or a template whose variables are claims. Verify finds the grant
// that applies to the caller and returns the [spec.Specification] of the rows
// that the caller may act on.
//
// # Which grant applies
//
// Nothing is allowed unless it is written. Within a role the most specific grant
// speaks: for the endpoint and method, else for every method of the endpoint
// ([AnyMethod]), else for everything ([AllowAll]); an [Except] there means that
// the role does not permit it. The roles of the service are asked in their order,
// each only if the payload names it, and the first that permits decides. A
// service with [Union] instead lets the caller see what any permitting role
// shows.
//
// A [Restriction] stands over every grant of every role, and a role can [Deny]:
//
//	visible = (the first permitting grant, or any of them with Union)
//	          and every restriction for the endpoint and method
//	          and not what a role of the caller denies
//
// No grant, no rows: restrictions and denials only take away. Rows of which a
// restriction or a denial is unknown are hidden.
//
// A grant may carry a [Check] for the rows that are written and a list of
// [Columns]; [Service.Permission] returns them with the rows.
//
// Role and endpoint names compare exactly. Methods compare without regard to
// ASCII case, so r.Method and "get" are the same. HEAD and OPTIONS are methods
// like any other and have to be granted.
//
// # When anything is unclear
//
// Verify returns the zero Specification, which matches no row, with every error,
// and every error is a *[ForbiddenError]: an unknown endpoint, method or role, a
// nil payload, a payload whose RoleNames panics, a rule that panics or returns a
// specification with an error or an open variable, a claim that is missing or
// empty. A rule that fails ends the search: a later, wider role must not stand in
// for one that broke.
//
// Verify does no IO, takes no context and does not change the payload.
package roles
