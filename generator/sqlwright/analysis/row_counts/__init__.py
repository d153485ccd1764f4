"""How many rows a query can yield, and the unique and foreign keys that prove it."""
