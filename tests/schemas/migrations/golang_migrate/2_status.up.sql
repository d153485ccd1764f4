ALTER TYPE status ADD VALUE 'late' BEFORE 'done';
