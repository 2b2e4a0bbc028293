//go:build !unix

package engines

import (
	"errors"
	"syscall"
)

// An account is who a private server runs as.
type account struct{}

// lesser fails: private servers listen on Unix sockets.
func lesser(...string) (account, error) {
	return account{}, errors.New("private servers need Unix")
}

func (account) own(string) error { return nil }

func (account) detached() *syscall.SysProcAttr { return nil }

func base(account) string { return "" }
