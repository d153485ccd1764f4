"""Clauses over the rows of a query level: WHERE, GROUP BY, WINDOW, ORDER BY, LIMIT ..."""
