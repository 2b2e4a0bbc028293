package payload

import (
	"fmt"
	"io"
	"log/slog"
)

// Pair is what a [Refresher] issues. In JSON it has the names of RFC 6749. Whoever has the
// tokens is the user, so fmt and slog do not show them. The zero Pair holds no token.
type Pair struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
}

const hiddenPair = "payload.Pair(hidden)"

// Format writes the same for every verb, and no token.
func (p Pair) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, hiddenPair) }

// LogValue logs no token.
func (p Pair) LogValue() slog.Value { return slog.StringValue(hiddenPair) }
