"""Types: how values become others, and which overload a call means (manual 10)."""
