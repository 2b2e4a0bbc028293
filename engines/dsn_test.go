package engines

import "testing"

func TestPostgresDSN(t *testing.T) {
	for dsn, want := range map[string]string{
		"postgres://u:p@h:1/db?sslmode=disable":              "postgres://u:p@h:1/mine?sslmode=disable",
		"postgresql://u@/?host=%2Ftmp&dbname=db":             "postgresql://u@/mine?host=%2Ftmp",
		"postgres://u@h/db?database=other":                   "postgres://u@h/mine",
		"host=/tmp user=u dbname=db":                         "host=/tmp user=u dbname=db dbname=mine",
		"postgres://u:p%40ss@h1:1,h2:2/db?connect_timeout=1": "postgres://u:p%40ss@h1:1,h2:2/mine?connect_timeout=1",
	} {
		if got, err := postgresDSN(dsn, "mine"); err != nil || got != want {
			t.Errorf("%s becomes %s, want %s (%v)", dsn, got, want, err)
		}
	}
	if _, err := postgresDSN("postgres://%zz", "mine"); err == nil {
		t.Error("no error")
	}
}

// What a DSN says about the settings that filters need is overruled, and the
// rest is kept.
func TestMariaDBDSN(t *testing.T) {
	got, err := mariadbDSN("u:p@tcp(h:1)/db?collation=latin1_swedish_ci&loc=Local&parseTime=false&time_zone=%27SYSTEM%27&interpolateParams=true", "mine")
	const want = "u:p@tcp(h:1)/mine?collation=utf8mb4_bin&interpolateParams=true&parseTime=true&sql_auto_is_null=0" +
		"&sql_mode=%27STRICT_TRANS_TABLES%2CNO_ZERO_DATE%2CNO_ZERO_IN_DATE%2CERROR_FOR_DIVISION_BY_ZERO%27&time_zone=%27%2B00%3A00%27"
	if err != nil || got != want {
		t.Errorf("got %s\nwant %s (%v)", got, want, err)
	}
	if _, err := mariadbDSN("no DSN", "mine"); err == nil {
		t.Error("no error")
	}
}
