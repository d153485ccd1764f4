"""Why a query, a column or a parameter came out as it did, laid out for `explain`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis.facts import Parameter, QueryFacts, Reason, RecordField, ResultColumn
from sqlwright.analysis.outputs.json_of_types import JSON_TYPES
from sqlwright.catalog.catalog import Catalog
from sqlwright.diagnostics import CODES, Diagnostic, DiagnosticError
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.diagnostics.unknown import unknown


def explain(catalog: Catalog, queries: Sequence[QueryFacts], name: str) -> str:
    """The reasons for `Query`, `Query.column` or `Query.$parameter` (by name or number).

    Raises DiagnosticError `unknown-query`, with the nearest name there is.
    """
    query_name, _, part = name.partition(".")
    known = {facts.name: facts for facts in queries}
    facts = known.get(query_name)
    if facts is None:
        raise DiagnosticError(unknown("query", query_name, known))
    if part.startswith("$"):
        lines = _parameter(catalog, _find_parameter(facts, part[1:]))
    elif part:
        lines = _column(catalog, _find_column(facts, part))
    else:
        lines = _query(catalog, facts)
    return "\n".join(lines) + "\n"


def _find_parameter(facts: QueryFacts, wanted: str) -> Parameter:
    for item in facts.parameters:
        if wanted in (item.name, str(item.position)):
            return item
    names = [item.name for item in facts.parameters]
    raise DiagnosticError(unknown("parameter", wanted, names, facts.name))


def _find_column(facts: QueryFacts, wanted: str) -> ResultColumn:
    for item in facts.columns:
        if item.name == wanted:
            return item
    names = [item.name for item in facts.columns]
    raise DiagnosticError(unknown("column", wanted, names, facts.name))


def _query(catalog: Catalog, facts: QueryFacts) -> Iterator[str]:
    line, _ = facts.span.source.position(facts.span.start)
    yield f"{facts.name} :{facts.command}  {facts.span.source.path}:{line}"
    yield f"  rows: {facts.rows}"
    if facts.rows_reason is not None:
        yield from _reason(facts.rows_reason, 2)
    for parameter in facts.parameters:
        yield from (f"  {text}" for text in _parameter(catalog, parameter))
    for column in facts.columns:
        yield from (f"  {text}" for text in _column(catalog, column))


def _parameter(catalog: Catalog, item: Parameter) -> Iterator[str]:
    shown = _shown(catalog.contract_type(item.type), item, is_array=item.element_reason is not None)
    yield f"${item.position} {item.name}: {shown}"
    yield from _reasons(
        type=item.type_reason, null=item.nullable_reason, elements=item.element_reason
    )


def _column(catalog: Catalog, item: ResultColumn) -> Iterator[str]:
    shown = _shown(catalog.contract_type(item.type), item, is_array=bool(item.dimensions))
    yield f"{item.name}: {shown}"
    yield from _reasons(type=item.type_reason, null=item.nullable_reason, fields=item.rows_reason)
    if item.json is not None:
        yield f"  json: {_made_of(catalog, item)}"
        yield from _fields(catalog, item, 2)


def _fields(catalog: Catalog, item: ResultColumn | RecordField, depth: int) -> Iterator[str]:
    """The fields of the objects in json, and those of the objects in them one step further in."""
    for at, field in enumerate(item.fields or (), 1):
        made = f"{_made_of(catalog, field)} {_null(field.nullable)}"
        yield f"{'  ' * depth}{field.name or at}: {made}"
        yield from _fields(catalog, field, depth + 1)


_LEVELS = {"list": ("list of", "lists of"), "dict": ("values by key:", "values by key:")}
_INSIDE = {"object": ("object", "objects"), "tuple": ("list of values", "lists of values")}


def _made_of(catalog: Catalog, item: ResultColumn | RecordField) -> str:
    """What json is made of, in words."""
    form = item.json
    assert form is not None
    words = []
    for at, level in enumerate(form.around):
        words.append(_LEVELS[level.kind][min(at, 1)])
    if form.kind == "value":
        value = form.item or item
        kind = catalog.contract_type(value.type) if value.type else "null"
        words.append("any json" if catalog.base_type(value.type) in JSON_TYPES else kind)
    else:
        words.append(_INSIDE[form.kind][min(len(words), 1)])
    nulls = " or null" if form.around and form.around[-1].nullable else ""
    return " ".join(words) + nulls


def _shown(type_name: str, item: Parameter | ResultColumn, *, is_array: bool) -> str:
    elements = f", elements {_null(item.element_nullable)}" if is_array else ""
    return f"{type_name} {_null(item.nullable)}{elements}"


def _null(nullable: bool) -> str:
    return "NULL" if nullable else "NOT NULL"


def _reasons(**reasons: Reason | None) -> Iterator[str]:
    for heading, reason in reasons.items():
        if reason is not None:
            first, *rest = _reason(reason, 2)
            yield f"  {heading}: {first.strip()}"
            yield from rest


def _reason(reason: Reason, depth: int) -> Iterator[str]:
    """A sentence with its place, then what it rests on, one step further in."""
    place = ""
    if reason.span is not None:
        line, column = reason.span.source.position(reason.span.start)
        place = f"  ({reason.span.source.path}:{line}:{column})"
    yield f"{'  ' * depth}{reason.text}{place}"
    for each in reason.because:
        yield from _reason(each, depth + 1)


def is_code(name: str) -> bool:
    """Whether a name can only be meant for the code of a report: queries have no hyphens."""
    return "-" in name and "." not in name


def unknown_code(name: str) -> Diagnostic:
    """There is no such code, but perhaps one that is nearly the same."""
    return Diagnostic(
        "unknown-query",
        "error",
        f'there is no code "{name}"',
        help=did_you_mean(nearest(name, CODES)),
    )
