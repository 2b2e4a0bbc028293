-- +goose Up
CREATE TABLE groups (
	id          INTEGER PRIMARY KEY AUTOINCREMENT, -- the id of a deleted row is not given again
	name        TEXT NOT NULL UNIQUE,
	description TEXT
) STRICT;

CREATE TABLE resources (
	id   INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE
) STRICT;

-- The id is the one that another system gives its user.
CREATE TABLE users (
	id TEXT PRIMARY KEY NOT NULL CHECK (length(id) BETWEEN 1 AND 24)
) STRICT;

-- Both links are found from either end: the answer for one user and one resource reads
-- the primary keys, lists begin where they are asked about.
CREATE TABLE memberships (
	group_id INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
	user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_by_user ON memberships (user_id, group_id);

CREATE TABLE shares (
	resource_id INTEGER NOT NULL REFERENCES resources (id) ON DELETE CASCADE,
	group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
	PRIMARY KEY (resource_id, group_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX shares_by_group ON shares (group_id, resource_id);

-- The epoch of answers that are kept outside of the database: a word that no other epoch
-- has, of this database or another. What was kept in an earlier one is never used again.
CREATE TABLE epochs (
	id    INTEGER PRIMARY KEY CHECK (id = 1),
	epoch TEXT NOT NULL
) STRICT;
INSERT INTO epochs VALUES (1, 'none');

-- +goose Down
DROP TABLE epochs;
DROP TABLE shares;
DROP TABLE memberships;
DROP TABLE users;
DROP TABLE resources;
DROP TABLE groups;
