/* name: GetOffer :one */
SELECT * FROM offers WHERE offer_id = $1;
-- name: OffersByMarks :many
SELECT offer_id, headline, name, ean, marks
FROM offers LEFT JOIN sellers ON offers.seller_id = sellers.seller_id
WHERE marks && $1::varchar[];
-- name: CreateOffer :one
INSERT INTO offers (seller_id, ean, condition, headline, price, marks) VALUES ($1, $2, $3, $4, $5, $6) RETURNING *;
-- name: Rename :execresult
UPDATE offers SET headline = $1 WHERE offer_id = $2;
-- name: DropOffer :execrows
DELETE FROM offers WHERE offer_id = $1;
-- name: Conditions :many
SELECT condition, count(*) FROM offers GROUP BY 1 ORDER BY 1;
-- name: Photo :one
SELECT photo FROM offers WHERE offer_id = $1;
