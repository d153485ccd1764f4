"""Functions and DO blocks in PL/pgSQL, read as PostgreSQL does to make them (manual 41)."""
