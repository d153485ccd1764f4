"""Functions, procedures, aggregates, operators and casts."""
