-- name: NotDeleted :one
-- rule: conditions on a boolean that is not NULL are one condition (11.8, 9.1)
-- rows: at-most-one
SELECT id FROM live_pages WHERE slug = 'a' AND NOT deleted;

-- name: DeletedIsFalse :one
-- rule: conditions on a boolean that is not NULL are one condition (11.8, 9.1)
-- rows: at-most-one
SELECT id FROM live_pages WHERE slug = 'a' AND deleted IS FALSE;

-- name: DeletedIsNotTrue :one
-- rule: conditions on a boolean that is not NULL are one condition (11.8, 9.1)
-- rows: at-most-one
SELECT id FROM live_pages WHERE slug = 'a' AND deleted IS NOT TRUE;

-- name: DeletedOrNot :many
-- rule: conditions on a boolean that is not NULL are one condition (11.8, 9.1)
-- rows: many
-- given: INSERT INTO live_pages (id, slug, deleted, state) VALUES (1, 'a', true, 'open'), (2, 'a', true, 'open')
SELECT id FROM live_pages WHERE slug = 'a' AND deleted IS NOT FALSE;

-- name: NotHidden :one
-- rule: a condition implies those that it leaves no other outcome (11.8, 9.1)
-- rows: at-most-one
SELECT id FROM seen_pages WHERE slug = 'a' AND NOT coalesce(hidden, false);

-- name: PerhapsHidden :many
-- rule: a condition implies those that it leaves no other outcome (11.8, 9.1)
-- rows: many
-- given: INSERT INTO seen_pages (slug, deleted, hidden, state) VALUES ('a', false, true, 'open'), ('a', false, true, 'open')
SELECT id FROM seen_pages WHERE slug = 'a' AND hidden IS NOT FALSE;

-- name: OneOfTheList :one
-- rule: a list implies a longer one, a value a list (11.8)
-- rows: at-most-one
SELECT id FROM open_pages WHERE slug = 'a' AND state = 'paid';

-- name: SomeOfTheList :one
-- rule: a list implies a longer one, a value a list (11.8)
-- rows: at-most-one
SELECT id FROM open_pages WHERE slug = 'a' AND (state = 'paid' OR state = 'open');

-- name: NotOnlyOfTheList :many
-- rule: a list implies a longer one, a value a list (11.8)
-- rows: many
-- given: INSERT INTO open_pages VALUES (1, 'a', false, NULL, NULL, 'sent'), (2, 'a', false, NULL, NULL, 'sent')
SELECT id FROM open_pages WHERE slug = 'a' AND state IN ('paid', 'sent');

-- name: HeavyEnough :one
-- rule: a bound implies a wider one (11.8)
-- rows: at-most-one
SELECT id FROM heavy_pages WHERE weight = $1 AND weight > 20;

-- name: NotHeavyEnough :many
-- rule: a bound implies a wider one (11.8)
-- rows: many
-- given: INSERT INTO heavy_pages VALUES (1, 'a', false, NULL, NULL, 'open', 10), (2, 'a', false, NULL, NULL, 'open', 10)
-- arguments: 10
SELECT id FROM heavy_pages WHERE weight = $1 AND weight >= 10;

-- name: Weighed :one
-- rule: a strict comparison implies IS NOT NULL (11.8)
-- rows: at-most-one
SELECT id FROM weighed_pages WHERE slug = 'a' AND weight = $1;

-- name: NotWeighed :many
-- rule: a strict comparison implies IS NOT NULL (11.8)
-- rows: many
-- given: INSERT INTO weighed_pages (slug, deleted, state) VALUES ('a', false, 'open'), ('a', false, 'open')
SELECT id FROM weighed_pages WHERE slug = 'a' AND weight IS NULL;

-- name: ThroughAView :one
-- rule: conditions on a view are conditions of its query (39.2)
-- rows: at-most-one
SELECT id FROM current_pages WHERE slug = 'a' AND NOT deleted;

-- name: NotThroughAView :many
-- rule: conditions on a view are conditions of its query (39.2)
-- rows: many
-- given: INSERT INTO live_pages VALUES (1, 'a', true, NULL, NULL, 'open', 1), (2, 'a', true, NULL, NULL, 'open', 1)
SELECT id FROM current_pages WHERE slug = 'a';

-- name: RenamedLabel :many
-- rule: a list implies a longer one, a value a list (11.8)
-- rows: many
-- given: INSERT INTO phased VALUES (1, 'early'), (1, 'early')
SELECT slot FROM phased WHERE slot = 1 AND phase = 'early';

-- name: NoLongerStrict :many
-- rule: a strict comparison implies IS NOT NULL (11.8)
-- rows: many
-- given: INSERT INTO placed VALUES (1, NULL), (1, NULL)
SELECT id FROM seated WHERE id = 1;
