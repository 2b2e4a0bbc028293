package payload

import "slices"

// Registered holds the registered claims of a token (RFC 7519), and typ and roles. Embed
// it by value, without a json tag, in the claims of a service:
//
//	type Claims struct {
//		payload.Registered
//		Account string `json:"account"`
//	}
//
// Such a type is a payload of the roles package, through [Registered.RoleNames]. A claim
// that is absent from a token is the zero value of its field, and the other way round.
// What a [Verifier] returns has passed its checks; a Registered from anywhere else has
// been checked by nobody.
type Registered struct {
	Issuer    string      `json:"iss,omitempty"`
	Subject   string      `json:"sub,omitempty"`
	Audience  Audience    `json:"aud,omitempty"`
	ExpiresAt NumericDate `json:"exp,omitzero"`
	NotBefore NumericDate `json:"nbf,omitzero"`
	IssuedAt  NumericDate `json:"iat,omitzero"`
	ID        string      `json:"jti,omitempty"`
	// Type says what the token is for: "access" or "refresh", unless a service has
	// other types of its own.
	Type  string   `json:"typ,omitempty"`
	Roles []string `json:"roles,omitempty"`
}

// RoleNames returns the roles of the token, in the order they have there. It is empty
// when the claim is null or absent. The slice is the one of the Roles field.
func (r Registered) RoleNames() []string { return r.Roles }

// registered is how a Signer reaches the Registered of a type that embeds it.
func (r *Registered) registered() *Registered { return r }

// read fills an empty Registered from the members of a claims object. The reason is ""
// when all of its claims are of the right type and in range. The roles are left out where
// nothing is to be done with them: they are most of a token, and decoded once more.
func (r *Registered) read(all []member, roles bool) (reason string) {
	for _, m := range all {
		ok := true
		switch string(m.name) {
		case "iss":
			r.Issuer, ok = text(m.value)
		case "sub":
			r.Subject, ok = text(m.value)
		case "jti":
			r.ID, ok = text(m.value)
		case "typ":
			r.Type, ok = text(m.value)
		case "aud":
			r.Audience, ok = readAudience(m.value)
		case "exp":
			r.ExpiresAt, ok = readDate(m.value)
		case "nbf":
			r.NotBefore, ok = readDate(m.value)
		case "iat":
			r.IssuedAt, ok = readDate(m.value)
		case "roles":
			switch {
			case string(m.value) == "null":
			case roles:
				r.Roles, ok = texts(m.value)
			default:
				ok = areTexts(m.value)
			}
		}
		if !ok {
			return "claim " + string(m.name) + " is of the wrong type or out of range"
		}
	}
	return ""
}

// same reports whether both say the same; no roles and an empty list of them do.
func (r *Registered) same(o *Registered) bool {
	return r.Issuer == o.Issuer && r.Subject == o.Subject && r.ID == o.ID && r.Type == o.Type &&
		slices.Equal(r.Audience, o.Audience) && slices.Equal(r.Roles, o.Roles) &&
		r.ExpiresAt.Equal(o.ExpiresAt.Time) && r.NotBefore.Equal(o.NotBefore.Time) &&
		r.IssuedAt.Equal(o.IssuedAt.Time)
}
