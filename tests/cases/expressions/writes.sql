INSERT INTO race (id, rider_id, name, run_on) VALUES ($1, $2, $3, $4) RETURNING id, name AS n,
    $5 + 1;
INSERT INTO race VALUES ($1, $2, $3, $4, DEFAULT, $5 + 1);
INSERT INTO race (id, rider_id) VALUES ($1, $1);
INSERT INTO race (id) VALUES (count(*));
INSERT INTO race (id) VALUES (DEFAULT + 1);
INSERT INTO rider (id, mail, score, mood, tags, data) VALUES ($1, $2, $3, $4, $5, $6);
UPDATE rider SET score = $1, size = size + $2, tags[1] = $3, data['a'] = $4 WHERE id = $5;
UPDATE rider SET (nick, size) = ($1, $2), (code, pad) = (SELECT name, notes FROM race);
UPDATE rider SET (nick, size) = (SELECT 'a');
UPDATE rider SET (nick, size) = ('a');
UPDATE rider SET home.x = $1, home.label = $2, nums[1:2] = $3;
UPDATE rider SET size = DEFAULT, nick = NULL, size = 1;
UPDATE rider SET size = max(size);
UPDATE rider SET size = row_number() OVER ();
UPDATE rider SET size = generate_series(1, 2);
DELETE FROM rider WHERE id = ANY($1) RETURNING nick, old.size, new.size;
DELETE FROM rider RETURNING count(*);
DELETE FROM rider WHERE DEFAULT;
SELECT merge_action();
MERGE INTO race USING rider ON race.rider_id = rider.id WHEN MATCHED AND size > $1 THEN UPDATE
    SET notes = $2 WHEN NOT MATCHED THEN INSERT (id, rider_id) VALUES ($3, rider.id) RETURNING
    merge_action(), race.id;
MERGE INTO race USING rider ON race.rider_id = rider.id WHEN MATCHED AND count(*) > 1 THEN DELETE;
INSERT INTO race (id) VALUES (generate_series(1, 2)), (3);
INSERT INTO race (id) VALUES (generate_series(1, 2));
VALUES (1, 'a'), (2.5, NULL), ($1, $2);
VALUES (1), ('a');
VALUES (1), (nope);
VALUES (max(1));
UPDATE rider SET doc['a'] = '1';
INSERT INTO rider (nick[1]) VALUES ('a');
