package policytest

import "github.com/rolespec/rolespec/policy/internal/document"

// suiteFile is a suite as it is written. What depends on the policy is kept as
// nodes until the policy is there.
type suiteFile struct {
	document.Pos `json:"-"`
	// The policy that is tested, a path relative to this file.
	Policy document.Word `json:"policy" document:"required"`
	// The callers by name, each with its claims.
	Callers document.Mapping[*document.Node] `json:"callers,omitempty"`
	// The rows by resource: a list of rows, or a file with one row a line in JSON.
	Rows document.Mapping[*document.Node] `json:"rows,omitempty"`
	// The cases.
	Cases []caseFile `json:"cases" document:"required"`
}

// caseFile is a case as it is written.
type caseFile struct {
	document.Pos `json:"-"`
	// What it is about, in words. The default is made of the rest.
	Name document.Word `json:"name,omitempty"`
	// Who asks: the name of a caller, the claims of one, a list of these, or * for
	// all callers that have a name.
	Caller *document.Node `json:"caller" document:"required"`
	// What is asked for, as in a policy: an endpoint or several.
	Endpoint document.Words `json:"endpoint" document:"required"`
	// A method or several.
	Methods document.Words `json:"methods" document:"required"`

	// Whether it is forbidden: no role permits it, or a claim is missing.
	Forbidden *document.Flag `json:"forbidden,omitempty"`
	// The keys of the rows that are visible, all of them and no other; * for every
	// row.
	Visible *document.Node `json:"visible,omitempty"`
	// The keys of rows that are hidden; there may be more of them.
	Hidden *document.Node `json:"hidden,omitempty"`
	// Rows that may be written.
	MayWrite *document.Node `json:"may_write,omitempty"`
	// Rows that may not be written.
	MayNotWrite *document.Node `json:"may_not_write,omitempty"`
	// The columns that may be read or written, all of them and no other; * for every
	// column.
	Columns *document.Words `json:"columns,omitempty"`
}
