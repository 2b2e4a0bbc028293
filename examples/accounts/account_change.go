package main

import (
	"database/sql"
	"net/http"
	"time"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

const accountTaken = "An account with this name already exists"

// accountChange is the body of a new account and of a change of one. What is left out
// stays as it is.
type accountChange struct {
	Name                    field[string]    `json:"name"`
	Description             field[string]    `json:"description"`
	IsActive                field[bool]      `json:"is_active"`
	PlanID                  field[uuid.UUID] `json:"plan_id"`
	CurrentSubscriptionEnds field[time.Time] `json:"current_subscription_ends"`
}

// apply writes the change into an account.
func (b accountChange) apply(a *Account) error {
	var f fits
	needed(&f, "name", &a.Name, b.Name)
	needed(&f, "is_active", &a.IsActive, b.IsActive)
	optional(&a.Description, b.Description)
	optional(&a.PlanID, b.PlanID)
	optional(&a.CurrentSubscriptionEnds, b.CurrentSubscriptionEnds)
	f.text("name", a.Name, 1, maxText)
	f.optionalText("description", a.Description, maxText)
	a.CurrentSubscriptionEnds = f.instant("current_subscription_ends", a.CurrentSubscriptionEnds)
	return f.done()
}

func (a *api) changeAccount(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	c, err := callerOf(r)
	if err != nil {
		return err
	}
	body, err := web.Decode[accountChange](w, r)
	if err != nil {
		return err
	}
	may := rolehttp.Permission(r.Context())
	var after Account
	err = a.store.write(r.Context(), c, func(tx *sql.Tx) error {
		before, err := findAccount(r.Context(), a.store.db, tx, id)
		if err != nil {
			return err
		}
		after = before
		// Of an account that is not the caller's nothing is told, whatever the body is.
		if err := roles.CheckDelete(may, &before); err != nil {
			return err
		}
		if err := body.apply(&after); err != nil {
			return err
		}
		if err := roles.CheckUpdate(may, &before, &after); err != nil {
			return err
		}
		if err := roles.CheckColumns(may, changedAccountFields(&before, &after)...); err != nil {
			return err
		}
		after.UpdatedAt = now()
		return changeAccount(r.Context(), a.store.db, tx, &after, may.Rows)
	})
	if err != nil {
		return taken(err, accountTaken)
	}
	return web.WriteJSON(w, http.StatusOK, after)
}

// changedAccountFields names the fields of an account that a caller has made different.
func changedAccountFields(before, after *Account) []string {
	return changed(
		change{"name", before.Name, after.Name},
		change{"description", before.Description, after.Description},
		change{"is_active", before.IsActive, after.IsActive},
		change{"plan_id", before.PlanID, after.PlanID},
		change{"current_subscription_ends", before.CurrentSubscriptionEnds, after.CurrentSubscriptionEnds})
}
