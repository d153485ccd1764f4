-- name: NoCommand
SELECT 1;

-- name: TwoSpaces  :one
SELECT 1;

-- name: Extra :one more
SELECT 1;

-- name of the thing: foo
SELECT 1;

--name: NoSpace :one
SELECT 1;

--  name: TwoBefore :one
SELECT 1;

-- name : Colon :one
SELECT 1;

-- name: WrongCase :ONE
SELECT 1;

-- name: Unheard :fetchall
SELECT 1;

-- name: NoColon many
SELECT 1;

-- name: get-author :one
SELECT 1;

-- name: 1st :one
SELECT 1;

/* name: NoSpaceAtEnd :one*/
SELECT 1;

/* name: Block :one
   goes on */
SELECT 1;

-- named: after someone, but also meant
SELECT 1;

-- Not an annotation: names come later.
-- name: Good :one
SELECT 1;
