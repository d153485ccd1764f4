-- Up Migration
CREATE TABLE starts (at timestamptz PRIMARY KEY);

-- Down Migration
DROP TABLE starts;
