-- +goose Up
CREATE TABLE groups (
	id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name        text COLLATE "C" NOT NULL UNIQUE,
	description text COLLATE "C"
);

CREATE TABLE resources (
	id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text COLLATE "C" NOT NULL UNIQUE
);

-- The id is the one that another system gives its user.
CREATE TABLE users (
	id text COLLATE "C" PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 24)
);

-- Both links are found from either end: the answer for one user and one resource reads
-- the primary keys, lists begin where they are asked about.
CREATE TABLE memberships (
	group_id integer NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
	user_id  text COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	PRIMARY KEY (group_id, user_id)
);
CREATE INDEX memberships_by_user ON memberships (user_id, group_id);

CREATE TABLE shares (
	resource_id integer NOT NULL REFERENCES resources (id) ON DELETE CASCADE,
	group_id    integer NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
	PRIMARY KEY (resource_id, group_id)
);
CREATE INDEX shares_by_group ON shares (group_id, resource_id);

-- The epoch of answers that are kept outside of the database: a word that no other epoch
-- has, of this database or another. What was kept in an earlier one is never used again.
CREATE TABLE epochs (
	id    integer PRIMARY KEY CHECK (id = 1),
	epoch text COLLATE "C" NOT NULL
);
INSERT INTO epochs VALUES (1, 'none');

-- +goose Down
DROP TABLE epochs;
DROP TABLE shares;
DROP TABLE memberships;
DROP TABLE users;
DROP TABLE resources;
DROP TABLE groups;
