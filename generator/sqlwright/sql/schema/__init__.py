"""Schema files: which are read, in what order, and their statements."""
