"""Which result columns can be NULL: a pass over the analysed query, apart from its types.

A column is NOT NULL only where that is proved from constraints, the semantics of each expression
and what conditions let through; everything else is nullable. Every verdict carries its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.nullability.contradictions.written import (
    is_as_written,
    refused_in_written_row,
)
from sqlwright.analysis.nullability.ground.scopes import Scope
from sqlwright.analysis.nullability.ground.verdicts import Verdict
from sqlwright.analysis.nullability.judge import CatalogJudge
from sqlwright.analysis.nullability.judging import Judge
from sqlwright.analysis.nullability.sources.columns import may_be_absent
from sqlwright.analysis.premises.current import current_relation
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import dataclass
from sqlwright.source import SourceFile

__all__ = ["Judged", "Verdict", "constraints_refusing", "judge_statement"]

_ALL_PARAMETERS = range(1, 1 << 31)
"""The numbers that parameters can be written with."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts on a statement's output columns, in order."""

    columns: tuple[Verdict, ...]
    scope: Scope
    judge: Judge

    def may_be_absent(self, column: tree.Var) -> bool:
        """Whether the row that a column is of may be absent, all its columns NULL at once: on the
        outer side of a join, or before an INSERT and after a DELETE."""
        return may_be_absent(column, self.scope)

    def is_there_with_row(self, column: tree.Var) -> bool:
        """Whether a column is NULL only where its whole row is absent."""
        found = self.judge.outputs.entry_column(column.entry, column.number, self.scope)
        return not found.nullable


def judge_statement(
    catalog: Catalog,
    query: tree.Query,
    source: SourceFile,
    optional: Collection[int],
    holding: Collection[int],
    level: Collection[int] = (),
) -> Judged:
    """Judge every output column; `optional` are the numbers of the parameters that may be None,
    `holding` of those whose arrays may hold None, `level` of those whose arrays have one length."""
    judge = CatalogJudge(catalog, optional, holding=holding, writes=query.writes, level=level)
    scope, columns = judge.outputs.of_statement(query, source)
    return Judged(columns, scope, judge)


def constraints_refusing(
    catalog: Catalog, query: tree.Query
) -> Callable[[tree.TargetAssignment], Reason | None]:
    """What tells the CHECK that NULL in an assigned column would violate, whatever the parameters
    are; None if there is none, or it takes more to know."""
    entry = query.target_entry
    relation = None if entry is None else current_relation(catalog, entry) or entry.relation
    if entry is None or relation is None or not _has_checks(relation):
        return lambda item: None
    if not is_as_written(catalog, entry, query):
        return lambda item: None
    target = entry
    judge = CatalogJudge(catalog, _ALL_PARAMETERS, writes=True)
    scope = judge.outputs.open(query, None, None)

    def refusing(item: tree.TargetAssignment) -> Reason | None:
        for number, column in enumerate(target.columns, 1):
            if column.source is not None and column.source.number == item.column.number:
                var = tree.Var(type=column.type, entry=target, number=number, name=column.name)
                return refused_in_written_row(judge, var, scope)
        return None

    return refusing


def _has_checks(relation: Relation) -> bool:
    return any(each.kind == "check" for each in relation.constraints)
