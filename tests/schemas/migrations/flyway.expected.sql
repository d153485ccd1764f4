CREATE TABLE measurements (id int PRIMARY KEY, value numeric, measure text NOT NULL DEFAULT 'm');
ALTER TABLE measurements RENAME CONSTRAINT measurements_measure_not_null TO measurements_unit_not_null;
CREATE VIEW metres AS SELECT id, value FROM measurements WHERE measure = 'm';
