"""PostgreSQL's types in Python: what a value is annotated as, converted by, and carried as."""
