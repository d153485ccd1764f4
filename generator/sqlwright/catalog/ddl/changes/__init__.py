"""What goes over every kind of object: DROP, RENAME, SET SCHEMA, COMMENT."""
