package payloadjwks

import (
	"net/netip"
	"net/url"
)

// addressProblem says what is wrong with the address of a set, "" for nothing. The text
// holds nothing of the address, which can have a secret in it.
func addressProblem(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return "the address is not a URL"
	case u.User != nil:
		return "the address holds a user or password"
	case u.Fragment != "" || u.Opaque != "":
		return "the address holds a fragment, or is opaque"
	case u.Hostname() == "":
		return "the address names no host"
	case u.Scheme == "https", u.Scheme == "http" && loopback(u.Hostname()):
		return ""
	}
	return "the address is not https, nor http of this machine"
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
