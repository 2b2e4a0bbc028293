// Package lint finds what a policy says and hardly means: a rule that no row can
// satisfy, a grant that nobody reaches, a restriction that stands over one endpoint
// and not over another that shows the same rows.
//
// What is an error is found when the policy is loaded; what is found here loads and
// works. A [Warning] is worth a change, a [Note] worth a look. What a finding says
// of rules is proven, for every row and every claim; what cannot be proven is not
// reported, so no finding is no proof of anything.
package lint
