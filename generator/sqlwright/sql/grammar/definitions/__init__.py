"""Statements that define, alter, rename and drop."""
