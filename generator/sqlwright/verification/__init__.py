"""Checking what was inferred against a real PostgreSQL."""
