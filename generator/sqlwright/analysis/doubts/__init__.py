"""What a query that PostgreSQL takes may not have been meant to say."""
