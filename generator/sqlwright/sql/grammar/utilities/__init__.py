"""Statements that are neither queries nor definitions."""
