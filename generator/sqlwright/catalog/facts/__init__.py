"""PostgreSQL's own objects and its extensions': read from `data/`, taken from a server."""
