"""Tools that read facts from PostgreSQL servers into the package; not part of it."""
