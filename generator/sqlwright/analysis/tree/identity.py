"""PostgreSQL's own functions and operators, told from others of their names."""

from __future__ import annotations

from sqlwright.catalog.facts.extraction import FIRST_USER_OID
from sqlwright.catalog.model import Function, Operator


def is_function(function: Function, *names: str) -> bool:
    """Whether it is one of PostgreSQL's own functions of these names."""
    return function.oid < FIRST_USER_OID and function.name in names


def is_operator(operator: Operator, *names: str) -> bool:
    """Whether it is one of PostgreSQL's own operators of these names."""
    return operator.oid < FIRST_USER_OID and operator.name in names
