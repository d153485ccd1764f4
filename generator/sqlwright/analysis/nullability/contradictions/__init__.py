"""Proof by contradiction: in no row that comes out could the value be NULL."""
