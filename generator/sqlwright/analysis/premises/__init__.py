"""What proofs rest on: the schema as it is now, what it has stored, where a column comes from."""
