"""A project's files in, what was inferred of them out: the stages before any Python is made."""
