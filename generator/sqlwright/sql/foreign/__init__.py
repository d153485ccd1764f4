"""SQL that is written for other databases, and what PostgreSQL writes for it."""
