package policytest

// Report is what became of the cases of a suite. It holds the keys, values and
// claims of the suite, so it is for who may see these. The zero Report is of no
// case, and not OK.
type Report struct {
	Suite    string   `json:"suite"`   // the name of the file
	Policy   string   `json:"policy"`  // the name of its policy
	Version  string   `json:"version"` // of the policy
	Results  []Result `json:"results"` // in the order of the file
	Coverage Coverage `json:"coverage"`
}

// Result is what became of a case for one caller, one endpoint and one method.
type Result struct {
	Name     string `json:"name"`   // that of the case, or caller, method and endpoint
	Where    string `json:"where"`  // file:line:column of the case
	Caller   string `json:"caller"` // the name, or where the claims stand
	Endpoint string `json:"endpoint"`
	Method   string `json:"method"` // in upper case
	Passed   bool   `json:"passed"`

	Forbidden    string    `json:"forbidden,omitempty"`    // why it is; "" where it is permitted
	Roles        []string  `json:"roles,omitempty"`        // that decided
	Grants       []string  `json:"grants,omitempty"`       // file:line:column of the grants of these roles
	Denials      []string  `json:"denials,omitempty"`      // of the denials that stand over it
	Restrictions []string  `json:"restrictions,omitempty"` // of the restrictions that stand over it
	Failures     []Failure `json:"failures,omitempty"`
}

// Failure is one thing that is not as the case wants it.
type Failure struct {
	Kind  Kind     `json:"kind"`
	Where string   `json:"where"`         // file:line:column of what is wanted
	Row   string   `json:"row,omitempty"` // the key of the row, or where the written row stands
	Text  string   `json:"text"`          // a sentence: what is, and what should be
	Why   []string `json:"why,omitempty"` // of a row, leaf by leaf
}

// Kind says what is not as wanted.
type Kind string

// The kinds of failures.
const (
	Shown     Kind = "shown"     // a row is visible and should be hidden
	Hidden    Kind = "hidden"    // a row is hidden and should be visible
	Forbidden Kind = "forbidden" // what should be permitted
	Permitted Kind = "permitted" // what should be forbidden
	Accepted  Kind = "accepted"  // a row may be written and should not
	Refused   Kind = "refused"   // a row may not be written and should
	Columns   Kind = "columns"   // other columns than wanted
	Unfit     Kind = "unfit"     // the rule cannot be asked of the rows
)

// Coverage is what the cases of a suite do not reach.
type Coverage struct {
	Lines    int      `json:"lines"`              // grants, exceptions, denials and restrictions, one for each method of each endpoint
	Untested []Line   `json:"untested,omitempty"` // those that no case reaches
	NotHeld  []string `json:"not_held,omitempty"` // roles of the policy that no caller has
	Unknown  []string `json:"unknown,omitempty"`  // roles of callers that the policy does not have
}

// Line is a grant, an exception, a denial or a restriction, of one method of one
// endpoint.
type Line struct {
	Where    string `json:"where"`              // file:line:column
	Role     string `json:"role,omitempty"`     // empty for a restriction
	Effect   string `json:"effect"`             // allow, except, deny or restrict
	Endpoint string `json:"endpoint,omitempty"` // empty for everything
	Method   string `json:"method,omitempty"`   // empty for everything
}

// OK reports whether there are cases and all of them passed.
func (r Report) OK() bool { return len(r.Results) > 0 && r.Failed() == 0 }

// Passed returns how many results passed.
func (r Report) Passed() int { return len(r.Results) - r.Failed() }

// Failed returns how many results did not pass.
func (r Report) Failed() (n int) {
	for _, result := range r.Results {
		if !result.Passed {
			n++
		}
	}
	return n
}
