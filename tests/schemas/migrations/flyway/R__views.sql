CREATE OR REPLACE VIEW metres AS SELECT id, value FROM measurements WHERE measure = 'm';
