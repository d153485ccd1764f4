"""What columns hold: those of tables, views, queries, and of rows that are written."""
