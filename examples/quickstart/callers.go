package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/payload"
)

// enter issues a token for every caller and verifies it. From here on, all that
// is known of a caller is what the verifier returned.
func (t *tour) enter(ctx context.Context, tokens *tokens) error {
	t.out.heading("Callers, each with a signed token")
	var lines [][]string
	for _, c := range callers {
		token, err := tokens.signers[c.alg].Access(c.claims)
		if err != nil {
			return err
		}
		claims, err := tokens.verifier.Verify(ctx, token)
		if err != nil {
			return err
		}
		t.verified = append(t.verified, claims)
		lines = append(lines, describe(c.alg, claims))
	}
	t.out.table([]string{"caller", "signed", "roles", "account", ">level", "team"}, lines)
	return nil
}

// describe returns the claims that rules use.
func describe(alg payload.Algorithm, c Claims) []string {
	line := []string{c.Subject, string(alg), strings.Join(c.Roles, ", "), c.Account, "", strings.Join(c.Team, ", ")}
	if c.Level != 0 {
		line[4] = fmt.Sprint(c.Level)
	}
	return line
}

// refuse shows what becomes of forged tokens.
func (t *tour) refuse(ctx context.Context, tokens *tokens) error {
	t.out.heading("Forged tokens")
	bob := callers[3].claims
	forged, err := tokens.forgeries(bob)
	if err != nil {
		return err
	}
	var lines [][]string
	for _, f := range forged {
		_, err := tokens.verifier.Verify(ctx, f.token)
		var refused *payload.Error
		if !errors.As(err, &refused) {
			return fmt.Errorf("a forged token is not refused: %s", f.what)
		}
		lines = append(lines, []string{f.what, t.out.paint(yellow, refused.Error()), refused.Reason()})
	}
	t.out.table([]string{"bob's token", "error, for the caller", "reason, for the log"}, lines)
	return nil
}
