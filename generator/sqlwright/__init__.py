"""sqlwright: typed asyncpg functions from annotated PostgreSQL queries."""
