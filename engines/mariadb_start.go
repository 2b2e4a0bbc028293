package engines

import (
	"path/filepath"

	"github.com/go-sql-driver/mysql"
)

// mariadbPlaces are the directories, beside those of PATH, in which packages
// put the programs of the server.
var mariadbPlaces = []string{
	"/usr/sbin", "/usr/bin", "/usr/libexec", "/usr/local/sbin", "/usr/local/bin",
	"/opt/homebrew/opt/mariadb*/bin", "/usr/local/opt/mariadb*/bin",
}

// startMariaDB starts a private server and returns a DSN of it.
func startMariaDB() (*private, string, error) {
	install, err := find(mariadbPlaces, "mariadb-install-db", "mysql_install_db")
	if err != nil {
		return nil, "", err
	}
	server, err := find(mariadbPlaces, "mariadbd", "mysqld")
	if err != nil {
		return nil, "", err
	}
	p, err := newPrivate("mariadb", "KILL", "mysql", "nobody")
	if err != nil {
		return nil, "", err
	}
	data, socket := filepath.Join(p.dir, "data"), filepath.Join(p.dir, "socket")
	storage := []string{"--no-defaults", "--datadir=" + data, "--tmpdir=" + p.dir,
		"--innodb-log-file-size=16M", "--innodb-buffer-pool-size=64M",
		"--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0"}
	if err := p.run(install, append(storage, "--auth-root-authentication-method=normal", "--skip-test-db")...); err != nil {
		return nil, "", p.abandon(err)
	}
	if err := p.serve(server, append(storage, "--socket="+socket, "--pid-file="+filepath.Join(p.dir, "pid"),
		"--skip-networking", "--skip-log-bin", "--max-connections=300",
		"--character-set-server=utf8mb4", "--default-time-zone=+05:45")...); err != nil {
		return nil, "", p.abandon(err)
	}
	cfg := mysql.NewConfig()
	cfg.User, cfg.Net, cfg.Addr = "root", "unix", socket
	return p, cfg.FormatDSN(), nil
}
