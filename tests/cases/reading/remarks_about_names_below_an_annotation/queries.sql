-- name: First :one
-- name of the thing: whatever it is
-- names: several
-- name: not an annotation, for there is one
SELECT 1;

-- name: Second :one
SELECT 2
-- name given in the middle: still a remark
+ 2;

-- name: Third :one
SELECT 3

-- name: Fourth :two
SELECT 4;

-- name: Fifth :execlastid
SELECT 5;
