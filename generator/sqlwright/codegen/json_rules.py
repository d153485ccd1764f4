"""What the Python types of json columns may be said of, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlwright.analysis.facts import QueryFacts
from sqlwright.catalog.catalog import Catalog
from sqlwright.codegen.options import PackageOptions, TypedJson
from sqlwright.codegen.types.expressions import TypeTextError, parse_type
from sqlwright.codegen.types.json_types import is_json
from sqlwright.codegen.types.type_overrides import Place, is_for_column, is_for_query
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Code, Diagnostic, Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.source import Span
from sqlwright.sql.statements import JsonType


def json_problems(
    catalog: Catalog, queries: Sequence[QueryFacts], options: PackageOptions
) -> list[Diagnostic]:
    """An error for every `@json` comment and every rule of `[json.columns]` that gives a type to
    something that is no json, or something that is no type."""
    found = [problem for query in queries for problem in _of_comments(catalog, query)]
    for rule in options.json.columns:
        types = list(_types_of_rule(catalog, queries, rule))
        if types and not any(_holds_json(catalog, oid) for oid in types):
            found.append(_not_json(catalog, f"`{rule.place}`", types[0], rule.span))
    return found


def _of_comments(catalog: Catalog, query: QueryFacts) -> Iterator[Diagnostic]:
    for said in query.json_types:
        problem = _malformed(said) or _about_no_json(catalog, query, said) or _no_type(said)
        if problem is not None:
            yield replace(problem, query=query.name)


def _malformed(said: JsonType) -> Diagnostic | None:
    if said.column:
        return None
    return _error(
        "invalid-python-type",
        "@json names no column or no type",
        said.python_span,
        "write it as `-- @json column = my_app.types.Settings`, or `-- @json column` for what the "
        "query makes",
    )


def _about_no_json(catalog: Catalog, query: QueryFacts, said: JsonType) -> Diagnostic | None:
    places: dict[str, list[int]] = {}
    for column in query.columns:
        places.setdefault(column.name, []).append(column.type)
    for parameter in query.parameters if said.python else ():
        places.setdefault(parameter.name, []).append(parameter.type)
    types = places.get(said.column)
    if types is None:
        near = did_you_mean(nearest(said.column, places))
        listed = f"it has {', '.join(places) or 'none at all'}"
        what = "result column or parameter" if said.python else "result column"
        message = f'the query has no {what} "{said.column}"'
        return _error("unknown-override-column", message, said.column_span, near or listed)
    if any(_holds_json(catalog, oid) for oid in types):
        return None
    found = _not_json(catalog, f'"{said.column}"', types[0], said.column_span)
    return found if said.python else replace(found, help="`@json` is said of columns of json")


def _no_type(said: JsonType) -> Diagnostic | None:
    if not said.python:
        return None
    try:
        parse_type(said.python)
    except TypeTextError as error:
        span = said.python_span
        place = replace(span, start=span.start + error.start, end=span.start + error.end)
        return _error("invalid-python-type", error.message, place, error.help)
    return None


def _types_of_rule(
    catalog: Catalog, queries: Iterable[QueryFacts], rule: TypedJson
) -> Iterator[int]:
    """The types of all that a rule is about."""
    for relation in catalog.relations():
        for column in relation.columns:
            if is_for_column(catalog, rule.place, Place((relation.oid, column.name))):
                yield column.type
    for query in queries:
        items = [(item.name, item.type) for item in query.columns]
        items += [(item.name, item.type) for item in query.parameters]
        for name, oid in items:
            if is_for_query(rule.place, Place(query=query, name=name)):
                yield oid


def _holds_json(catalog: Catalog, oid: int) -> bool:
    return is_json(catalog.type(catalog.base_type(oid)))


def _not_json(catalog: Catalog, what: str, oid: int, span: Span | None) -> Diagnostic:
    shown = catalog.contract_type(oid)
    return _error(
        "invalid-python-type",
        f"{what} is {shown} and no json, so its contents have no type",
        span,
        f'an override says what it is in Python: `type = "{shown}"` or `column`, and `python`',
    )


def _error(code: Code, message: str, span: Span | None, help: str | None) -> Diagnostic:
    labels = () if span is None else (Label(span),)
    return Diagnostic(code, "error", message, labels, help=help)
