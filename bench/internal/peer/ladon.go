package peer

import (
	"context"

	"github.com/ory/ladon"
	"github.com/ory/ladon/manager/memory"

	"github.com/rolespec/rolespec/bench/internal/world"
)

// Ladon decides about an invoice whose fields are in the context of the request.
type Ladon struct {
	warden *ladon.Ladon
}

// sameAs is the condition that a value of the context equals another: ladon
// brings none that compares two.
type sameAs struct{ Other string }

func (*sameAs) GetName() string { return "SameAsCondition" }

func (s *sameAs) Fulfills(_ context.Context, value any, r *ladon.Request) bool {
	text, ok := value.(string)
	return ok && text == r.Context[s.Other]
}

func ladonOwn(account, creator bool) ladon.Conditions {
	conditions := ladon.Conditions{}
	if account {
		conditions["account_id"] = &sameAs{"account"}
	}
	if creator {
		conditions["created_by"] = &sameAs{"sub"}
	}
	return conditions
}

// NewLadon returns ladon with the small policy.
func NewLadon() (*Ladon, error) {
	l := &Ladon{&ladon.Ladon{Manager: memory.NewMemoryManager()}}
	if err := l.permit("admin", world.Endpoint, ladonOwn(true, false)); err != nil {
		return nil, err
	}
	return l, l.permit("user", world.Endpoint, ladonOwn(true, true))
}

// NewLadonOfMany returns ladon with a large policy.
func NewLadonOfMany(m world.Many) (*Ladon, error) {
	l := &Ladon{&ladon.Ladon{Manager: memory.NewMemoryManager()}}
	return l, m.Each(func(role, endpoint string) error {
		return l.permit(role, endpoint, ladonOwn(true, true))
	})
}

func (l *Ladon) permit(role, endpoint string, conditions ladon.Conditions) error {
	return l.warden.Manager.Create(context.Background(), &ladon.DefaultPolicy{
		ID: role + " " + endpoint, Subjects: []string{role}, Resources: []string{endpoint},
		Actions: []string{world.Method}, Effect: ladon.AllowAccess, Conditions: conditions,
	})
}

// LadonRequest returns a request about an invoice, made beforehand.
func LadonRequest(c world.Claims, endpoint string, row *world.Invoice) *ladon.Request {
	return &ladon.Request{
		Subject: c.Roles[0], Action: world.Method, Resource: endpoint,
		Context: ladon.Context{
			"account": c.Account, "sub": c.Subject,
			"account_id": row.AccountID, "created_by": row.CreatedBy,
		},
	}
}

// Allow decides about one invoice.
func (l *Ladon) Allow(r *ladon.Request) bool {
	return l.warden.IsAllowed(context.Background(), r) == nil
}
