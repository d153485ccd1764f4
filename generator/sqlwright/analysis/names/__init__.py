"""Names: what can be seen where, and what a name that finds nothing may have meant."""
