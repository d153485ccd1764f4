CREATE TABLE notes (id int PRIMARY KEY, note text);
COMMENT ON TABLE notes IS 'Ends with a "quote"';
COMMENT ON COLUMN notes.note IS 'Two lines,
  the second further in.';
