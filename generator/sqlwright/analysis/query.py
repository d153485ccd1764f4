"""Inference of one annotated query: from its statement to its facts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Literal

from sqlwright.analysis import tree
from sqlwright.analysis.advice import advice
from sqlwright.analysis.analyse import analyse_statement
from sqlwright.analysis.facts import EmbeddedTable, make_query_facts, make_result_column
from sqlwright.analysis.finished import Finished
from sqlwright.analysis.inputs.copied import copied_parameters
from sqlwright.analysis.inputs.input_rows import (
    as_columns,
    input_rows,
    rows_that_come_in,
)
from sqlwright.analysis.nullability import Judged, judge_statement
from sqlwright.analysis.outputs.array_dimensions import output_dimensions
from sqlwright.analysis.outputs.asked_json import with_json_form
from sqlwright.analysis.outputs.column_types import column_type
from sqlwright.analysis.outputs.field_names import with_field_names
from sqlwright.analysis.outputs.null_overrides import (
    with_element_overrides,
    with_overrides,
    with_parameter_overrides,
)
from sqlwright.analysis.outputs.omissions import (
    check_embedded,
    check_omission,
    check_order,
    read_omission,
)
from sqlwright.analysis.outputs.record_fields import record_fields, rows_reason
from sqlwright.analysis.outputs.shared_names import shared_params, shared_row
from sqlwright.analysis.parameters import inferred_parameters
from sqlwright.analysis.premises.infinite_columns import columns_shown, says_infinity, with_infinite
from sqlwright.analysis.premises.shown_columns import output_origin
from sqlwright.analysis.row_counts.expected_rows import check_rows_wanted
from sqlwright.analysis.sql_text import final_sql
from sqlwright.analysis.state.omission import Omission
from sqlwright.analysis.state.parameter_settling import settle_parameters
from sqlwright.analysis.state.parameter_types import ParameterTypes
from sqlwright.analysis.state.parse_state import ParseState, TextEdit
from sqlwright.analysis.tree.traversal import parts_but_columns
from sqlwright.analysis.type_reasons import Reasons
from sqlwright.catalog.versions import check_version
from sqlwright.dataclass import dataclass, replace
from sqlwright.depth import with_room
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.diagnostics.complexity import too_complex
from sqlwright.source import Span
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.analysis.facts import Parameter, QueryFacts, ResultColumn, Violable
    from sqlwright.analysis.variants.analysing import Analyse
    from sqlwright.analysis.variants.inference import Varying
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.sql.statements import QueryStatement

_ROWS = (nodes.Select, nodes.Insert, nodes.Update, nodes.Delete, nodes.Merge)


@dataclass(frozen=True, slots=True)
class _Analysed:
    """The outcome of analysing a statement."""

    query: tree.Query
    types: ParameterTypes
    edits: tuple[TextEdit, ...]
    warnings: tuple[Diagnostic, ...]
    omission: Omission | None = None


def infer_query(
    catalog: Catalog,
    statement: QueryStatement,
    unknown_functions: Literal["error", "warn"] = "error",
    *,
    violations: bool = True,
    type_reasons: bool = True,
) -> tuple[QueryFacts | None, list[Diagnostic]]:
    """Parameters, result columns and row count of a query. Facts are None if it was refused.

    With `unknown_functions` "warn", a call of a function that does not exist has the type of the
    cast that is written on it. Without `violations`, the facts do not say which constraints it can
    violate; without `type_reasons`, not why types are what they are.
    """
    reasons = Reasons(catalog, statement.source) if type_reasons else None
    inference = _Inference(catalog, statement, unknown_functions, violations, reasons)
    try:
        return with_room(inference.of_query)
    except DiagnosticError as error:
        return None, [error.diagnostic]
    except RecursionError:
        return None, [too_complex(statement.annotation.name_span)]


@dataclass(frozen=True, slots=True)
class _Inference:
    """The parts of `infer_query`. Functions within it would be a circle where they are compiled."""

    catalog: Catalog
    statement: QueryStatement
    unknown_functions: Literal["error", "warn"]
    violations: bool
    reasons: Reasons | None

    def of_query(self) -> tuple[QueryFacts | None, list[Diagnostic]]:
        statement = self.statement
        analysed = settle_parameters(partial(self._analysed, omits=False))
        if analysed.omission is not None:
            check_omission(statement, analysed.omission)
            whole, analysed = analysed, settle_parameters(self._analysed)
            check_order(statement, whole.query, analysed.query)
        facts, advised = _facts(
            self.catalog, statement, analysed, self._analysed_other, self.violations, self.reasons
        )
        found = [*analysed.warnings, *advised]
        refused = any(item.severity == "error" for item in found)
        return None if refused else facts, found

    def _analysed(self, types: ParameterTypes, *, omits: bool = True) -> _Analysed:
        return _analyse(self.catalog, self.statement, types, self.unknown_functions, omits=omits)

    def _analysed_other(self, other: nodes.Statement, types: ParameterTypes) -> _Analysed:
        statement = replace(self.statement, tree=other)
        return _analyse(self.catalog, statement, types, self.unknown_functions)


def analysed_query(
    catalog: Catalog,
    statement: QueryStatement,
    unknown_functions: Literal["error", "warn"] = "error",
) -> tree.Query:
    """The tree of a query that `infer_query` took. Raises DiagnosticError for others."""

    def analyse(types: ParameterTypes) -> _Analysed:
        return _analyse(catalog, statement, types, unknown_functions)

    return with_room(lambda: settle_parameters(analyse)).query


def with_columns_of_queries(catalog: Catalog, statements: Iterable[QueryStatement]) -> Catalog:
    """The catalog, in which columns are marked that one of the queries puts together with infinity:
    what one says of a column holds for the others."""
    for statement in statements:
        text = statement.source.text[statement.tree.start : statement.tree.end]
        if not says_infinity(text):
            continue
        try:
            query = analysed_query(catalog, statement, "warn")
        except (DiagnosticError, RecursionError):
            continue  # which is reported as the query is inferred
        catalog = with_infinite(catalog, columns_shown(catalog, query))
    return catalog


def _analyse(
    catalog: Catalog,
    statement: QueryStatement,
    types: ParameterTypes,
    unknown_functions: Literal["error", "warn"],
    *,
    omits: bool = True,
) -> _Analysed:
    """Analyse a statement, with the columns that its words leave out of stars or without them."""
    check_version(catalog, statement.source, statement.tree)
    state = ParseState(catalog=catalog, source=statement.source, parameters=types)
    state.unknown_functions = unknown_functions
    state.expand_stars = isinstance(statement.tree, _ROWS)
    state.omission = read_omission(statement, applied=omits) if statement.words else None
    query = analyse_statement(state, statement.tree)
    return _Analysed(query, types, tuple(state.edits), tuple(state.warnings), state.omission)


def _facts(
    catalog: Catalog,
    statement: QueryStatement,
    analysed: _Analysed,
    analyse: Analyse,
    violations: bool,
    reasons: Reasons | None,
) -> tuple[QueryFacts, tuple[Diagnostic, ...]]:
    """The facts of a query, and what there is to say of it besides."""
    annotation = statement.annotation
    query = analysed.query
    check_rows_wanted(annotation, query)
    parts = tuple(parts_but_columns(query))
    inferred = inferred_parameters(catalog, statement, analysed.types, parts, reasons)
    names = [target.name for target in query.output]
    variants = _varying(catalog, statement, analysed, inferred, analyse)
    if variants is not None:
        inferred, query = variants.parameters, variants.judged
        parts = tuple(parts_but_columns(query))
    parameters = with_element_overrides(statement, inferred)
    parameters = with_parameter_overrides(statement, parameters, names)
    unnesting = rows_that_come_in(catalog, statement, query)
    parameters = as_columns(statement, unnesting, parameters)
    optional = {parameter.position for parameter in parameters if parameter.nullable}
    holding = {parameter.position for parameter in parameters if parameter.element_nullable}
    level = unnesting.numbers if unnesting is not None else ()
    judged = judge_statement(catalog, query, statement.source, optional, holding, level)
    found = with_field_names(statement, _columns(catalog, statement, query, judged, reasons))
    rows = judged.judge.rows.row_count(query, statement.source)
    coming = input_rows(catalog, statement, query, unnesting)
    facts = make_query_facts(
        name=annotation.name,
        command=annotation.command,
        comment=statement.comment,
        span=annotation.name_span,
        sql=final_sql(statement, analysed.edits),
        parameters=parameters,
        columns=with_overrides(statement, found),
        embeds=_embeds(statement, query, judged),
        rows=rows.rows,
        rows_reason=rows.reason,
        writes=query.writes,
        holdable=query.command == "select" and not query.locking and not query.writes,
        copy_target=_copy_target(query),
        copied=copied_parameters(catalog, statement.source, query, annotation.name)
        if annotation.command == "copyfrom"
        else (),
        json_types=statement.json_types,
        input_rows=coming,
        ordered=bool(query.order_by),
        variants=variants.texts if variants is not None else None,
        violable=_violable(statement, analysed.query, judged, optional, settled=variants is None)
        if violations
        else None,
        row_class=shared_row(statement),
        params_class=shared_params(statement),
    )
    if variants is not None and variants.position:
        facts = _with_position(facts, variants)
    return facts, advice(Finished(catalog, statement, query, parts, inferred, found, rows, coming))


def _varying(
    catalog: Catalog,
    statement: QueryStatement,
    analysed: _Analysed,
    parameters: tuple[Parameter, ...],
    analyse: Analyse,
) -> Varying | None:
    """The variants of a query whose words ask for such; few have any."""
    if not statement.words:
        return None
    from sqlwright.analysis.variants.inference import varying

    return varying(catalog, statement, analysed, parameters, analyse)


def _with_position(facts: QueryFacts, variants: Varying) -> QueryFacts:
    from sqlwright.analysis.variants.paging import as_columns_are

    return replace(facts, position=as_columns_are(variants.position, facts.columns))


def _violable(
    statement: QueryStatement,
    query: tree.Query,
    judged: Judged,
    optional: set[int],
    *,
    settled: bool,
) -> tuple[Violable, ...] | None:
    """The constraints that a statement can violate, all of its parts being there."""
    from sqlwright.analysis.violations.violable import violable
    from sqlwright.analysis.violations.writes import Writing

    scope = judged.scope
    if query is not scope.query:
        scope = judged.judge.outputs.open(query, None, statement.source)
    return violable(Writing(judged.judge, scope, settled=settled), query, optional)


# Columns


def _columns(
    catalog: Catalog,
    statement: QueryStatement,
    query: tree.Query,
    judged: Judged,
    reasons: Reasons | None,
) -> tuple[ResultColumn, ...]:
    embeds = _embed_marks(query)
    columns = []
    for at, (target, verdict) in enumerate(zip(query.output, judged.columns, strict=True)):
        expr = target.expr
        kind = column_type(catalog, expr.type, expr.modifier)
        dimensions = output_dimensions(catalog, query, at + 1) if kind.is_array else ()
        origin = output_origin(query, at)
        column = make_result_column(
            name=target.name,
            type=kind.reported,
            declared_type=expr.type,
            modifier=kind.modifier,
            nullable=verdict.nullable,
            element_nullable=bool(dimensions) and verdict.elements,
            dimensions=dimensions,
            relation=origin.relation if origin is not None else 0,
            relation_column=origin.column if origin is not None else None,
            embed=embeds.index(_mark(target)) if target.embed is not None else None,
            fields=record_fields(judged.judge, query, at, judged.scope)
            if kind.has_table or kind.holds_records
            else None,
            type_reason=reasons.of_column(target, kind.reported) if reasons else None,
            nullable_reason=verdict.reason,
            rows_reason=rows_reason(judged.judge, query, at, judged.scope)
            if kind.has_table
            else None,
            span=Span(statement.source, target.start, target.end) if target.start >= 0 else None,
        )
        columns.append(with_json_form(statement, judged, query, at, column))
    return tuple(columns)


def _mark(target: tree.TargetEntry) -> tuple[str, int]:
    return target.embed or "", target.start


def _embed_marks(query: tree.Query) -> list[tuple[str, int]]:
    return list(dict.fromkeys(_mark(target) for target in query.output if target.embed is not None))


def _embeds(
    statement: QueryStatement, query: tree.Query, judged: Judged
) -> tuple[EmbeddedTable, ...]:
    embeds = []
    for mark in _embed_marks(query):
        targets = [target for target in query.output if _mark(target) == mark]
        var = targets[0].expr
        assert isinstance(var, tree.Var)
        relation = var.entry.relation
        absent = judged.may_be_absent(var)
        made = EmbeddedTable(
            name=mark[0],
            relation=relation.oid if relation is not None else 0,
            nullable=absent,
            key=_embed_key(targets, judged) if absent else None,
            partial=relation is not None and len(targets) < len(relation.columns),
        )
        check_embedded(statement, made, targets[0].start, targets[0].end)
        embeds.append(made)
    return tuple(embeds)


def _embed_key(targets: list[tree.TargetEntry], judged: Judged) -> int | None:
    """The first embedded column that is NULL only where the whole row is absent."""
    for at, target in enumerate(targets):
        if isinstance(target.expr, tree.Var) and judged.is_there_with_row(target.expr):
            return at
    return None


def _copy_target(query: tree.Query) -> tuple[int, tuple[str, ...]] | None:
    entry = query.target_entry
    if query.command != "insert" or entry is None or entry.relation is None:
        return None
    return entry.relation.oid, tuple(item.column.name for item in query.assignments)
