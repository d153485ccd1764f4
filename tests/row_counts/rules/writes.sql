-- name: TriggeredByOthers :one
-- rule: only a trigger for what the statement does may skip its row (37.1)
-- rows: exactly-one
INSERT INTO touched (id) VALUES (1) RETURNING id;

-- name: TriggeredByTheConflict :one
-- rule: only a trigger for what the statement does may skip its row (37.1)
-- rows: at-most-one
-- given: INSERT INTO touched (id) VALUES (2)
INSERT INTO touched (id) VALUES (2) ON CONFLICT (id) DO UPDATE SET value = 1 RETURNING id;

-- name: TriggeredByInsert :one
-- rule: only a trigger for what the statement does may skip its row (37.1)
-- rows: at-most-one
-- given: SELECT
INSERT INTO refused (id) VALUES (1) RETURNING id;

-- name: NoRule :one
-- rule: a rule of a table counts for writes through views over it (39.4)
-- rows: at-most-one
DELETE FROM redirected_view WHERE id = 1 RETURNING id;

-- name: RuleBelowAView :many
-- rule: a rule of a table counts for writes through views over it (39.4)
-- rows: many
-- given: SELECT
INSERT INTO redirected_view (id) VALUES (1) RETURNING id;

-- name: InsertThroughViews :one
-- rule: an INSERT of one row returns it (6.4)
-- rows: exactly-one
INSERT INTO passed_on (number, value) VALUES (1, 2) RETURNING number, value;

-- name: InsertThroughViewIntoTriggered :one
-- rule: an INSERT of one row returns it (6.4)
-- rows: at-most-one
-- given: SELECT
INSERT INTO refused_view (id) VALUES (1) RETURNING id;

-- name: InsertTakenOver :one
-- rule: an INSERT of one row returns it (6.4)
-- rows: at-most-one
-- given: SELECT
INSERT INTO taken_over (id) VALUES (1) RETURNING id;
