"""Literals of unknown type, read as the type that they turn out to have.

PostgreSQL runs the type's input function while it analyses a statement, so that a text which is
no value of the type is refused there (SQLSTATE 22P02, 22007, 22003 ...). The readers here refuse
what PostgreSQL surely refuses; where a setting or a time zone list decides, they accept.
"""

from sqlwright.analysis.literals.reading import invalid_literal

__all__ = ["invalid_literal"]
