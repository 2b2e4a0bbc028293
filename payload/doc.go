// Package payload turns a bearer token into verified, typed claims, and issues such
// tokens. It is golang-jwt's signatures under a parser and checks of its own, strict
// unless told otherwise.
//
//	type Claims struct {
//		payload.Registered
//		Account string `json:"account"`
//	}
//
//	verifier, err := payload.NewVerifier[Claims](payload.Keys{key},
//		payload.WithIssuer("https://login.example"),
//		payload.WithAudience("tasks"))
//	...
//	claims, err := verifier.Verify(ctx, token)
//
// # What is promised
//
// [Verifier.Verify] returns claims only if all of this holds, checked in this order; with
// an error it returns the zero value of the claims type.
//
//   - The token is a compact JWS no longer than the limit: three segments of base64url in
//     its only spelling, without padding, white space or anything around it.
//   - The header is strict JSON (see below). It asks for no extension (crit, b64), its typ
//     is absent, JWT or at+jwt in any case, unless [WithHeaderType] asks for one, and its
//     alg and kid choose exactly one [Key]. A key is bound to one algorithm, keys are never
//     tried in turn, and the key a token brings along (jwk, jku, x5c, x5u) is ignored.
//   - The signature fits. Nothing in the payload is read before this.
//   - The claims are strict JSON, the registered ones of the right type and in range, exp
//     is there and so is what [WithRequired] names, and all of them fit the claims type.
//   - Its types, iss and aud are what the verifier was told to expect. An issuer and an
//     audience must be given, or waived in so many words ([AnyIssuer], [AnyAudience]).
//   - It is not before nbf or iat, no older than [WithMaxAge] allows, and before exp. There
//     is no leeway by default.
//
// Strict JSON is one object in UTF-8, without a byte order mark, nested no deeper than
// the limit, in which no object has a name twice (escapes resolved), no string holds half
// of a surrogate pair, and no name differs only in case from a registered claim or from a
// field of the claims type in that place. The last one matters because encoding/json
// ignores case: it reads "Roles" into a field for roles.
//
// Claims that the claims type does not have are ignored. A number that lands in an
// interface, as in a map[string]any, is a json.Number.
//
// # Errors
//
// Every error of Verify is an [*Error]. It wraps [ErrInvalid] and the one error that says
// why, and its text is no more than that: no part of the token, no claim value, no key
// material. [Error.Reason] says more, for logs. All of them say that the caller has no
// valid token, but for [ErrKeysUnavailable]: the keys could not be asked for.
//
// # Issuing
//
// A [Signer] issues access and refresh tokens that a [Verifier] with its issuer and its
// audience accepts. Made of a [KeyRing], its key can be changed while it works; the steps
// are told there.
//
// A [Refresher] hands out pairs of both: [Refresher.Issue] at a login, [Refresher.Refresh]
// for every pair after it, with roles that are looked up anew. Each refresh token is
// redeemed once. One that comes a second time has been copied, so all that were issued
// since that login are revoked (RFC 9700 4.14.2), and there is no time of grace. Which
// token can be redeemed is in a [RefreshStore]; when that fails, nothing is issued.
//
// # Keys
//
// A [Verifier] has its keys from one [KeySource]. Whichever it is, a key is bound to its
// algorithm before it meets a token, and none falls back to another.
//
//	keys           come by
//	shared-secret  HMACKey, or ParseJWK of a secret
//	key-pair       RSAKey, ECDSAKey, Ed25519Key and their private forms, or ParsePEM
//	by-kid         KeyID for each of the Keys
//	by-algorithm   Keys with one key of each algorithm
//	local-set      ParseJWKS or ReadJWKS: a JSON Web Key Set
//	remote-set     payloadjwks.New: a set at an address, and its rotation
//	google         payloadjwks.Google, or ParseCertificates
//	elsewhere      KeyFunc
//	published      PublicJWKS: what others verify with
//	for-tests      payloadtest.New: thrown away after the test
//
// There is no way to read claims that were not verified, to ask an address for keys that
// a token names, or to accept a token without a key.
//
// # Cost
//
// A verification takes as long as golang-jwt's with all of its checks, to within a tenth,
// most of it for the signature, and allocates some 50 times, which is less often. With 60
// claims and the cheapest signature it takes a quarter longer: that no name is there twice
// is not asked by golang-jwt. BenchmarkVerify and BenchmarkVerifyLarge measure it.
//
// # Choices
//
// Where standards leave a choice, or verifiers differ, this package decides as follows.
//
//	case                            verdict   because
//	typ-header-missing              accepted  RFC 7519 leaves it optional; the typ claim tells kinds apart
//	typ-header-at+jwt               accepted  RFC 9068 access tokens
//	typ-header-prefix               accepted  RFC 7515 4.1.9: "application/" before it means the same
//	typ-header-other                refused   another kind of token, or not text
//	ecdsa-high-s                    accepted  half of all honest signatures are so; RFC 7518 asks for no low s
//	exp-huge                        refused   after the year 9999 it is a mistake, such as milliseconds
//	iat-future                      refused   a token from the future is as wrong as an early nbf; use WithLeeway
//	max-age-over                    refused   WithMaxAge was given: iat lies further back, whatever exp says
//	max-age-exact                   accepted  the age is the last that is allowed
//	max-age-no-iat                  refused   without iat the age is not known
//	aud-list-mixed-type             refused   RFC 7519: a list of strings
//	roles-wrong-type                refused   a string is not a list with one role; null and absent are no roles
//	kid-missing-many-keys           refused   which key is meant would be a guess; one key of the algorithm is not
//	kid-single-key-unknown          refused   a kid names a key or the token is not for these keys
//	rsa-weak-key                    refused   such a Key cannot be made: RFC 7518 asks for 2,048 bits
//	header-duplicate-alg            refused   readers differ in which one counts
//	payload-duplicate-roles         refused   likewise, at every level
//	payload-case-variant-claims     refused   encoding/json would read them as the claim
//	payload-invalid-utf8            refused   RFC 8725 3.7
//	payload-bom                     refused   RFC 8259 8.1
//	payload-deep-nesting            refused   deeper than WithMaxDepth, 32 by default
//	payload-huge                    refused   longer than WithMaxTokenSize, 8 KiB by default
//	whitespace-around               refused   the caller cuts the token out of its header
//	padded-base64                   refused   RFC 7515: base64url without padding
//	non-canonical-base64-tail       refused   two texts would be one token, which defeats deny lists
//	pss-salt-length                 refused   RFC 7518 3.5: the salt is as long as the hash
//	registered-claim-null           refused   null is not the type of any of them, but for roles
//	date-fraction                   accepted  RFC 7519, up to nine digits, read exactly
//	surrogate-half                  refused   encoding/json would replace it
//	crit-empty-or-known             refused   no extension is implemented, so none can be known
//	unknown-header                  accepted  RFC 7515 4: ignored
//	unknown-claim                   accepted  RFC 7519 4: ignored
package payload
