"""Expressions, a module a topic; select lists, which are lists of them."""
