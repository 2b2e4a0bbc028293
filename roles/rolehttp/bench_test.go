package rolehttp_test

import (
	"context"
	"testing"

	"github.com/rolespec/rolespec/roles/rolehttp"
)

// BenchmarkAdmit is what a guard costs, token and policy included; Verify is the token
// alone.
func BenchmarkAdmit(b *testing.B) {
	v, token := newVerifier(b), bearing("a1", "user")
	b.Run("Verify", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := v.Verify(b.Context(), token); err != nil {
				b.Fatal(err)
			}
		}
	})
	for name, g := range map[string]*rolehttp.Guard[claims]{
		"Admit": newGuard(b),
		"Audit": newGuard(b, rolehttp.WithAudit(func(context.Context, rolehttp.Event) {})),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := g.Admit(b.Context(), token, "tasks", "GET"); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
