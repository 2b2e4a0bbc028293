package world

import (
	"strconv"

	"github.com/rolespec/rolespec/roles"
)

// Many is a policy of many roles, each of which may use every one of many
// endpoints under the rule of the role user.
type Many struct {
	Roles, Endpoints int
}

// Large is the policy of 1,000 roles and 100 endpoints: 100,000 rules.
var Large = Many{1000, 100}

// Role returns the name of a role, counted from 0.
func (m Many) Role(i int) string { return "role" + strconv.Itoa(i) }

// Endpoint returns the name of an endpoint, counted from 0.
func (m Many) Endpoint(i int) string { return "endpoint" + strconv.Itoa(i) }

// Asked returns a role that stands late in the policy, and an endpoint in the
// middle of it.
func (m Many) Asked() (role, endpoint string) {
	return m.Role(m.Roles * 9 / 10), m.Endpoint(m.Endpoints / 2)
}

// Each calls f for every rule of the policy.
func (m Many) Each(f func(role, endpoint string) error) error {
	for r := range m.Roles {
		for e := range m.Endpoints {
			if err := f(m.Role(r), m.Endpoint(e)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Policy returns it as a service.
func (m Many) Policy() *roles.Service[Claims] {
	declared := make([]roles.Part, m.Roles)
	for r := range declared {
		grants := make([]roles.Grant, m.Endpoints)
		for e := range grants {
			grants[e] = roles.AllowWhere(m.Endpoint(e), Method, OwnInvoices())
		}
		declared[r] = roles.New(m.Role(r), grants...)
	}
	return roles.MustService[Claims](declared...)
}
