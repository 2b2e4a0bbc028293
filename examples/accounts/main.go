package main

import (
	"context"
	"flag"
	"net/http"
	"os"

	"github.com/alexedwards/argon2id"

	"github.com/rolespec/rolespec/examples/internal/service"
)

const help = `Logs users in, and serves users, accounts and roles to each caller as the policy permits.

The environment has SECRET_KEY, FIRST_SUPER_ADMIN_EMAIL, FIRST_SUPER_ADMIN_PASSWORD,
FIRST_SUPER_ADMIN_ACCOUNT_NAME, ACCESS_TOKEN_EXPIRE_MINUTES and USERS_OPEN_REGISTRATION.
With neither -db nor SECRET_KEY it is a demonstration: the key and the passwords are made
for this run alone. No key and no password is built in.`

func main() {
	program(os.Getenv, passwordCost, defaultLimits).Main()
}

// program is the service in an environment.
func program(getenv func(string) string, cost argon2id.Params, most limits) service.Service {
	var c config
	var db flag.Getter
	return service.Service{
		Name:      "accounts",
		Help:      help,
		TrimSlash: true,
		Flags: func(flags *flag.FlagSet) {
			db, _ = flags.Lookup("db").Value.(flag.Getter)
		},
		Check: func() (err error) {
			if getenv("SECRET_KEY") == "" && db != nil && db.Get() == "" {
				c, err = demonstration()
				return err
			}
			c, err = readConfig(getenv)
			return err
		},
		Build: func(ctx context.Context, env *service.Env) (http.Handler, error) {
			return build(ctx, env, c, cost, most)
		},
	}
}
