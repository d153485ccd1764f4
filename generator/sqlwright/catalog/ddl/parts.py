"""The parts of a statement that it can do without: constraints and default values.

Only for schemas that describe tables rather than create them is such a part left out where it
cannot be resolved; otherwise it is refused, and the statement with it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlwright.catalog.ddl.constraints.not_null import drop_not_null
from sqlwright.catalog.ddl.context import Add, Context, Part
from sqlwright.catalog.ddl.tables.alter_constraints import add_constraint
from sqlwright.catalog.ddl.tables.columns import NewColumn
from sqlwright.catalog.ddl.tables.defaults import add_default, add_generated
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.source import Span
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.lexing.keywords import quote_identifier

_UNRESOLVED = ("42P01", "42703", "42883", "42704", "3F000", "42P07", "42710", "42830")
"""SQLSTATEs of what does not exist, exists already, or is no key that could be referred to."""


def is_unresolved(found: Diagnostic) -> bool:
    """Whether a refusal is about a name that stands for nothing, or is taken already."""
    return found.sqlstate in _UNRESOLVED


def may_be_left_out(found: Diagnostic) -> bool:
    """Whether a refusal may be that of a part: of a name, or of a primary key given twice."""
    return is_unresolved(found) or found.sqlstate == "42P16"


def _with_constraint(
    table: tuple[str, str], definition: ddl.ConstraintDefinition, context: Context
) -> Context:
    relation = context.catalog.find_relation(table)
    if relation is None:
        return context
    return add_constraint(context, relation.oid, definition, only=False)


def _with_default(
    table: tuple[str, str], column: str, expr: nodes.Expr, context: Context
) -> Context:
    relation = context.catalog.find_relation(table)
    known = relation is not None and any(each.name == column for each in relation.columns)
    if relation is None or not known:
        return context
    return add_default(context, relation.oid, column, expr)


def constraint_part(
    context: Context,
    table: tuple[str, str],
    definition: ddl.ConstraintDefinition,
    add: Add | None = None,
    *,
    of_column: bool = False,
    place: Span | None = None,
) -> Context:
    """With a constraint of a table. `add` is how, if it is not as ALTER TABLE would add it; `place`
    is where, if that is more than the constraint."""
    added = partial(_with_constraint, table, definition)
    first = add or added
    if context.parts is None:
        return first(context)
    alone = _added(context, definition, of_column)
    return _attempt(
        context,
        first,
        lambda refused: Part(
            table,
            _noun(definition),
            place or Span(context.source, definition.start, definition.end),
            refused,
            added,
            not of_column,
            f"ALTER TABLE {_qualified(table)} ADD {alone}",
        ),
        lambda found: is_unresolved(found) or _is_key_already(context, table, definition),
    )


def key_of_column(context: Context, table: tuple[str, str], column: NewColumn) -> Context:
    """Without the NOT NULL that a column has from its primary key alone, which was left out."""
    kinds = {each.kind for each in column.definition.constraints} if column.definition else set()
    relation = context.catalog.find_relation(table)
    if relation is None or kinds & {"not null", "identity"} or column.sequence is not None:
        return context
    return drop_not_null(context, relation.oid, column.column.name)


def default_part(
    context: Context,
    table: tuple[str, str],
    column: str,
    expr: nodes.Expr,
    place: Span,
    *,
    listed: bool = False,
) -> Context:
    """With the default value of a column. Without it the column has one that is not known."""
    added = partial(_with_default, table, column, expr)
    if context.parts is None:
        return added(context)
    text = context.source.text[expr.start : expr.end]
    return _attempt(
        context,
        added,
        lambda refused: Part(
            table,
            f"default of {column}",
            place,
            refused,
            added,
            listed,
            f"ALTER TABLE {_qualified(table)} ALTER {quote_identifier(column)} SET DEFAULT {text}",
        ),
    )


def generated_part(
    context: Context, table: tuple[str, str], column: str, expr: nodes.Expr, place: Span
) -> Context:
    """With the expression of a generated column."""
    relation = context.catalog.find_relation(table)
    if relation is None:
        return context
    oid = relation.oid
    if context.parts is None or not context.parts.last_resort:
        return add_generated(context, oid, column, expr)
    return _attempt(
        context,
        lambda context: add_generated(context, oid, column, expr),
        lambda refused: Part(
            table, f"expression of {column}", place, refused, lambda context: context, False, ""
        ),
    )


def do_without(
    context: Context, error: DiagnosticError, part: Callable[[Diagnostic], Part]
) -> None:
    """Leave out a part that nothing in the schema files resolves. Raises the error of a part that
    is refused for more than a name, or that may still be resolved."""
    parts = context.parts
    if parts is None or not parts.last_resort or not is_unresolved(error.diagnostic):
        raise error
    parts.left_out.append(part(error.diagnostic))


def body_part(context: Context, statement: ddl.CreateFunction, refused: Diagnostic) -> Part:
    """The body of a function, which is known by what it declares."""
    place = Span(context.source, statement.name.start, statement.name.end)
    noun = f"body of {quote_identifier(statement.name.parts[-1])}"
    return Part(None, noun, place, refused, lambda each: each, False, "")


def condition_part(
    context: Context, statement: ddl.CreatePolicy, condition: nodes.Expr, refused: Diagnostic
) -> Part:
    """A condition of a policy: which rows a user sees says nothing about their types."""
    place = Span(context.source, condition.start, condition.end)
    table = context.catalog.find_relation(statement.relation.name)
    names = (table.schema, table.name) if table is not None else None
    noun = f"condition of policy {quote_identifier(statement.name.parts[0])}"
    return Part(names, noun, place, refused, lambda each: each, False, "", "true")


def function_part(context: Context, statement: ddl.CreateTrigger, refused: Diagnostic) -> Part:
    """The function of a trigger that was made without it."""
    place = Span(context.source, statement.function.start, statement.function.end)
    name = statement.name.parts[0]
    table = context.catalog.find_relation(statement.relation.name)
    names = (table.schema, table.name) if table is not None else None
    return Part(names, f"function of trigger {name}", place, refused, lambda each: each, False, "")


def rule_part(context: Context, statement: ddl.CreateRule, refused: Diagnostic) -> Part:
    """What a rule runs, or when: its statements run as they are written."""
    place = Span(context.source, statement.name.start, statement.name.end)
    table = context.catalog.find_relation(statement.relation.name)
    names = (table.schema, table.name) if table is not None else None
    noun = f"actions of rule {quote_identifier(statement.name.parts[0])}"
    return Part(names, noun, place, refused, lambda each: each, False, "")


def _is_key_already(
    context: Context, table: tuple[str, str], definition: ddl.ConstraintDefinition
) -> bool:
    """Whether a primary key is given that the table has."""
    relation = context.catalog.find_relation(table)
    columns = tuple(each.parts[0] for each in definition.columns)
    return definition.kind == "primary key" and any(
        each.kind == "primary key" and each.columns == columns
        for each in (relation.constraints if relation is not None else ())
    )


def _attempt(
    context: Context,
    add: Add,
    part: Callable[[Diagnostic], Part],
    may_be_without: Callable[[Diagnostic], bool] = is_unresolved,
) -> Context:
    """What `add` makes of the context; the context itself where the part had to be left out."""
    warned = len(context.warnings)
    try:
        return add(context)
    except DiagnosticError as error:
        if context.parts is None or not may_be_without(error.diagnostic):
            raise
        del context.warnings[warned:]
        context.parts.left_out.append(part(error.diagnostic))
        return context


def _noun(definition: ddl.ConstraintDefinition) -> str:
    name = f" {definition.name}" if definition.name else ""
    return f"{definition.kind}{name}"


def _added(context: Context, definition: ddl.ConstraintDefinition, of_column: bool) -> str:
    """A constraint as ALTER TABLE ... ADD takes it."""
    text = context.source.text
    if not of_column or definition.kind == "check":
        return text[definition.start : definition.end]
    name = f"CONSTRAINT {quote_identifier(definition.name)} " if definition.name else ""
    columns = ", ".join(quote_identifier(each.parts[0]) for each in definition.columns)
    if definition.kind != "foreign key":
        return f"{name}{definition.kind.upper()} ({columns})"
    start = definition.name_end if definition.name else definition.start
    return f"{name}FOREIGN KEY ({columns}) {text[start : definition.end].strip()}"


def _qualified(table: tuple[str, str]) -> str:
    return ".".join(map(quote_identifier, table))
