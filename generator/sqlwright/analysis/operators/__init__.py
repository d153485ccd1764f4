"""Operators: which one is meant, and why none is."""
