"""The analysis as definitions use it: queries of views, defaults, checks, function bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from sqlwright.analysis import tree
from sqlwright.analysis.analyse import transform_expr, transform_statement
from sqlwright.analysis.clauses.collations import assign_expr_collations
from sqlwright.analysis.clauses.row_clauses import transform_where_clause
from sqlwright.analysis.names.column_names import figure_index_column_name
from sqlwright.analysis.names.relations import add_range_table_entry_for_relation
from sqlwright.analysis.names.scope import add_ns_item_to_query
from sqlwright.analysis.nullability.judge import CatalogJudge
from sqlwright.analysis.nullability.lasting import with_lasting_columns
from sqlwright.analysis.nullability.rules.infinity import output_may_be_infinite
from sqlwright.analysis.old_and_new import row_condition, rule_action
from sqlwright.analysis.outputs.array_dimensions import query_dimensions
from sqlwright.analysis.premises.infinite_columns import (
    is_time,
    speaks_of_infinity,
    with_columns_of_schema,
)
from sqlwright.analysis.resolution.coerce import coerce_to_boolean, coerce_to_target_type
from sqlwright.analysis.resolution.function_candidates import CallShape
from sqlwright.analysis.resolution.function_lookup import func_get_detail
from sqlwright.analysis.resolution.overloads import can_coerce_type
from sqlwright.analysis.resolution.polymorphic import enforce_generic_type_consistency
from sqlwright.analysis.retyping import check_retyped, type_as_written
from sqlwright.analysis.state.parameter_types import ParameterSlot, ParameterTypes
from sqlwright.analysis.state.parse_state import ParseState
from sqlwright.analysis.state.refusal import RefusalError
from sqlwright.analysis.statements.rewrite import check_rewrite
from sqlwright.analysis.statements.updatable_views import why_not_checked
from sqlwright.analysis.tree.collations import lacks_collation, output_collation, uncollated
from sqlwright.analysis.tree.immutability import is_immutable
from sqlwright.analysis.tree.references import references_of
from sqlwright.analysis.tree.traversal import walk
from sqlwright.catalog.analyser import AnalysedExpression, AnalysedQuery, Analyser, ExpressionUse
from sqlwright.catalog.model import Column
from sqlwright.catalog.types.properties import is_polymorphic
from sqlwright.dataclass import replace
from sqlwright.sql import nodes

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.catalog.model import Function, Relation
    from sqlwright.catalog.stored import StoredExpression, StoredQuery
    from sqlwright.source import SourceFile
    from sqlwright.sql import ddl_nodes as ddl

_CONDITIONS: dict[ExpressionUse, str] = {
    "index predicate": "WHERE",
    "policy": "POLICY",
}


class SchemaAnalyser:
    """Analyses what stands inside definitions; holds no state."""

    def view(
        self, catalog: Catalog, source: SourceFile, query: nodes.Statement, names: tuple[str, ...]
    ) -> AnalysedQuery:
        """The query of a view or of CREATE TABLE AS; `names` rename its first columns."""
        state = _state(catalog, source, query)
        analysed = transform_statement(state, query)
        _refuse_parameters(state)
        if len(names) > len(analysed.output):
            state.error(
                "too-many-column-names",
                "CREATE VIEW specifies more column names than columns",
                query,
                sqlstate="42601",
            )
        columns = _with_infinite(catalog, _columns(catalog, analysed, names), analysed)
        references = references_of(catalog, analysed)
        return AnalysedQuery(columns, analysed, references, uncollated(catalog, analysed))

    def expression(
        self,
        catalog: Catalog,
        source: SourceFile,
        expr: nodes.Expr,
        use: ExpressionUse,
        relation: Relation | None = None,
        target: tuple[int, int, str] | None = None,
        value: tuple[int, int] | None = None,
    ) -> AnalysedExpression:
        """An expression over the columns of a relation; see `Analyser.expression`."""
        state = _state(catalog, source, expr)
        state.domain_value = value
        if relation is not None:
            item = add_range_table_entry_for_relation(state, relation, None)
            add_ns_item_to_query(state, item)
        result: tree.Expr | None
        if use in _CONDITIONS:
            result = transform_where_clause(state, expr, use, _CONDITIONS[use])
        else:
            result = transform_expr(state, expr, use)
        assert result is not None
        _refuse_parameters(state)
        assign_expr_collations(state, (result,))
        if use == "check constraint":
            result = coerce_to_boolean(state, result, "CHECK")
        if use == "generated column":
            _check_generated(state, result)
        if target is not None:
            result = _converted(state, result, use, target)
        return _analysed(catalog, result)

    def body(
        self,
        catalog: Catalog,
        source: SourceFile,
        statement: nodes.Statement,
        names: tuple[str, ...],
        types: tuple[int, ...],
        function: str = "",
    ) -> AnalysedQuery:
        """One statement of an SQL function; the arguments may be named or be `$n`."""
        slots = {number: ParameterSlot(type=each) for number, each in enumerate(types, 1)}
        state = _state(catalog, source, statement)
        state.parameters = ParameterTypes(slots=slots)
        state.function_name = function
        state.arguments = dict(reversed([(name, at) for at, name in enumerate(names, 1) if name]))
        analysed = transform_statement(state, statement)
        check_rewrite(state, analysed)
        for number in state.parameters.slots:
            if number > len(types):
                _error_no_parameter(state, number)
        return AnalysedQuery(
            _columns(catalog, analysed, ()), analysed, references_of(catalog, analysed)
        )

    def why_not_checked(self, query: StoredQuery) -> str | None:
        """Why a view of this query cannot be WITH CHECK OPTION; None if it can."""
        return why_not_checked(query) if isinstance(query, tree.Query) else None

    def row_condition(
        self,
        catalog: Catalog,
        source: SourceFile,
        statement: ddl.CreateTrigger | ddl.CreateRule,
        table: Relation,
        condition: nodes.Expr,
    ) -> AnalysedExpression:
        """WHEN of a trigger, or WHERE of a rule, over the old and the new row."""
        state = _state(catalog, source, condition)
        result = row_condition(state, statement, table, condition)
        _refuse_parameters(state)
        assign_expr_collations(state, (result,))
        return _analysed(catalog, result)

    def rule_action(
        self,
        catalog: Catalog,
        source: SourceFile,
        rule: ddl.CreateRule,
        table: Relation,
        action: nodes.Statement,
    ) -> AnalysedQuery:
        """A statement that a rule runs, and what it returns."""
        state = _state(catalog, source, action)
        query = rule_action(state, rule, table, action)
        _refuse_parameters(state)
        return AnalysedQuery(_columns(catalog, query, ()), query, references_of(catalog, query))

    def index_column_name(self, expr: nodes.Expr) -> str | None:
        """The name an index gives to a key that is an expression, None if it gives none."""
        return figure_index_column_name(expr)

    def can_coerce(self, catalog: Catalog, source: int, target: int) -> bool:
        """Whether values of a type become those of another without being asked to."""
        return can_coerce_type(catalog, (source,), (target,), "implicit")

    def can_assign(self, catalog: Catalog, source: int, target: int) -> bool:
        """Whether values of a type can be stored in a column of another."""
        return can_coerce_type(catalog, (source,), (target,), "assignment")

    def type_as_written(self, expr: StoredExpression) -> int:
        """The type of an expression before it was converted to that of what it is for."""
        return type_as_written(expr) if isinstance(expr, tree.Expr) else 0

    def check_retyped(
        self,
        catalog: Catalog,
        source: SourceFile,
        expr: StoredExpression,
        column: tuple[int, int],
        place: nodes.Node,
    ) -> None:
        """Refuse an expression that cannot be over a column of another type."""
        if isinstance(expr, tree.Expr):
            state = _state(catalog, source)
            check_retyped(state, expr, *column, place)

    def call(
        self, catalog: Catalog, names: tuple[str, ...], arguments: tuple[int, ...]
    ) -> tuple[Function, int] | None:
        """The function that a call with these argument types finds, and the type it returns."""
        shape = CallShape(len(arguments), expand_variadic=False)
        found = func_get_detail(catalog, names, arguments, shape, literal=False)
        if found.candidate is None:
            return None
        function = found.candidate.item.function
        declared = found.candidate.arguments[: len(arguments)]
        if is_polymorphic(function.result) and any(map(is_polymorphic, arguments)):
            return function, function.result  # a polymorphic aggregate's own transition
        try:
            resolved = enforce_generic_type_consistency(
                catalog, arguments, declared, function.result
            )
        except RefusalError:
            return None
        return function, resolved.result

    def with_memory(self, catalog: Catalog, statement: str) -> Catalog:
        """The catalog with what the rows of a later time may still hold; see `Analyser`."""
        if speaks_of_infinity(catalog, statement):
            catalog = with_columns_of_schema(catalog, statement)
        return with_lasting_columns(catalog, statement)


analyser: Analyser = SchemaAnalyser()


def _state(catalog: Catalog, source: SourceFile, node: nodes.Node | None = None) -> ParseState:
    """What analyses a part of a definition, or nothing that is written there."""
    state = ParseState(catalog=catalog, source=source, parameters=ParameterTypes())
    state.collates = node is not None and "collate" in source.text[node.start : node.end].lower()
    return state


def _analysed(catalog: Catalog, expr: tree.Expr) -> AnalysedExpression:
    return AnalysedExpression(
        expr.type,
        expr.modifier,
        references_of(catalog, expr),
        is_immutable(catalog, expr),
        expr,
        lacks_collation(catalog, expr),
    )


def _columns(catalog: Catalog, query: tree.Query, names: tuple[str, ...]) -> tuple[Column, ...]:
    """Arrays keep the dimensions that they have for sure."""
    dimensions = [
        known[0] if len(known) == 1 and known[0] > 1 else 0
        for known in query_dimensions(catalog, query)
    ]
    return tuple(
        Column(
            name=names[at] if at < len(names) else target.name,
            type=target.expr.type,
            number=at + 1,
            modifier=target.expr.modifier,
            collation=output_collation(catalog, target.expr),
            dimensions=dimensions[at],
        )
        for at, target in enumerate(query.output)
    )


def _with_infinite(
    catalog: Catalog, columns: tuple[Column, ...], query: tree.Query
) -> tuple[Column, ...]:
    """The columns that CREATE TABLE AS copies, with those marked that may hold infinity."""
    judge = CatalogJudge(catalog, ())
    return tuple(
        replace(column, infinite=True)
        if is_time(catalog, column.type) and output_may_be_infinite(judge, query, at)
        else column
        for at, column in enumerate(columns, 1)
    )


def _refuse_parameters(state: ParseState) -> None:
    for number in state.parameters.slots:
        _error_no_parameter(state, number)


def _error_no_parameter(state: ParseState, number: int) -> None:
    state.error(
        "unknown-parameter",
        f"there is no parameter ${number}",
        state.parameters.slots[number].first,
        sqlstate="42P02",
    )


def _check_generated(state: ParseState, expr: tree.Expr) -> None:
    for part in walk(expr):
        if not isinstance(part, tree.Var) or part.number < 0:
            continue
        if part.number == 0:
            state.error(
                "invalid-generation-expression",
                "cannot use whole-row variable in column generation expression",
                part,
                sqlstate="42P17",
                detail="This would cause the generated column to depend on its own value.",
            )
        source = part.entry.columns[part.number - 1].source
        if source is not None and source.generated is not None:
            state.error(
                "invalid-generation-expression",
                f'cannot use generated column "{part.name}" in column generation expression',
                part,
                sqlstate="42P17",
                detail="A generated column cannot reference another generated column.",
            )
    if not is_immutable(state.catalog, expr):
        state.error(
            "invalid-generation-expression",
            "generation expression is not immutable",
            expr,
            sqlstate="42P17",
        )


def _converted(
    state: ParseState, expr: tree.Expr, use: ExpressionUse, target: tuple[int, int, str]
) -> tree.Expr:
    type_oid, modifier, name = target
    result = coerce_to_target_type(
        state, expr, expr.type, type_oid, modifier, "assignment", False, expr
    )
    if result is None:
        _error_not_convertible(state, expr, use, state.catalog.display_type(type_oid), name)
    return result


def _error_not_convertible(
    state: ParseState, expr: tree.Expr, use: ExpressionUse, wanted: str, name: str
) -> NoReturn:
    given = state.catalog.display_type(expr.type)
    hint: str | None = "You will need to rewrite or cast the expression."
    if use == "alter column transform":
        message = (
            f'result of USING clause for column "{name}" cannot be cast automatically to type '
            f"{wanted}"
        )
        hint = "You might need to add an explicit cast."
    elif use == "partition bound":
        message = f'specified value cannot be cast to type {wanted} for column "{name}"'
        hint = None
    elif use == "function default":
        message = f"argument of DEFAULT must be type {wanted}, not type {given}"
    else:
        message = f'column "{name}" is of type {wanted} but default expression is of type {given}'
    state.error("type-mismatch", message, expr, sqlstate="42804", hint=hint)
