package main

import (
	"fmt"
	"sync"
	"testing"
)

// Of many who want the same at the same time one gets it, and the others are told.
func TestAtTheSameTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		guest := w.user(t, "guest", "", nil)
		crowd := func(what string, ask func(i int) reply) {
			t.Helper()
			const many = 8
			status := make([]int, many)
			var all sync.WaitGroup
			for i := range many {
				all.Go(func() { status[i] = ask(i).status })
			}
			all.Wait()
			counts := map[int]int{}
			for _, s := range status {
				counts[s]++
			}
			if counts[200] != 1 || counts[409] != many-1 {
				t.Errorf("%s: %v", what, counts)
			}
		}
		for round := range 3 {
			email := fmt.Sprintf("same%d@example.com", round)
			crowd("an e-mail address", func(i int) reply {
				b := body{"email": email, "password": password, "full_name": "x"}
				if i%2 == 0 {
					return w.send(t, "", "POST", "/users/open", b)
				}
				return w.super.ask(t, "POST", "/users", b)
			})
			crowd("the name of an account", func(int) reply {
				return w.super.ask(t, "POST", "/accounts", body{"name": fmt.Sprint("Same ", round)})
			})
		}
		crowd("the first role", func(int) reply {
			return w.super.ask(t, "POST", "/user-roles", body{"user_id": guest.id(), "role_id": w.roles[Guest]})
		})
	})
}
