package payload

import "github.com/golang-jwt/jwt/v5"

// Algorithm names a signature algorithm as the alg header of a token does. Every [Key]
// serves exactly one. The zero Algorithm is none of them, and "none" does not exist.
type Algorithm string

// The algorithms a [Key] can be made for. RSA-PSS signatures must have a salt as long
// as the hash, as RFC 7518 says; EdDSA is Ed25519.
const (
	HS256 Algorithm = "HS256"
	HS384 Algorithm = "HS384"
	HS512 Algorithm = "HS512"
	RS256 Algorithm = "RS256"
	RS384 Algorithm = "RS384"
	RS512 Algorithm = "RS512"
	PS256 Algorithm = "PS256"
	PS384 Algorithm = "PS384"
	PS512 Algorithm = "PS512"
	ES256 Algorithm = "ES256"
	ES384 Algorithm = "ES384"
	ES512 Algorithm = "ES512"
	EdDSA Algorithm = "EdDSA"
)

// hmacMethods holds the least secret length beside each method: that of the hash.
var hmacMethods = map[Algorithm]struct {
	method jwt.SigningMethod
	least  int
}{
	HS256: {jwt.SigningMethodHS256, 32},
	HS384: {jwt.SigningMethodHS384, 48},
	HS512: {jwt.SigningMethodHS512, 64},
}

var rsaMethods = map[Algorithm]jwt.SigningMethod{
	RS256: jwt.SigningMethodRS256,
	RS384: jwt.SigningMethodRS384,
	RS512: jwt.SigningMethodRS512,
	PS256: exactSalt(jwt.SigningMethodPS256),
	PS384: exactSalt(jwt.SigningMethodPS384),
	PS512: exactSalt(jwt.SigningMethodPS512),
}

// ecdsaMethods is keyed by the name of the curve, which decides the algorithm.
var ecdsaMethods = map[string]jwt.SigningMethod{
	"P-256": jwt.SigningMethodES256,
	"P-384": jwt.SigningMethodES384,
	"P-521": jwt.SigningMethodES512,
}

// exactSalt leaves out golang-jwt's VerifyOptions, which accept a salt of any length.
func exactSalt(m *jwt.SigningMethodRSAPSS) jwt.SigningMethod {
	return &jwt.SigningMethodRSAPSS{SigningMethodRSA: m.SigningMethodRSA, Options: m.Options}
}
