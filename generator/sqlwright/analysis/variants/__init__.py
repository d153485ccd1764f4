"""Queries with parts that can be left out: which parts, and what holds whichever are."""
