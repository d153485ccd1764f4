"""Operators that sort and group: the default ones of a type (manual 36.16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis.resolution.overloads import can_coerce_type
from sqlwright.catalog import oids
from sqlwright.catalog.comparison import BTREE_GREATER, BTREE_LESS

if TYPE_CHECKING:
    from sqlwright.analysis.names.columns import Where
    from sqlwright.analysis.state.parse_state import ParseState
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.catalog.model import Operator


def get_sort_group_operators(
    state: ParseState,
    type_oid: int,
    *,
    need_less: bool = False,
    need_equal: bool = False,
    need_greater: bool = False,
    where: Where = None,
) -> tuple[Operator | None, Operator | None, Operator | None]:
    """The default `<`, `=`, `>` of a type, as far as it has them.

    Raises 42883 where a needed one is missing (a json column in DISTINCT, a point in ORDER BY).
    """
    catalog = state.catalog
    less = catalog.ordering_operator(type_oid)
    equal = catalog.equality_operator(type_oid)
    greater = catalog.descending_operator(type_oid)
    if (need_less and less is None) or (need_greater and greater is None):
        state.error(
            "no-ordering-operator",
            f"could not identify an ordering operator for type {catalog.display_type(type_oid)}",
            where,
            sqlstate="42883",
            hint="Use an explicit ordering operator or modify the query.",
        )
    if need_equal and equal is None:
        state.error(
            "no-equality-operator",
            f"could not identify an equality operator for type {catalog.display_type(type_oid)}",
            where,
            sqlstate="42883",
            help=_comparable_help(catalog, type_oid),
        )
    return less, equal, greater


def _comparable_help(catalog: Catalog, type_oid: int) -> str | None:
    if type_oid == oids.JSON and can_coerce_type(
        catalog, (oids.JSON,), (oids.JSONB,), "assignment"
    ):
        return "json values cannot be compared; cast them to jsonb"
    return None


def is_ordering_operator(catalog: Catalog, operator: Operator) -> bool:
    """Whether an operator is the `<` or `>` of some btree operator family."""
    return any(
        member.method == "btree" and member.strategy in (BTREE_LESS, BTREE_GREATER)
        for member in catalog.family_members(operator.oid)
    )
