  -- name: Indented :one
SELECT 1;

-- Name: Capital :many
SELECT 2;

SELECT 3; -- name: AfterTheStatement :one
SELECT 4;

-- a name: nothing :special
SELECT 5;

-- NAME: Wrong :one
-- name: Right :one
SELECT 6;
