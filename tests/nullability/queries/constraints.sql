-- Columns as the schema constrains them.

-- name: Columns :many
-- columns: id NOT NULL (identity), name NOT NULL (constraint), nick NULL (none), born NULL (none), boss_id NULL (a foreign key allows NULL)
SELECT id, name, nick, born, boss_id FROM people;

-- name: PrimaryKeyOfTwo :many
-- columns: team_id NOT NULL (part of the key), person_id NOT NULL (part of the key), standing NULL (none)
SELECT team_id, person_id, standing FROM members;

-- name: CheckedColumn :many
-- columns: email NOT NULL (CHECK email IS NOT NULL)
SELECT email FROM people;

-- name: GeneratedColumns :many
-- columns: shout NOT NULL (made of a NOT NULL column), nick_length NULL (made of a nullable one)
SELECT shout, nick_length FROM people;

-- name: DomainColumn :many
-- columns: sku NOT NULL (key), quantity NULL? (a NOT NULL domain can still hold the NULL of an outer join or subquery)
SELECT sku, quantity FROM stock;

-- name: SystemColumns :many
-- columns: ctid NOT NULL (system column), tableoid NOT NULL (system column)
SELECT ctid, tableoid FROM notes;

-- name: WholeRow :many
-- columns: notes NOT NULL (a row is a value even if all its columns are NULL)
SELECT notes FROM notes;

-- name: Star :many
-- columns: task_id NULL (none), author_id NULL (none), line NULL (none), stars NULL (none)
SELECT * FROM notes;

-- name: Partitioned :many
-- columns: sensor NOT NULL (constraint), taken_at NOT NULL (constraint), value NULL (none)
SELECT sensor, taken_at, value FROM readings;

-- name: NotInherited :many
-- columns: id NOT NULL (children inherit it), name NULL (NO INHERIT leaves children free)
SELECT id, name FROM animals;

-- name: OnlyTheParent :many
-- columns: name NOT NULL (constraint of the table itself)
SELECT name FROM ONLY animals;

-- name: Child :many
-- columns: id NOT NULL (inherited), name NULL (not inherited), breed NULL (none)
SELECT id, name, breed FROM dogs;

-- name: UniqueIsNoPromise :many
-- columns: mascot NULL (none), title NOT NULL (constraint)
SELECT mascot, title FROM teams;

-- name: CompositeField :many
-- columns: street NULL (fields have no constraint), home NULL (none)
SELECT (home).street, home FROM people;

-- name: CatalogColumns :many
-- columns: relname NOT NULL (catalogs have constraints too), relacl NULL (none)
SELECT relname, relacl FROM pg_class LIMIT 50;
