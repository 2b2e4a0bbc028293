//go:build unix

package engines

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// An account is who a private server runs as.
type account struct {
	credential *syscall.Credential // nil for whoever runs the tests
}

// lesser returns the account for a server: as servers refuse to run as root,
// root gives way to the first of the users there is.
func lesser(users ...string) (account, error) {
	if os.Geteuid() != 0 {
		return account{}, nil
	}
	for _, name := range users {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			return account{}, err
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			return account{}, err
		}
		return account{&syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return account{}, fmt.Errorf("root runs no server, and there is no user %s", strings.Join(users, " or "))
}

// own hands a directory to the account.
func (a account) own(dir string) error {
	if a.credential == nil {
		return nil
	}
	return os.Chown(dir, int(a.credential.Uid), int(a.credential.Gid))
}

// detached makes a process run under the account, in a session of its own: an
// interrupt that is meant for the tests does not reach it.
func (a account) detached() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Credential: a.credential, Setsid: true}
}

// base returns the directory in which private servers have theirs: the usual
// one for temporary files, unless the account cannot work there or the name of
// a socket in it would be too long.
func base(a account) string {
	dir := os.TempDir()
	if len(dir) > 50 || (a.credential != nil && !public(dir)) {
		return "/tmp"
	}
	return dir
}

// public reports whether every user can make files in the directory.
func public(dir string) bool {
	for need := os.FileMode(0o003); ; need = 0o001 {
		info, err := os.Stat(dir)
		if err != nil || info.Mode().Perm()&need != need {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
		dir = filepath.Dir(dir)
	}
}
