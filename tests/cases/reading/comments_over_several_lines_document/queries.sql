/*
 * A licence,
 * say.
 */

/* Above the annotation
   as well. */
-- name: First :one
SELECT 1;

-- name: Starred :one
/** Begins so.
 *
 *   indented
 * ends so.
 */
SELECT 2;

-- name: Listed :one
/*
    Lists:
      * one
      * two
*/
-- and a line
SELECT 3
/* of the
   statement */
;

-- name: Hinted :one
/*+ SeqScan(a)
    IndexScan(b) */
SELECT 4;

-- name: Shared :one
/* with what
   follows */ SELECT 5;

-- name: Windows :one
/* a
 * b
 */
SELECT 6;

-- apart

-- name: Apart :one
SELECT 7;
