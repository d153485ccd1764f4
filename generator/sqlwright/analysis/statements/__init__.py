"""Statements: SELECT, the writes, what surrounds them, and the checks of the rewriter."""
