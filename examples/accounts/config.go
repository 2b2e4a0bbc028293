package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// config is what the service is told. Secrets come from the environment: the arguments of
// a process can be read by others.
type config struct {
	secret           string // that tokens are signed with
	tokenLife        time.Duration
	openRegistration bool
	first            firstAdmin
	demo             bool
}

// firstAdmin is who can log in to an empty database.
type firstAdmin struct{ email, password, account string }

// readConfig reads the environment. All that is wrong is reported together, and nothing of
// a secret is.
func readConfig(getenv func(string) string) (config, error) {
	c := config{
		secret:    getenv("SECRET_KEY"),
		tokenLife: time.Hour,
		first: firstAdmin{
			email:    foldEmail(getenv("FIRST_SUPER_ADMIN_EMAIL")),
			password: getenv("FIRST_SUPER_ADMIN_PASSWORD"),
			account:  getenv("FIRST_SUPER_ADMIN_ACCOUNT_NAME"),
		},
	}
	var errs []error
	if err := strong(c.secret, 32); err != nil {
		errs = append(errs, fmt.Errorf("SECRET_KEY %w; make one with: openssl rand -hex 32", err))
	}
	if text := getenv("ACCESS_TOKEN_EXPIRE_MINUTES"); text != "" {
		minutes, err := strconv.Atoi(text)
		if err != nil || minutes < 1 || minutes > 24*60 {
			errs = append(errs, errors.New("ACCESS_TOKEN_EXPIRE_MINUTES has to be a number from 1 to 1440"))
		}
		c.tokenLife = time.Duration(minutes) * time.Minute
	}
	switch text := getenv("USERS_OPEN_REGISTRATION"); strings.ToLower(text) {
	case "", "false", "0":
	case "true", "1":
		c.openRegistration = true
	default:
		errs = append(errs, errors.New("USERS_OPEN_REGISTRATION has to be true or false"))
	}
	return c, errors.Join(append(errs, c.first.check())...)
}

// check accepts no first admin at all, and none by halves.
func (f firstAdmin) check() error {
	if f == (firstAdmin{}) {
		return nil
	}
	var errs []error
	if !isEmail(f.email) {
		errs = append(errs, errors.New("FIRST_SUPER_ADMIN_EMAIL is no e-mail address"))
	}
	if n := utf8.RuneCountInString(f.account); n == 0 || n > maxText || !printable(f.account) {
		errs = append(errs, errors.New("FIRST_SUPER_ADMIN_ACCOUNT_NAME is missing or too long"))
	}
	if err := strong(f.password, 12); err != nil {
		errs = append(errs, fmt.Errorf("FIRST_SUPER_ADMIN_PASSWORD %w", err))
	} else if f.email != "" && strings.Contains(strings.ToLower(f.password), f.email) || len(f.password) > maxPassword {
		errs = append(errs, errors.New("FIRST_SUPER_ADMIN_PASSWORD has the e-mail address in it, or is too long"))
	}
	return errors.Join(errs...)
}
