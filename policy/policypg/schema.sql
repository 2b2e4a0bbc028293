-- The policies that are in force, one row each. Only name and body are written by
-- hand; the rest follows.
CREATE TABLE IF NOT EXISTS {table} (
	name         text COLLATE "C" PRIMARY KEY CHECK (octet_length(name) BETWEEN 1 AND 1000),
	body         bytea NOT NULL,
	version      text NOT NULL GENERATED ALWAYS AS (left(encode(sha256(body), 'hex'), 16)) STORED,
	revision     bigint NOT NULL,
	published_at timestamptz NOT NULL,
	published_by text NOT NULL
);

-- Fails where the table of that name is another one.
SELECT name, body, version, revision, published_at, published_by FROM {table} LIMIT 0;

-- Everything that was ever in force.
CREATE TABLE IF NOT EXISTS {history} (
	name         text COLLATE "C",
	revision     bigint,
	body         bytea NOT NULL,
	version      text NOT NULL,
	published_at timestamptz NOT NULL,
	published_by text NOT NULL,
	PRIMARY KEY (name, revision)
);

-- Numbers the revisions. It belongs to no column: the numbers go on when the table
-- is dropped, emptied or made anew.
CREATE SEQUENCE IF NOT EXISTS {revision};

CREATE OR REPLACE FUNCTION {stamp}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $rolespec$
BEGIN
	NEW.revision := nextval(format('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME || '_revision')::regclass);
	NEW.published_at := clock_timestamp();
	NEW.published_by := current_user;
	RETURN NEW;
END
$rolespec$;

CREATE OR REPLACE FUNCTION {keep}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $rolespec$
BEGIN
	EXECUTE format('INSERT INTO %I.%I (name, revision, body, version, published_at, published_by)
		VALUES (($1).name, ($1).revision, ($1).body, ($1).version, ($1).published_at, ($1).published_by)',
		TG_TABLE_SCHEMA, TG_TABLE_NAME || '_history') USING NEW;
	RETURN NULL;
END
$rolespec$;

-- Says which policy may have changed; the empty name stands for all of them.
CREATE OR REPLACE FUNCTION {notify}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $rolespec$
BEGIN
	IF TG_OP IN ('INSERT', 'UPDATE') THEN
		PERFORM pg_notify('rolespec_policy', NEW.name);
	END IF;
	IF TG_OP IN ('UPDATE', 'DELETE') THEN
		PERFORM pg_notify('rolespec_policy', OLD.name);
	END IF;
	IF TG_OP = 'TRUNCATE' THEN
		PERFORM pg_notify('rolespec_policy', '');
	END IF;
	RETURN NULL;
END
$rolespec$;

CREATE OR REPLACE TRIGGER rolespec_stamp BEFORE INSERT OR UPDATE ON {table}
	FOR EACH ROW EXECUTE FUNCTION {stamp}();
CREATE OR REPLACE TRIGGER rolespec_keep AFTER INSERT OR UPDATE ON {table}
	FOR EACH ROW EXECUTE FUNCTION {keep}();
CREATE OR REPLACE TRIGGER rolespec_notify AFTER INSERT OR UPDATE OR DELETE ON {table}
	FOR EACH ROW EXECUTE FUNCTION {notify}();
CREATE OR REPLACE TRIGGER rolespec_notify_all AFTER TRUNCATE ON {table}
	FOR EACH STATEMENT EXECUTE FUNCTION {notify}();
