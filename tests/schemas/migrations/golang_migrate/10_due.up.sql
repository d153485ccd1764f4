BEGIN;
ALTER TABLE tasks ADD COLUMN due date;
ALTER TABLE tasks ADD CONSTRAINT due_when_late CHECK (status <> 'late' OR due IS NOT NULL);
COMMIT;
