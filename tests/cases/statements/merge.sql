MERGE INTO crew c USING crew_log l ON c.id = l.crew_id WHEN MATCHED THEN UPDATE SET name =
    l.entry WHEN NOT MATCHED THEN INSERT (id, name) VALUES (l.crew_id, $1);
MERGE INTO crew USING (SELECT $1::int AS id, $2 AS name) s ON crew.id = s.id WHEN MATCHED AND
    crew.pay > $3 THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.id, NULL, s.name, $4);
MERGE INTO crew c USING crew_log l ON c.id = l.crew_id WHEN MATCHED THEN UPDATE SET pay = $1
    RETURNING merge_action(), c.*, l.entry;
MERGE INTO crew c USING crew_log l ON c.id = l.crew_id WHEN MATCHED THEN UPDATE SET pay = $1
    RETURNING $1, c.id;
MERGE INTO crew c USING crew_log l ON c.id = $1 WHEN MATCHED THEN UPDATE SET id = $1;
MERGE INTO crew c USING crew_log l ON c.id = l.crew_id WHEN MATCHED THEN DELETE RETURNING *;
MERGE INTO crew c USING crew_log l ON c.id = l.crew_id WHEN NOT MATCHED BY SOURCE THEN DELETE
    RETURNING old.name, new.name;
MERGE INTO crew c USING crew_log l ON c.id = l.crew_id WHEN NOT MATCHED BY SOURCE THEN UPDATE
    SET name = l.entry;
MERGE INTO crew c USING crew_log l ON c.id = l.crew_id WHEN NOT MATCHED THEN INSERT (id) VALUES
    (c.id);
MERGE INTO crew c USING crew_log l ON c.id = l.crew_id WHEN NOT MATCHED AND c.id = 1 THEN DO
    NOTHING;
MERGE INTO crew c USING crew_log l ON c.id = l.crew_id WHEN MATCHED THEN DELETE WHEN MATCHED
    THEN DO NOTHING;
MERGE INTO crew c USING crew_log c ON true WHEN MATCHED THEN DELETE;
MERGE INTO crew USING crew_log ON id = crew_id WHEN MATCHED THEN UPDATE SET nope = 1;
MERGE INTO crew USING crew_log ON id = crew_id WHEN NOT MATCHED THEN INSERT (id, id) VALUES (1, 2);
MERGE INTO crew USING crew_log ON id = crew_id WHEN NOT MATCHED THEN INSERT DEFAULT VALUES;
MERGE INTO crew USING crew_log ON id WHEN MATCHED THEN DELETE;
MERGE INTO crew USING crew_log ON $1 WHEN MATCHED THEN DELETE;
MERGE INTO port_stats p USING crew ON true WHEN MATCHED THEN DELETE;
MERGE INTO departures p USING crew ON true WHEN MATCHED THEN DELETE;
MERGE INTO cheap p USING crew ON true WHEN MATCHED THEN UPDATE SET price = $1;
MERGE INTO sailing s USING crew ON true WHEN MATCHED THEN UPDATE SET id = 1;
MERGE INTO sailing s USING crew ON true WHEN NOT MATCHED THEN INSERT (id, vessel_id) VALUES (1, 2);
MERGE INTO sailing s USING crew ON true WHEN NOT MATCHED THEN INSERT (id, vessel_id) OVERRIDING
    SYSTEM VALUE VALUES (1, 2);
MERGE INTO nosuch USING crew ON true WHEN MATCHED THEN DELETE;
MERGE INTO crew USING nosuch ON true WHEN MATCHED THEN DELETE;
WITH s AS (SELECT 1 AS id) MERGE INTO crew c USING s ON s.id = c.id WHEN MATCHED THEN UPDATE SET
    (name, pay) = ($1, $2);
WITH RECURSIVE s AS (SELECT 1 AS id) MERGE INTO crew c USING s ON s.id = c.id WHEN MATCHED THEN
    DELETE;
MERGE INTO crew c USING crew_log l ON c.id = l.crew_id WHEN MATCHED THEN UPDATE SET name =
    c.name || $1 WHEN NOT MATCHED AND l.at > $2 THEN INSERT (id, name) VALUES ($3, DEFAULT);
SELECT merge_action();
