-- name: NoSemicolon :one
SELECT 1

-- name: AfterIt :one
SELECT 2;

-- name: OpenQuote :one
SELECT 'it's here' FROM author;

-- name: AfterQuote :one
SELECT 'fine';

-- name: OpenParenthesis :one
SELECT (1;

-- name: AfterParenthesis :one
SELECT (2);

-- name: Misspelt :many
SELEC 1;

-- name: AfterMisspelt :many
SELECT 3;

SELECT 'without annotation, never closed;

-- name: AfterUnannotated :one
SELECT 4;

-- name: OpenComment :one
SELECT 5 /* never closed;

-- name: Last :one
SELECT 6
