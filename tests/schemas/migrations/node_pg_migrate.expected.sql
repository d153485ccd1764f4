CREATE TABLE starts (at timestamptz PRIMARY KEY);
