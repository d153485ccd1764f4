"""From text to tokens, by PostgreSQL's own lexical rules."""
