package main

import (
	"context"
	"fmt"
	"strings"
	"testing/fstest"

	effectv1 "github.com/cerbos/cerbos/api/genpb/cerbos/effect/v1"
	enginev1 "github.com/cerbos/cerbos/api/genpb/cerbos/engine/v1"
	"github.com/cerbos/cerbos/private/ruletable"
	"github.com/cerbos/cerbos/private/ruletable/compile"
	epdpv2 "github.com/cerbos/cloud-api/genpb/cerbos/cloud/epdp/v2"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/rolespec/rolespec/bench/internal/world"
)

// An engine is Cerbos with a policy, as it runs in a process.
type engine struct{ evaluator ruletable.Evaluator }

// newEngine compiles policies: those of a resource by its name.
func newEngine(policies map[string]string) (engine, error) {
	files := fstest.MapFS{}
	for resource, text := range policies {
		files[resource+".yaml"] = &fstest.MapFile{Data: []byte(text)}
	}
	compiled, err := compile.Compile(context.Background(), files)
	if err != nil {
		return engine{}, err
	}
	evaluator, err := ruletable.NewRuleTableFromProto(compiled, &epdpv2.Config{})
	return engine{evaluator}, err
}

// policy writes the policy of a resource. A role sees the rows of its account, and all
// but admin only those that they have made.
func policy(resource string, roles ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "apiVersion: api.cerbos.dev/v1\nresourcePolicy:\n  resource: %s\n  version: default\n  rules:\n", resource)
	for _, role := range roles {
		fmt.Fprintf(&b, "    - actions: [%q]\n      effect: EFFECT_ALLOW\n      roles: [%q]\n", world.Method, role)
		b.WriteString("      condition:\n        match:\n          all:\n            of:\n" +
			"              - expr: R.attr.account_id == P.attr.account\n")
		if role != "admin" {
			b.WriteString("              - expr: R.attr.created_by == P.attr.sub\n")
		}
	}
	return b.String()
}

// allow asks about one row that is known.
func (e engine) allow(input []*enginev1.CheckInput) (bool, error) {
	outputs, _, err := e.evaluator.Check(context.Background(), input)
	if err != nil {
		return false, err
	}
	return outputs[0].Actions[world.Method].GetEffect() == effectv1.Effect_EFFECT_ALLOW, nil
}

// plan asks for the condition on the rows.
func (e engine) plan(input *enginev1.PlanResourcesInput) (*enginev1.PlanResourcesFilter, error) {
	output, _, err := e.evaluator.Plan(context.Background(), input)
	if err != nil {
		return nil, err
	}
	return output.Filter, nil
}

// principal is the caller in Cerbos's own form.
func principal(who world.Claims) *enginev1.Principal {
	return &enginev1.Principal{Id: who.Subject, Roles: who.Roles, Attr: attributes("account", who.Account, "sub", who.Subject)}
}

func checkInput(who world.Claims, resource string, row *world.Invoice) []*enginev1.CheckInput {
	return []*enginev1.CheckInput{{
		RequestId: "1", Actions: []string{world.Method}, Principal: principal(who),
		Resource: &enginev1.Resource{
			Kind: resource, Id: fmt.Sprint(row.ID), Attr: attributes("account_id", row.AccountID, "created_by", row.CreatedBy),
		},
	}}
}

func planInput(who world.Claims, resource string) *enginev1.PlanResourcesInput {
	return &enginev1.PlanResourcesInput{
		RequestId: "1", Actions: []string{world.Method}, Principal: principal(who),
		Resource: &enginev1.PlanResourcesInput_Resource{Kind: resource},
	}
}

// attributes are texts by their names, which take turns.
func attributes(texts ...string) map[string]*structpb.Value {
	attr := map[string]*structpb.Value{}
	for i := 0; i+1 < len(texts); i += 2 {
		attr[texts[i]] = structpb.NewStringValue(texts[i+1])
	}
	return attr
}
