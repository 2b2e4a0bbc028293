-- +goose Up
CREATE TABLE accounts (
	id          uuid PRIMARY KEY,
	name        text COLLATE "C" NOT NULL UNIQUE,
	description text COLLATE "C",
	is_active   boolean NOT NULL,
	plan_id     uuid,
	current_subscription_ends timestamptz,
	created_at  timestamptz NOT NULL,
	updated_at  timestamptz NOT NULL
);
CREATE INDEX accounts_in_order ON accounts (created_at, id);

CREATE TABLE roles (
	id          uuid PRIMARY KEY,
	name        text COLLATE "C" NOT NULL UNIQUE,
	description text COLLATE "C" NOT NULL
);

CREATE TABLE users (
	id              uuid PRIMARY KEY,
	full_name       text COLLATE "C",
	email           text COLLATE "C" NOT NULL UNIQUE, -- in lower case
	phone_number    text COLLATE "C" UNIQUE,
	hashed_password text COLLATE "C" NOT NULL,
	is_active       boolean NOT NULL,
	account_id      uuid REFERENCES accounts (id),
	created_at      timestamptz NOT NULL,
	updated_at      timestamptz NOT NULL
);
CREATE INDEX users_in_order ON users (created_at, id);
CREATE INDEX users_by_account ON users (account_id, created_at, id);

-- One role for a user; none is a guest.
CREATE TABLE user_roles (
	user_id uuid PRIMARY KEY REFERENCES users (id),
	role_id uuid NOT NULL REFERENCES roles (id)
);
CREATE INDEX user_roles_by_role ON user_roles (role_id);

-- The refresh tokens that can be redeemed, one for each login.
CREATE TABLE logins (
	id      text COLLATE "C" PRIMARY KEY,
	subject text COLLATE "C" NOT NULL,
	token   text COLLATE "C" NOT NULL,
	expires bigint NOT NULL -- seconds since 1970
);
CREATE INDEX logins_by_subject ON logins (subject);
CREATE INDEX logins_by_end ON logins (expires);

-- +goose Down
DROP TABLE logins;
DROP TABLE user_roles;
DROP TABLE users;
DROP TABLE roles;
DROP TABLE accounts;
