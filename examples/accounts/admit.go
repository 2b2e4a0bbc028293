package main

import (
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"github.com/rolespec/rolespec/examples/internal/web"
)

// admit is a 429 where the limit of a key is reached.
func admit(w http.ResponseWriter, l *limit, key string) error {
	wait, ok := l.take(key)
	if ok {
		return nil
	}
	w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(float64(wait)/float64(time.Second)))))
	return web.Problemf(http.StatusTooManyRequests, "Too many attempts")
}

// addressOf is who a request comes from, for the limit: its address, or of IPv6 the
// network, of which one host has all addresses. Headers that a client could write itself
// are not asked; behind a proxy all requests are of one address, and the proxy has a limit
// of its own.
func addressOf(r *http.Request) string {
	port, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	address := port.Addr().Unmap().WithZone("")
	if address.Is6() {
		if network, err := address.Prefix(64); err == nil {
			return network.String()
		}
	}
	return address.String()
}
