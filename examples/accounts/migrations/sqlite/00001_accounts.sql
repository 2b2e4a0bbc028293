-- +goose Up
CREATE TABLE accounts (
	id          TEXT PRIMARY KEY NOT NULL,
	name        TEXT NOT NULL UNIQUE,
	description TEXT,
	is_active   INTEGER NOT NULL CHECK (is_active IN (0, 1)),
	plan_id     TEXT,
	current_subscription_ends INTEGER, -- instants are microseconds since 1970
	created_at  INTEGER NOT NULL,
	updated_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX accounts_in_order ON accounts (created_at, id);

CREATE TABLE roles (
	id          TEXT PRIMARY KEY NOT NULL,
	name        TEXT NOT NULL UNIQUE,
	description TEXT NOT NULL
) STRICT;

CREATE TABLE users (
	id              TEXT PRIMARY KEY NOT NULL,
	full_name       TEXT,
	email           TEXT NOT NULL UNIQUE, -- in lower case
	phone_number    TEXT UNIQUE,
	hashed_password TEXT NOT NULL,
	is_active       INTEGER NOT NULL CHECK (is_active IN (0, 1)),
	account_id      TEXT REFERENCES accounts (id),
	created_at      INTEGER NOT NULL,
	updated_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX users_in_order ON users (created_at, id);
CREATE INDEX users_by_account ON users (account_id, created_at, id);

-- One role for a user; none is a guest.
CREATE TABLE user_roles (
	user_id TEXT PRIMARY KEY NOT NULL REFERENCES users (id),
	role_id TEXT NOT NULL REFERENCES roles (id)
) STRICT;
CREATE INDEX user_roles_by_role ON user_roles (role_id);

-- The refresh tokens that can be redeemed, one for each login.
CREATE TABLE logins (
	id      TEXT PRIMARY KEY NOT NULL,
	subject TEXT NOT NULL,
	token   TEXT NOT NULL,
	expires INTEGER NOT NULL -- seconds since 1970
) STRICT;
CREATE INDEX logins_by_subject ON logins (subject);
CREATE INDEX logins_by_end ON logins (expires);

-- +goose Down
DROP TABLE logins;
DROP TABLE user_roles;
DROP TABLE users;
DROP TABLE roles;
DROP TABLE accounts;
