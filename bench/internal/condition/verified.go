package condition

import (
	entdialect "entgo.io/ent/dialect"
	ent "entgo.io/ent/dialect/sql"
	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/peer"
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/spec"
)

const (
	appended = "rolespec, appended"
	sqlizer  = "rolespec, Sqlizer"
	constant = "hand-written, constant text"
)

const wholeStatements = "goqu, go-sqlbuilder and bob write whole statements only: see condition/select"

// verified is the condition that Verify has returned.
func verified() scene.Scene {
	return scene.Scene{
		Name: "condition/verified",
		Does: "a specification from Verify -> text and arguments: two equalities",
		Open: func(scene.Size) (*scene.Open, error) {
			mine, err := own()
			if err != nil {
				return nil, err
			}
			return &scene.Open{Ways: append(rendered(mine),
				peerWay("squirrel", func() (string, []any, error) {
					return sq.And{sq.Eq{"account_id": world.Account}, sq.Eq{"created_by": world.Subject}}.ToSql()
				}),
				peerWay("ent", func() (string, []any, error) {
					p := ent.And(ent.EQ("account_id", world.Account), ent.EQ("created_by", world.Subject))
					p.SetDialect(entdialect.Postgres)
					text, args := p.Query()
					return text, args, nil
				}),
			)}, nil
		},
		Goals: []scene.Goal{
			scene.AtMost(scene.Ours, 0.5, 0), scene.Allocs(scene.Ours, 1),
			scene.AtMost(appended, 0.15, 0), scene.Allocs(appended, 0),
			scene.Faster(scene.Ours, "squirrel", 20),
		},
		Notes: []string{
			wholeStatements,
			"cel2sql writes values into the text, which is another thing, and its module cannot be had",
		},
	}
}

// whatever is the same condition built by the program.
func whatever() scene.Scene {
	return scene.Scene{
		Name: "condition/any",
		Does: "any specification -> text and arguments: two equalities, built by the program",
		Open: func(scene.Size) (*scene.Open, error) {
			s := spec.Eq("account_id", world.Account).And(spec.Eq("created_by", world.Subject))
			return &scene.Open{Ways: rendered(s)}, nil
		},
		Goals: []scene.Goal{scene.AtMost(scene.Ours, 1.2, 1)},
		Notes: []string{"peers are in condition/verified and condition/select"},
	}
}

// rendered are the ways to make a WHERE of the condition of the role user.
func rendered(s spec.Specification) []pair.Way {
	account, creator := world.Account, world.Subject
	return []pair.Way{
		handWay(account, creator),
		pair.New(constant, func(n int) (s statement, err error) {
			for range n {
				s.text, s.args = handConstant(account, creator)
			}
			return s, nil
		}, statement.print),
		ours(s),
		pair.New(appended, func(n int) (b *buffers, err error) {
			b = kept
			for range n {
				if b.text, b.args, err = invoices.Append(b.text[:0], b.args[:0], s, dialect); err != nil {
					return b, err
				}
			}
			return b, nil
		}, func(b *buffers) (string, error) { return b.statement().print() }),
		pair.New(sqlizer, func(n int) (made statement, err error) {
			for range n {
				if made.text, made.args, err = invoices.Where(s, dialect).ToSql(); err != nil {
					return made, err
				}
			}
			return made, nil
		}, statement.print),
	}
}

// kept are the buffers of the caller that appends.
var kept = &buffers{make([]byte, 0, 512), make([]any, 0, 16)}

// ours is the simple call.
func ours(s spec.Specification) pair.Way {
	return pair.New(scene.Ours, func(n int) (made statement, err error) {
		for range n {
			if made.text, made.args, err = invoices.SQL(s, dialect); err != nil {
				return made, err
			}
		}
		return made, nil
	}, statement.print)
}

// request is all of a request up to the database: decide, then the condition.
func request() scene.Scene {
	return scene.Scene{
		Name: "condition/request",
		Does: "verify, then text and arguments: two equalities",
		Open: func(scene.Size) (*scene.Open, error) {
			policy, caller := world.Policy(), world.Caller("user")
			opa, err := peer.NewOPAWhere(caller)
			if err != nil {
				return nil, err
			}
			return &scene.Open{Ways: []pair.Way{
				pair.New(scene.Hand, func(n int) (s statement, err error) {
					for range n {
						s.text, s.args = handRequest(&caller, world.Endpoint, world.Method)
					}
					return s, nil
				}, statement.print),
				pair.New(scene.Ours, func(n int) (made statement, err error) {
					for range n {
						mine, err := policy.Verify(caller, world.Endpoint, world.Method)
						if err != nil {
							return made, err
						}
						if made.text, made.args, err = invoices.SQL(mine, dialect); err != nil {
							return made, err
						}
					}
					return made, nil
				}, statement.print),
				peerWay("OPA, to SQL", func() (string, []any, error) {
					text, err := opa.Where()
					return text, nil, err
				}),
			}}, nil
		},
		Notes: []string{
			"OPA writes the values into the text, which a database has to parse anew for every caller",
			"other peers decide in verify, or write SQL in condition/verified and condition/select",
		},
	}
}
