"""Enums, composite types, domains and ranges."""
