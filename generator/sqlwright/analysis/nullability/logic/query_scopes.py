"""What a query's own conditions say of its rows, as a scope."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.analysis.nullability.ground.keys import NOTHING, Facts
from sqlwright.analysis.nullability.ground.scopes import Scope, make_scope
from sqlwright.analysis.nullability.logic.joins import NO_PROOFS, Proofs, join_facts
from sqlwright.analysis.nullability.logic.learning import Learning
from sqlwright.analysis.nullability.logic.subqueries import select_list_facts, yields_empty_group
from sqlwright.analysis.tree.equality import is_among
from sqlwright.source import SourceFile


def open_scope(
    logic: Learning,
    query: tree.Query,
    parent: Scope | None,
    source: SourceFile | None,
    given: Facts = NOTHING,
    proofs: Proofs = NO_PROOFS,
    *,
    rechecked: bool = False,
) -> Scope:
    """The scope of a query's expressions; `given` holds for its rows besides."""
    where = logic.true_facts(query.where) | given
    joined = join_facts(logic, query.from_nodes, where, proofs)
    partial = _partial_keys(query)
    return make_scope(
        query=query,
        parent=parent,
        source=source,
        nullings=joined.nullings,
        known=joined.facts,
        group_known=logic.true_facts(query.having),
        partial=partial,
        partial_keys=frozenset(map(logic.keys.of, partial)),
        empty_group=yields_empty_group(query) and not _reads_a_row(query, proofs),
        # The call is made of the row that windows and groups have been made of before.
        assumed=select_list_facts(logic, query),
        having=query.having,
        plain=parent is not None and parent.plain,
        rechecked=rechecked,
    )


def _reads_a_row(query: tree.Query, proofs: Proofs) -> bool:
    """Whether FROM yields a row in any case, and all rows pass, so that no group can be empty."""
    return query.where is None and all(map(proofs.has_a_row, query.from_nodes))


def _partial_keys(query: tree.Query) -> tuple[tree.Expr, ...]:
    if not query.grouping_sets:
        return ()
    keys = [expr for group in query.grouping_sets for expr in group]
    return tuple(
        key for key in keys if not all(is_among(key, group) for group in query.grouping_sets)
    )
