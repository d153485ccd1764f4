"""PostgreSQL's own types, functions and operators, told from others of their names.

Every database has the same ones under the same OIDs; a function of the user's may have the name of
one, in another schema or for other arguments. So a name alone says nothing.
"""

from __future__ import annotations

from sqlwright.catalog.model import Function, Operator, Relation, Type
from sqlwright.catalog.operator_families import OperatorFamily

FIRST_USER_OID = 16384
"""Where the OIDs of what is made in a database start (FirstNormalObjectId)."""

Known = Type | Function | Operator | OperatorFamily | Relation


def is_own_oid(oid: int) -> bool:
    """Whether what has this OID is PostgreSQL's own, a part of every database."""
    return oid < FIRST_USER_OID


def is_own(found: Known) -> bool:
    """Whether it is PostgreSQL's own, a part of every database."""
    return is_own_oid(found.oid)


def is_system_catalog(relation: Relation) -> bool:
    """Whether it is one of the catalogs, which nobody may change."""
    return relation.schema == "pg_catalog" and is_own(relation)


def own_name(found: Known) -> str:
    """Its name, if it is PostgreSQL's own; "" otherwise."""
    return found.name if is_own(found) else ""


def is_function(function: Function, *names: str) -> bool:
    """Whether it is one of PostgreSQL's own functions of these names."""
    return own_name(function) in names


def is_operator(operator: Operator, *names: str) -> bool:
    """Whether it is one of PostgreSQL's own operators of these names."""
    return own_name(operator) in names
