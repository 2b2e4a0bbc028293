package payload_test

import (
	"encoding/json"
	"errors"
	"os"
	"path"
	"slices"
	"testing"

	"github.com/rolespec/rolespec/payload"
)

// verdictsOf has, for each class of the conformance cases, the errors that its tokens may
// be refused with; nil stands for a token that is accepted. A class may be a pattern.
type verdictsOf map[string][]error

// noVerifier is for tokens whose key is weak, or for none of the algorithms of the case: a
// Verifier for them cannot be made.
var noVerifier = payload.ErrInvalid

// rfcRules are the rules of RFC 8725, and those of RFC 7515 and 7519 beside them, with how
// they are kept and the classes that try them.
var rfcRules = []struct {
	rule, means string
	classes     verdictsOf
}{
	{"3.1 algorithm verification", "a Key has one algorithm; a token only says which it asks for", verdictsOf{
		"alg-none":                          {payload.ErrUnknownKey, payload.ErrMalformed},
		"alg-missing":                       {payload.ErrMalformed},
		"alg-unknown":                       {payload.ErrUnknownKey, payload.ErrMalformed},
		"alg-wrong-type":                    {payload.ErrMalformed},
		"alg-not-allowed-same-key":          {payload.ErrUnknownKey, noVerifier},
		"alg-confusion-both-allowed":        {payload.ErrUnknownKey},
		"alg-confusion-ec-pem-as-hmac":      {payload.ErrUnknownKey},
		"alg-confusion-ed25519-key-as-hmac": {payload.ErrUnknownKey},
		"alg-confusion-public-der-as-hmac":  {payload.ErrUnknownKey},
		"alg-confusion-public-pem-as-hmac":  {payload.ErrUnknownKey},
		"header-says-ps-signed-rs":          {payload.ErrSignature},
		"kid-alg-cross":                     {payload.ErrUnknownKey},
		"header-duplicate-alg":              {payload.ErrMalformed},
		"valid-hs512-configured":            {nil},
		"valid-ps256-configured":            {nil},
	}},
	{"3.2 appropriate algorithms", "there is no algorithm without a key, and no weak key", verdictsOf{
		"alg-none":       {payload.ErrUnknownKey, payload.ErrMalformed},
		"rsa-weak-key":   {noVerifier},
		"ecdsa-r-s-zero": {payload.ErrSignature},
	}},
	{"3.3 validate every operation", "one step that fails fails the token", verdictsOf{
		"tampered-*":                {payload.ErrSignature, payload.ErrMalformed},
		"signature-zeros":           {payload.ErrSignature},
		"signature-truncated":       {payload.ErrSignature},
		"signature-extended":        {payload.ErrSignature},
		"signature-empty":           {payload.ErrMalformed},
		"signature-missing-segment": {payload.ErrMalformed},
		"signature-of-other-token":  {payload.ErrSignature},
		"wrong-key":                 {payload.ErrSignature},
		"kid-names-other-key":       {payload.ErrSignature},
	}},
	{"3.4 validate cryptographic inputs", "a Key is checked when it is made, a signature when it is read", verdictsOf{
		"ecdsa-r-s-zero":            {payload.ErrSignature},
		"ecdsa-der-signature":       {payload.ErrSignature},
		"ecdsa-high-s":              {nil},
		"non-canonical-base64-tail": {payload.ErrMalformed},
		"padded-base64":             {payload.ErrMalformed},
		"standard-base64-alphabet":  {payload.ErrMalformed},
	}},
	{"3.5 keys with enough entropy", "a secret is as long as its hash", verdictsOf{
		"hmac-empty-secret": {payload.ErrSignature},
	}},
	{"3.6 no compression before encryption", "nothing that is encrypted is read", verdictsOf{
		"five-segments-jwe-like": {payload.ErrMalformed},
		"extra-segment":          {payload.ErrMalformed},
		"json-serialization":     {payload.ErrMalformed},
	}},
	{"3.7 UTF-8", "header and claims are UTF-8", verdictsOf{
		"payload-invalid-utf8": {payload.ErrMalformed},
		"payload-bom":          {payload.ErrMalformed},
		"non-ascii-characters": {payload.ErrMalformed},
	}},
	{"3.8 validate issuer and subject", "a Verifier has one issuer, and all of its keys are that issuer's", verdictsOf{
		"iss-wrong":      {payload.ErrIssuer},
		"iss-missing":    {payload.ErrIssuer},
		"iss-wrong-type": {payload.ErrClaims},
	}},
	{"3.9 use and validate audience", "whom a token is for is said, and is this service", verdictsOf{
		"aud-wrong":           {payload.ErrAudience},
		"aud-missing":         {payload.ErrAudience},
		"aud-list-without":    {payload.ErrAudience},
		"aud-wrong-type":      {payload.ErrClaims},
		"aud-list-mixed-type": {payload.ErrClaims},
		"valid-aud-list":      {nil},
	}},
	{"3.10 do not trust received claims", "a kid is looked up and nothing else; no key comes from a token", verdictsOf{
		"kid-injection":          {payload.ErrUnknownKey, payload.ErrMalformed},
		"kid-unknown":            {payload.ErrUnknownKey},
		"kid-wrong-type":         {payload.ErrMalformed},
		"kid-missing-many-keys":  {payload.ErrUnknownKey},
		"kid-single-key-unknown": {payload.ErrUnknownKey},
		"jku-x5u":                {payload.ErrSignature},
		"embedded-jwk":           {payload.ErrSignature},
	}},
	{"3.11 explicit typing", "the header's typ is JWT or at+jwt where it is given; WithHeaderType asks for one", verdictsOf{
		"typ-header-missing": {nil},
		"typ-header-other":   {payload.ErrMalformed, nil},
	}},
	{"3.12 mutually exclusive rules for kinds of JWT", "the claim typ tells access from refresh tokens", verdictsOf{
		"typ-claim-wrong":      {payload.ErrType},
		"typ-claim-missing":    {payload.ErrType},
		"typ-claim-wrong-type": {payload.ErrClaims},
	}},
	{"RFC 7515 4.1.11 crit", "no extension is known, so none is let pass", verdictsOf{
		"crit-unknown":   {payload.ErrMalformed},
		"crit-malformed": {payload.ErrMalformed},
		"b64-false":      {payload.ErrMalformed},
	}},
	{"RFC 7519 4.1.4 exp", "exp is there, a date, and not come", verdictsOf{
		"expired":                   {payload.ErrExpired},
		"expired-exactly-now":       {payload.ErrExpired},
		"exp-missing":               {payload.ErrClaims},
		"exp-zero":                  {payload.ErrExpired},
		"exp-string":                {payload.ErrClaims},
		"exp-nan":                   {payload.ErrClaims, payload.ErrMalformed},
		"exp-negative":              {payload.ErrClaims},
		"exp-wrong-type":            {payload.ErrClaims},
		"exp-case-variant":          {payload.ErrMalformed},
		"exp-huge":                  {payload.ErrClaims},
		"valid-exp-one-second-left": {nil},
		"valid-exp-fraction":        {nil},
	}},
	{"RFC 7519 4.1.5 nbf", "before nbf a token is refused, at nbf it is not", verdictsOf{
		"nbf-future":           {payload.ErrNotYetValid},
		"nbf-wrong-type":       {payload.ErrClaims},
		"valid-nbf-equals-now": {nil},
		"valid-no-nbf-iat":     {nil},
	}},
	{"RFC 7519 4.1.6 iat", "a token from the future is refused", verdictsOf{
		"iat-future": {payload.ErrNotYetValid},
	}},
	{"RFC 7515 5.2 one reading", "a token is one text, and its JSON says one thing", verdictsOf{
		"header-not-object":           {payload.ErrMalformed},
		"payload-not-object":          {payload.ErrMalformed},
		"payload-trailing-data":       {payload.ErrMalformed},
		"payload-duplicate-roles":     {payload.ErrMalformed},
		"payload-case-variant-claims": {payload.ErrMalformed},
		"whitespace-inside":           {payload.ErrMalformed},
		"whitespace-around":           {payload.ErrMalformed},
		"bearer-prefix":               {payload.ErrMalformed},
		"empty-string":                {payload.ErrMalformed},
		"many-dots":                   {payload.ErrMalformed},
		"payload-deep-nesting":        {payload.ErrMalformed},
		"payload-huge":                {payload.ErrMalformed},
		"roles-wrong-type":            {payload.ErrClaims},
		"valid":                       {nil},
		"valid-header-whitespace":     {nil},
		"valid-extra-claims":          {nil},
	}},
}

// Every rule refuses the tokens that break it, for the reason that they do. Every class of
// the cases is of a rule.
func TestRFCRules(t *testing.T) {
	raw, cases := rawKeys(t), tokenCases(t)
	covered := map[string]bool{}
	for _, rule := range rfcRules {
		t.Run(rule.rule, func(t *testing.T) {
			for class, want := range rule.classes {
				seen := map[error]bool{}
				for _, c := range cases {
					if ok, _ := path.Match(class, c.Class); ok {
						seen[c.verdict(t, raw, want)] = true
						covered[c.Class] = true
					}
				}
				for _, err := range want {
					if !seen[err] {
						t.Errorf("%s: no token has the verdict %v", class, err)
					}
				}
			}
		})
	}
	for _, c := range cases {
		if !covered[c.Class] {
			t.Errorf("the class %s is of no rule", c.Class)
		}
	}
}

// verdict verifies the token of a case and returns which of the wanted errors it gave.
func (c tokenCase) verdict(t *testing.T, raw map[string]rawKey, want []error) error {
	t.Helper()
	_, err := verify[Claims](t, c, raw)
	for _, w := range want {
		if w == nil && err == nil || w == noVerifier && err == w || w != nil && w != noVerifier && errors.Is(err, w) {
			return w
		}
	}
	t.Errorf("%s %s: have %v, want one of %v", c.ID, c.Class, err, want)
	return err
}

// TestRFCRulesAreAll compares with a list of the rules that others made, where it lies
// beside the checkout.
func TestRFCRulesAreAll(t *testing.T) {
	data, err := os.ReadFile(corpora + "rfc8725_rules.json")
	if err != nil {
		t.Skipf("SKIPPED: %srfc8725_rules.json is not there", corpora)
	}
	var theirs []struct {
		Rule    string
		Classes []string
	}
	if err := json.Unmarshal(data, &theirs); err != nil || len(theirs) == 0 {
		t.Fatalf("%d rules, %v", len(theirs), err)
	}
	for _, their := range theirs {
		var ours []string // the classes of the rule, patterns
		for _, rule := range rfcRules {
			if rule.rule == their.Rule {
				for class := range rule.classes {
					ours = append(ours, class)
				}
			}
		}
		for _, class := range their.Classes {
			if !slices.ContainsFunc(ours, func(pattern string) bool {
				ok, _ := path.Match(class, pattern)
				return ok || class == pattern
			}) {
				t.Errorf("rule %s: the class %s is not tried", their.Rule, class)
			}
		}
	}
}
