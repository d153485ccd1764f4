"""Expressions, by how tightly they bind and by topic."""
