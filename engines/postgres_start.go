package engines

import (
	"net/url"
	"path/filepath"
)

// postgresPlaces are the directories, beside those of PATH, in which packages
// put the programs of the server.
var postgresPlaces = []string{
	"/usr/lib/postgresql/*/bin", // Debian
	"/usr/pgsql-*/bin",          // Red Hat
	"/usr/libexec/postgresql*",  // Alpine
	"/opt/homebrew/opt/postgresql@*/bin",
	"/usr/local/opt/postgresql@*/bin",
}

// startPostgres starts a private server and returns the DSN of its first
// database.
func startPostgres() (*private, string, error) {
	initdb, err := find(postgresPlaces, "initdb")
	if err != nil {
		return nil, "", err
	}
	p, err := newPrivate("postgres", "QUIT", "postgres", "nobody")
	if err != nil {
		return nil, "", err
	}
	data := filepath.Join(p.dir, "data")
	if err := p.initPostgres(initdb, data); err != nil {
		return nil, "", p.abandon(err)
	}
	server := filepath.Join(filepath.Dir(initdb), "postgres")
	if err := p.serve(server, "-D", data, "-k", p.dir, "-p", "5432", "-h", "",
		"-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off",
		"-c", "max_connections=300", "-c", "shared_buffers=64MB",
		"-c", "autovacuum=off", "-c", "jit=off", // plans do not change by themselves
		"-c", "timezone=Asia/Kathmandu"); err != nil {
		return nil, "", p.abandon(err)
	}
	dsn := url.URL{
		Scheme: "postgres", User: url.User("postgres"), Path: "/postgres",
		RawQuery: url.Values{"host": {p.dir}, "port": {"5432"}, "sslmode": {"disable"}}.Encode(),
	}
	return p, dsn.String(), nil
}

// initPostgres makes the data directory: sorted by the rules of English if the
// server was built with ICU, or else by byte.
func (p *private) initPostgres(initdb, data string) error {
	args := []string{"-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"}
	if p.run(initdb, append(args, "--locale-provider=icu", "--icu-locale=en-US")...) == nil {
		return nil
	}
	return p.run(initdb, args...)
}
