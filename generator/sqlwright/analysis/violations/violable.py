"""The constraints that a statement can violate."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Violable
from sqlwright.analysis.nullability.logic.hypotheses import Hypothesis
from sqlwright.analysis.nullability.logic.learning import Learning
from sqlwright.analysis.tree.traversal import walk
from sqlwright.analysis.violations.constraints import KEYS, declared, mentions
from sqlwright.analysis.violations.domains import constraints_within, domain_constraints, of_default
from sqlwright.analysis.violations.effects import Effect, Refusal, consequences
from sqlwright.analysis.violations.writes import Writing, effects_of
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.identity import is_own
from sqlwright.catalog.model import Constraint, Relation, Type


def violable(
    writing: Writing, query: tree.Query, optional: Collection[int]
) -> tuple[Violable, ...] | None:
    """What the statement's own constraints can raise, in the order of the schema; None of a
    statement that writes nothing, converts to no domain and calls none of the user's functions that
    might. `optional` are the numbers of parameters that may be NULL."""
    catalog = writing.judge.catalog
    done = consequences(catalog, effects_of(writing, query))
    found: dict[tuple[bool, int, str], Violable] = {}
    for each in _all(writing.judge.logic, query, done.effects, done.refusals, optional):
        slot = each.domain, each.of, each.constraint
        known = found.get(slot)
        if known is None or (known.deferred and not each.deferred):
            found[slot] = each
    if not found and not done.effects and not _runs_code(query):
        return None
    return tuple(sorted(found.values(), key=_place))


def _place(each: Violable) -> tuple[bool, int, bool, str]:
    return each.domain, each.of, each.kind == "not null", each.constraint


def _runs_code(query: tree.Query) -> bool:
    """Whether a function of the user's is called that may write something."""
    if query.command == "utility":
        return query.writes
    return any(
        isinstance(each, tree.FuncCall)
        and not is_own(each.function)
        and each.function.volatility == "volatile"
        for each in walk(query)
    )


def _all(
    logic: Learning,
    query: tree.Query,
    effects: tuple[Effect, ...],
    refusals: tuple[Refusal, ...],
    optional: Collection[int],
) -> Iterator[Violable]:
    catalog = logic.catalog
    for effect in effects:
        table = catalog.relation(effect.relation)
        for constraint in table.constraints:
            if constraint.enforced and _violates(catalog, table, constraint, effect):
                yield _of_table(catalog, table, constraint, deferred=constraint.deferred)
        for domain, constraint in _of_columns(logic, table, effect, optional):
            yield _of_domain(domain, constraint)
    for refusal in refusals:
        table, constraint = refusal.table, refusal.constraint
        yield _of_table(catalog, table, constraint, deferred=refusal.deferred)
    for domain, constraint in domain_constraints(catalog, query, optional):
        yield _of_domain(domain, constraint)


def _violates(catalog: Catalog, table: Relation, constraint: Constraint, effect: Effect) -> bool:
    if effect.event == "delete" or constraint.name in effect.handled:
        return False
    if constraint.kind == "not null" and set(constraint.columns) <= effect.there:
        return False
    if effect.event == "update":
        return mentions(catalog, constraint, effect.changed)
    if effect.event == "move":
        return not constraint.inherited or table.triggers != ()
    return not _is_idle(catalog, constraint, effect.absent)


def _is_idle(catalog: Catalog, constraint: Constraint, absent: frozenset[str]) -> bool:
    """Whether a key says nothing of a row in which these columns are NULL."""
    if constraint.kind == "foreign key":
        return set(constraint.columns) <= absent or (
            not constraint.match_full and not absent.isdisjoint(constraint.columns)
        )
    if constraint.kind in KEYS and not constraint.nulls_not_distinct and not constraint.temporal:
        return not absent.isdisjoint(constraint.columns)
    return False


def _of_columns(
    logic: Learning, table: Relation, effect: Effect, optional: Collection[int]
) -> Iterator[tuple[Type, Constraint]]:
    """What defaults, generated columns and columns that stay NULL of the rows that are written can
    violate."""
    catalog = logic.catalog
    for column in table.columns:
        written = effect.event == "insert" or column.name in effect.changed
        if not written or effect.event == "delete":
            continue
        if column.generated is not None or column.name in effect.defaulted:
            if isinstance(column.expression, tree.Expr):
                yield from domain_constraints(catalog, column.expression, optional)
            else:
                yield from of_default(catalog, column.type)
        if column.name in effect.absent:
            for domain, constraint in constraints_within(catalog, column.type):
                own = catalog.base_type(domain.oid) == catalog.base_type(column.type)
                if own and (constraint.kind == "not null" or _refuses_null(logic, constraint)):
                    yield domain, constraint


def _refuses_null(logic: Learning, check: Constraint) -> bool:
    """Whether the CHECK of a domain may be false where VALUE is NULL."""
    if not isinstance(check.expression, tree.Expr):
        return False
    values = (each for each in walk(check.expression) if isinstance(each, tree.Param))
    nulls = frozenset(key for value in values if (key := logic.keys.of(value)) is not None)
    return False in Hypothesis(logic, lambda _: False, nulls).outcomes(check.expression)


def _of_table(
    catalog: Catalog, table: Relation, constraint: Constraint, *, deferred: bool
) -> Violable:
    above, root = declared(catalog, table, constraint)
    return Violable(above.oid, root.name, root.kind, deferred=deferred, deferrable=root.deferrable)


def _of_domain(domain: Type, constraint: Constraint) -> Violable:
    return Violable(domain.oid, constraint.name, constraint.kind, domain=True)
