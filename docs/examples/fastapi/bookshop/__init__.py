"""A service over a database of books, whose SQL is in `queries/`."""
