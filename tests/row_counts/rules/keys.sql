-- name: NotDistinctFromAKey :one
-- rule: IS NOT DISTINCT FROM fixes a key that is not NULL, or whose NULLs are not distinct (9.2, 5.5.3)
-- rows: at-most-one
SELECT name FROM customers WHERE id IS NOT DISTINCT FROM $1;

-- name: NullOfAKey :one
-- rule: IS NOT DISTINCT FROM fixes a key that is not NULL, or whose NULLs are not distinct (9.2, 5.5.3)
-- rows: at-most-one
SELECT holder FROM lockers WHERE room IS NULL;

-- name: NotDistinctFromANullableKey :many
-- rule: IS NOT DISTINCT FROM fixes a key that is not NULL, or whose NULLs are not distinct (9.2, 5.5.3)
-- rows: many
-- given: INSERT INTO customers VALUES (1, 'a', NULL), (2, 'b', NULL)
-- arguments: NULL
SELECT name FROM customers WHERE nick IS NOT DISTINCT FROM $1;

-- name: ImmediateKey :one
-- rule: a deferrable key may be broken in a transaction (SET CONSTRAINTS)
-- rows: at-most-one
SELECT id FROM slots WHERE place = 1;

-- name: DeferrableKey :many
-- rule: a deferrable key may be broken in a transaction (SET CONSTRAINTS)
-- rows: many
-- given: SET CONSTRAINTS ALL DEFERRED; INSERT INTO slots VALUES (1, 1), (1, 2)
SELECT place FROM slots WHERE id = 1;

-- name: KeyOfOnlyOne :one
-- rule: a key does not reach the tables that inherit from its own (5.11.1)
-- rows: at-most-one
SELECT id FROM ONLY things WHERE id = 1;

-- name: KeyOfSeveral :many
-- rule: a key does not reach the tables that inherit from its own (5.11.1)
-- rows: many
-- given: INSERT INTO things VALUES (1); INSERT INTO machines VALUES (1, 5)
SELECT id FROM things WHERE id = 1;

-- name: AttachedIndex :one
-- rule: an index made ON ONLY a partitioned table counts when its parts are attached (5.12.2.1)
-- rows: at-most-one
SELECT line FROM traces WHERE id = 1;

-- name: IndexWithoutParts :many
-- rule: an index made ON ONLY a partitioned table counts when its parts are attached (5.12.2.1)
-- rows: many
-- given: INSERT INTO logs VALUES (1, 'a'), (1, 'b')
SELECT line FROM logs WHERE id = 1;

-- name: ExcludedByEquality :one
-- rule: an exclusion constraint keeps apart what its operators hold together (5.5.6)
-- rows: at-most-one
SELECT guest FROM rooms WHERE number = 1;

-- name: ExcludedByOverlap :one
-- rule: an exclusion constraint keeps apart what its operators hold together (5.5.6)
-- rows: at-most-one
SELECT room FROM stays WHERE guest = 'a' AND during @> 5;

-- name: EmptyRangesDoNotOverlap :many
-- rule: an exclusion constraint keeps apart what its operators hold together (5.5.6)
-- rows: many
-- given: INSERT INTO stays VALUES ('a', 'empty', 1), ('a', 'empty', 2)
SELECT room FROM stays WHERE guest = 'a' AND during = 'empty';

-- name: OneSetting :one
-- rule: a CHECK that cannot be NULL holds for every row (5.5.1)
-- rows: at-most-one
SELECT value FROM settings;

-- name: CheckThatMayBeNull :many
-- rule: a CHECK that cannot be NULL holds for every row (5.5.1)
-- rows: many
-- given: INSERT INTO drafts_of_settings VALUES (NULL, 'a'), (NULL, 'b')
SELECT value FROM drafts_of_settings;

-- name: ConstantKey :one
-- rule: an index over a constant holds one row (11.7)
-- rows: at-most-one
SELECT value FROM one_row;

-- name: NoKey :many
-- rule: an index over a constant holds one row (11.7)
-- rows: many
-- given: INSERT INTO copies VALUES (1), (2)
SELECT id FROM copies;

-- name: FunctionAsIndexed :one
-- rule: an index over a function that was replaced keeps what the old one gave (CREATE FUNCTION)
-- rows: at-most-one
SELECT id FROM lowered WHERE lower(mail) = 'a';

-- name: FunctionReplaced :many
-- rule: an index over a function that was replaced keeps what the old one gave (CREATE FUNCTION)
-- rows: many
-- given: SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off
SELECT x FROM halves WHERE half(x) = 1;
