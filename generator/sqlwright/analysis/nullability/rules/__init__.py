"""Whether an expression can be NULL: one room for each kind of expression."""
