-- PostgreSQL holds values of a table's row type to no constraint of the table.

-- name: FirstPets :many
SELECT o.id, f AS pet FROM owners o, first_pet(o.id) f;

-- name: MadePet :one
SELECT ROW(NULL, 'x', NULL)::pets;

-- name: StoredPets :many
SELECT array_agg(pet) AS pets, count(*) FROM owners;

-- name: PetsInRows :many
SELECT ROW(o.id, o.pet) AS owned FROM owners o;

-- name: MadeOwner :one
SELECT ROW(1, NULL)::owners AS owner;

-- name: PetsOrOthers :many
SELECT p AS pet FROM pets p UNION ALL SELECT first_pet(1);

-- Rows of the table are held to them, wherever they go.

-- name: Pets :many
SELECT p FROM pets p;

-- name: PetsOfOwners :many
SELECT o.id, p AS pet FROM owners o LEFT JOIN pets p ON p.id = o.id;

-- name: AllPets :one
SELECT ARRAY(SELECT p FROM pets p) AS pets, (SELECT array_agg(p) FROM pets p) AS again;

-- name: PetsOfView :many
SELECT id, pet FROM pets_shown;

-- A table without constraints promises nothing.

-- name: MadeNote :one
SELECT ROW(NULL, NULL)::notes;

-- Columns of such a type have a class that models and queries share.

-- name: Owners :many
SELECT * FROM owners;

-- name: PetsOfAll :many
SELECT pet FROM owners;

-- name: AddOwner :one
INSERT INTO owners SELECT (@owner::owners).* RETURNING owners;
