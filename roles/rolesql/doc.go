// Package rolesql turns the templates of a policy into the row security of PostgreSQL,
// so that the database enforces what the service does.
//
//	policies, err := rolesql.Policies(access, "tasks")
//	script, err := tasks.RowSecurity(claims, policies...)
//
// Each role of the policy is a database role, and a transaction runs under one that is
// a member of those of its caller, with the claims in [sqlspec.ClaimsSetting]:
//
//	CREATE ROLE "user" NOLOGIN;
//	CREATE ROLE "user+auditor" NOLOGIN; GRANT "user", auditor TO "user+auditor";
//	SET LOCAL ROLE "user+auditor"; -- then sqlspec.SetClaims
//
// Such a transaction sees the rows of Verify for GET, and may write what
// [roles.Service.Permission] permits for POST, PUT and DELETE; see [Method] for others.
// Where Verify returns an error, no row is shown. To PostgreSQL a row that is changed
// or deleted has to be visible as well, so a policy whose PUT reaches rows that its GET
// does not shows fewer of them here.
//
// # What cannot be row security
//
// A rule that is a Go function; columns, which are a matter of GRANT; and a service in
// which the first permitting role decides, since PostgreSQL joins its permissive
// policies: it has to be built with [roles.Union]. Each is a [*PolicyError] that says
// where the grant stands. What [sqlspec.Table.RowSecurity] refuses besides, it says
// itself.
package rolesql
