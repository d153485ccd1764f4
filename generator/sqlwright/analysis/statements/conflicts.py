"""ON CONFLICT: what it is inferred from, `excluded`, and its SET list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.analysis.clauses.row_clauses import transform_where_clause
from sqlwright.analysis.names.collations import check_collation
from sqlwright.analysis.names.relations import add_range_table_entry_for_relation
from sqlwright.analysis.names.scope import add_ns_item_to_query
from sqlwright.analysis.state.dispatch import transform_expr
from sqlwright.analysis.statements.assignments import target_relation
from sqlwright.analysis.statements.updates import transform_update_target_list
from sqlwright.analysis.tree.traversal import walk
from sqlwright.catalog.qualified_names import misqualified
from sqlwright.catalog.similar_names import declared_here
from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import NamespaceItem, ParseState
    from sqlwright.catalog.model import Constraint, Relation


def transform_on_conflict_clause(state: ParseState, clause: nodes.OnConflict) -> tree.OnConflict:
    """Analyse ON CONFLICT; the namespace holds the target alone."""
    relation = target_relation(state)
    excluded: NamespaceItem | None = None
    if clause.action == "update":
        alias = nodes.Alias(name="excluded", start=clause.start, end=clause.end)
        excluded = add_range_table_entry_for_relation(state, relation, alias, is_excluded=True)
    arbiters = _transform_arbiter(state, clause, relation)
    if excluded is None:
        return tree.OnConflict(action="nothing", arbiters=arbiters)
    add_ns_item_to_query(state, excluded)
    assignments = transform_update_target_list(state, clause.assignments)
    where = transform_where_clause(state, clause.where, "where", "WHERE")
    state.namespace.remove(excluded)
    return tree.OnConflict(
        action="update",
        arbiters=arbiters,
        assignments=assignments,
        where=where,
        excluded=excluded.entry,
    )


def _transform_arbiter(
    state: ParseState, clause: nodes.OnConflict, relation: Relation
) -> tuple[str, ...] | None:
    """The keys by which a conflict is found; None where any key is one."""
    if clause.action == "update" and not clause.elements and clause.constraint is None:
        state.error(
            "invalid-on-conflict",
            "ON CONFLICT DO UPDATE requires inference specification or constraint name",
            clause,
            sqlstate="42601",
            hint="For example, ON CONFLICT (column_name).",
        )
    if relation.schema == "pg_catalog":
        state.error(
            "invalid-on-conflict",
            "ON CONFLICT is not supported with system catalog tables",
            clause,
            sqlstate="0A000",
        )
    exprs = []
    for element in clause.elements:
        _check_decoration(state, element)
        exprs.append(transform_expr(state, element.expr, "index expression"))
        _check_element(state, element)
    if clause.element_where is not None:
        transform_expr(state, clause.element_where, "index predicate")
    if clause.constraint is not None:
        _check_constraint(state, clause, relation)
        return (clause.constraint,)
    if not exprs:
        return None
    _advise_on_arbiter(state, clause, relation, exprs)
    return _arbiters(relation, exprs)


def _arbiters(relation: Relation, exprs: list[tree.Expr]) -> tuple[str, ...]:
    """The unique indexes over just these keys (manual, INSERT, ON CONFLICT). Of several of which
    some are partial, or are over expressions, which PostgreSQL takes is left open."""
    plain = {expr.name for expr in exprs if isinstance(expr, tree.Var) and expr.number > 0}
    wanted = {var.name for expr in exprs for var in walk(expr) if isinstance(var, tree.Var)}
    computed = any(not isinstance(expr, tree.Var) for expr in exprs)
    found = [
        each
        for each in relation.constraints
        if each.kind in ("primary key", "unique")
        and not each.deferrable
        and each.expressions == computed
        and set(each.columns) == plain
        and _names_in(each) >= wanted
    ]
    whole = [each for each in found if not each.partial and not computed]
    return tuple(each.name for each in (whole or found if len(found) == 1 else whole))


def _names_in(key: Constraint) -> set[str]:
    parts = [each for each in key.keys if isinstance(each, tree.Expr)]
    return set(key.columns) | {
        var.name for part in parts for var in walk(part) if isinstance(var, tree.Var)
    }


def _check_decoration(state: ParseState, element: nodes.ConflictElement) -> None:
    if element.direction is not None:
        what = "ASC/DESC is"
    elif element.nulls is not None:
        what = "NULLS FIRST/LAST is"
    elif element.options:
        what = "operator class options are"
    else:
        return
    state.error(
        "invalid-on-conflict",
        f"{what} not allowed in ON CONFLICT clause",
        element,
        sqlstate="42P10",
    )


def _check_schema(state: ParseState, names: tuple[str, ...], where: nodes.Node) -> None:
    """Refuse a name in a schema that is not there, or in another database."""
    if (wrong := misqualified(names)) is not None:
        code, message, sqlstate = wrong
        state.error(code, message, where, sqlstate=sqlstate)
    if len(names) > 1 and not state.catalog.has_schema(names[0]):
        state.error(
            "unknown-schema", f'schema "{names[0]}" does not exist', where, sqlstate="3F000"
        )


def _check_element(state: ParseState, element: nodes.ConflictElement) -> None:
    if element.collation is not None:
        check_collation(state, element.collation, element)
    if element.operator_class is not None:
        _check_schema(state, element.operator_class, element)
        found = state.catalog.find_operator_class(element.operator_class, "btree")
        if found is None:
            state.error(
                "unknown-operator-class",
                f'operator class "{".".join(element.operator_class)}" does not exist for access '
                'method "btree"',
                element,
                sqlstate="42704",
            )


def _check_constraint(state: ParseState, clause: nodes.OnConflict, relation: Relation) -> None:
    names = {constraint.name for constraint in relation.constraints if not constraint.is_index}
    if clause.constraint not in names:
        state.error(
            "unknown-constraint",
            f'constraint "{clause.constraint}" for table "{relation.name}" does not exist',
            clause,
            sqlstate="42704",
            help=did_you_mean(nearest(clause.constraint or "", names))
            or (f"it has {', '.join(sorted(names))}" if names else None),
            labels=declared_here(relation),
        )


def _advise_on_arbiter(
    state: ParseState, clause: nodes.OnConflict, relation: Relation, exprs: list[tree.Expr]
) -> None:
    """Warn where no unique index can match: PostgreSQL refuses that only when it plans."""
    if relation.kind not in ("table", "partitioned table"):
        return
    if not all(isinstance(expr, tree.Var) and expr.number > 0 for expr in exprs):
        return
    wanted = {expr.name for expr in exprs if isinstance(expr, tree.Var)}
    for constraint in relation.constraints:
        if constraint.kind not in ("primary key", "unique") or constraint.expressions:
            continue
        if constraint.partial and clause.element_where is None:
            continue
        if set(constraint.columns) == wanted:
            return
    state.warnings.append(
        Diagnostic(
            "no-matching-unique-constraint",
            "warning",
            "there is no unique or exclusion constraint matching the ON CONFLICT specification",
            (Label(state.span(clause)),),
            notes=("PostgreSQL prepares the statement and refuses to run it",),
            sqlstate="42P10",
        )
    )
