INSERT INTO crew (id) VALUES ($1) ON CONFLICT DO NOTHING;
INSERT INTO crew (id) VALUES ($1) ON CONFLICT (id) DO NOTHING RETURNING id;
INSERT INTO crew (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name;
INSERT INTO crew (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = $3, pay = $4
    WHERE crew.pay > $5;
INSERT INTO crew (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = $1;
INSERT INTO crew (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET (name, pay) =
    (excluded.name, $3);
INSERT INTO crew (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET (name, pay) = (SELECT
    name, pay FROM crew WHERE id = excluded.id);
INSERT INTO crew (id) VALUES (1) ON CONFLICT DO UPDATE SET name = 'x';
INSERT INTO crew (id) VALUES (1) ON CONFLICT ON CONSTRAINT crew_pkey DO UPDATE SET name = 'x';
INSERT INTO crew (id) VALUES (1) ON CONFLICT ON CONSTRAINT nope DO NOTHING;
INSERT INTO crew (id) VALUES (1) ON CONFLICT (nope) DO NOTHING;
INSERT INTO crew (id) VALUES (1) ON CONFLICT (lower(name)) DO NOTHING;
INSERT INTO crew (id) VALUES (1) ON CONFLICT (id) WHERE pay > 1 DO NOTHING;
INSERT INTO crew (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = name || 'x';
INSERT INTO crew (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = crew.name || excluded.name;
INSERT INTO crew AS c (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = c.name RETURNING
    c.name, old.name, new.pay;
INSERT INTO crew (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = 'x' RETURNING excluded.id;
INSERT INTO crew (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET crew.name = 'x';
INSERT INTO crew (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = DEFAULT, pay =
    excluded.ctid;
INSERT INTO sailing (vessel_id, origin, leaves) VALUES ($1, $2, $3) ON CONFLICT (vessel_id,
    leaves) DO UPDATE SET id = 1;
INSERT INTO sailing (vessel_id, origin, leaves) VALUES ($1, $2, $3) ON CONFLICT (vessel_id,
    leaves) DO UPDATE SET lasts = '1 day';
INSERT INTO vessel (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET speed = excluded.speed +
    $2, decks[1] = $3, home.lat = $4;
INSERT INTO crew (id) VALUES (1) ON CONFLICT (id DESC) DO NOTHING;
INSERT INTO crew (id) VALUES (1) ON CONFLICT (name COLLATE "C" text_ops) DO NOTHING;
INSERT INTO crew (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET name = 'a', name = 'b';
INSERT INTO crew (id) SELECT 1 ON CONFLICT (id) DO UPDATE SET id = excluded.id + $1;
INSERT INTO crew VALUES (1) ON CONFLICT (excluded.id, name) DO NOTHING;
INSERT INTO crew VALUES (1) ON CONFLICT (id[1]) DO NOTHING;
