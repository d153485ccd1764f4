"""From the tokens of one statement to its syntax tree: PostgreSQL's grammar."""
