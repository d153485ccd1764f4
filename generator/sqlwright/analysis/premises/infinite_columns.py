"""Which columns are said to hold infinity.

A date, timestamp or interval may be infinite (manual 8.5.1.4), and so may a range of them or a
floating-point number. Of a column that is taken to be so only where something says it: a default,
a CHECK, an index or a view, what a function or a statement of the schema writes, or a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sqlwright.analysis import tree
from sqlwright.analysis.premises.origins import query_behind
from sqlwright.analysis.tree.traversal import Part, children, not_into_queries, walk
from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.inheritance import descendants_of
from sqlwright.catalog.model import Column, Function, Relation
from sqlwright.dataclass import replace
from sqlwright.patterns import pattern

Place = tuple[int, int]
"""A column: the OID of its table, and its number."""

_TIMES = frozenset({oids.DATE, oids.TIMESTAMP, oids.TIMESTAMPTZ, oids.INTERVAL})
_NUMBERS = frozenset({oids.FLOAT4, oids.FLOAT8, oids.NUMERIC})
_INFINITY = pattern(r"infinity", re.IGNORECASE)
_WORD = pattern(r"\w+")


def says_infinity(text: str) -> bool:
    """Whether a text of SQL, or of a literal, speaks of infinity."""
    return _INFINITY.search(text) is not None


def is_time(catalog: Catalog, type_oid: int) -> bool:
    """Whether the type is a date, timestamp or interval, or holds such values."""
    return _innermost(catalog, type_oid) in _TIMES


def can_be_infinite(catalog: Catalog, type_oid: int) -> bool:
    """Whether the type is one that has infinity among its values, or holds values of such a one."""
    return _innermost(catalog, type_oid) in _TIMES | _NUMBERS


def _innermost(catalog: Catalog, type_oid: int) -> int:
    """The type that arrays, domains and ranges are made over in the end."""
    while True:
        found = catalog.type(type_oid)
        inner = found.base or (found.element if found.is_array else 0) or found.subtype
        if not inner:
            return type_oid
        type_oid = inner


def is_infinite_constant(catalog: Catalog, part: Part) -> bool:
    """Whether infinity is written here."""
    return isinstance(part, tree.Const) and part.value is not None and says_infinity(part.value)


def columns_shown(catalog: Catalog, part: Part) -> Iterator[Place]:
    """The columns that an analysed statement or expression puts together with infinity: compares
    with it, or writes it to."""
    if isinstance(part, tree.Query):
        yield from _columns_written(catalog, part)
    elif isinstance(part, tree.Expr) and not isinstance(part, tree.BoolExpr | tree.SubLink):
        below = list(walk(part, not_into_queries))
        if any(is_infinite_constant(catalog, each) for each in below):
            for each in below:
                if isinstance(each, tree.Var):
                    yield from _behind(catalog, each)
    for each in children(part):
        yield from columns_shown(catalog, each)


def _columns_written(catalog: Catalog, query: tree.Query) -> Iterator[Place]:
    relation = query.target_entry.relation if query.target_entry is not None else None
    if relation is None:
        return
    conflict = query.on_conflict.assignments if query.on_conflict is not None else ()
    merged = [each for branch in query.merge_branches for each in branch.assignments]
    for at, item in enumerate(query.assignments):
        rows = [row[at] for row in query.insert_rows if at < len(row)] or [item.value]
        if any(_says(catalog, each) for each in rows):
            yield relation.oid, item.column.number
    for item in (*conflict, *merged):
        if _says(catalog, item.value):
            yield relation.oid, item.column.number


def _says(catalog: Catalog, value: tree.Expr) -> bool:
    """Whether infinity is in a value to be written, or in what the column of a query is that it
    comes from."""
    for each in walk(value):
        if is_infinite_constant(catalog, each):
            return True
        if isinstance(each, tree.Var) and each.number > 0 and each.entry.kind != "relation":
            query = query_behind(catalog, each.entry)
            if query is not None and any(is_infinite_constant(catalog, x) for x in walk(query)):
                return True
            if any(is_infinite_constant(catalog, x) for row in each.entry.values for x in row):
                return True
    return False


def _behind(catalog: Catalog, var: tree.Var) -> Iterator[Place]:
    """The columns of tables that a column shows."""
    if var.number <= 0:
        return
    if var.entry.join_vars:
        for each in walk(var.entry.join_vars[var.number - 1], not_into_queries):
            if isinstance(each, tree.Var):
                yield from _behind(catalog, each)
        return
    source = var.entry.columns[var.number - 1].source
    if var.entry.relation is not None and source is not None:
        yield var.entry.relation.oid, source.number
    query = query_behind(catalog, var.entry)
    if query is not None and 0 < var.number <= len(query.output):
        for each in walk(query.output[var.number - 1].expr, not_into_queries):
            if isinstance(each, tree.Var):
                yield from _behind(catalog, each)


# What the schema says


def speaks_of_infinity(catalog: Catalog, statement: str) -> bool:
    """Whether a statement does so, or makes a trigger of a function that does."""
    # Looking for it where it is not takes longer than asking whether it may be there.
    called = _EXECUTED.search(statement) if "execute" in statement.lower() else None
    names = tuple(called[1].replace('"', "").split(".")) if called is not None else ()
    functions = catalog.functions_named(names) if names else ()
    return says_infinity(statement) or any(says_infinity(each.body or "") for each in functions)


_EXECUTED = pattern(r"\bexecute\s+(?:function|procedure)\s+([\w.\"]+)", re.IGNORECASE)


def with_columns_of_schema(catalog: Catalog, statement: str) -> Catalog:
    """The catalog after a statement that speaks of infinity, and what that says of columns."""
    found: set[Place] = set()
    for relation in _relations(catalog):
        for stored in _stored(relation):
            found |= set(columns_shown(catalog, stored))
        for column in relation.columns:
            expression = column.expression
            if isinstance(expression, tree.Expr) and _says(catalog, expression):
                found.add((relation.oid, column.number))
            if catalog.type(column.type).infinite:
                found.add((relation.oid, column.number))
        found |= set(_written_by_triggers(catalog, relation))
    for function in catalog.functions():
        if isinstance(function.stored, tree.Query):
            found |= set(columns_shown(catalog, function.stored))
        elif says_infinity(function.body or ""):
            found |= set(_named(catalog, function.body or ""))
    if not _DEFINES.match(statement):
        found |= set(_named(catalog, statement))
    return with_infinite(catalog, found)


_DEFINES = pattern(
    r"\s*(create(?!\s+(unique\s+)?index)|comment|alter\s+table(?!.*\busing\b))\b", re.I | re.S
)
"""Statements of which the analysis has what they say: others are gone through word by word."""


def with_infinite(catalog: Catalog, places: Iterable[Place]) -> Catalog:
    """The catalog with these columns, and those that inherit from them, marked."""
    for oid, number in places:
        relation = catalog.get_relation(oid)
        column = (
            next((x for x in relation.columns if x.number == number), None) if relation else None
        )
        if relation is None or column is None:
            continue
        for table in (relation, *descendants_of(catalog, oid)):
            catalog = _with_marked(catalog, table, column.name)
    return catalog


def _with_marked(catalog: Catalog, relation: Relation, name: str) -> Catalog:
    wanted = [
        each
        for each in relation.columns
        if each.name == name and not each.infinite and can_be_infinite(catalog, each.type)
    ]
    if not wanted or catalog.user_relations.get(relation.oid) is None:
        return catalog
    marked = tuple(
        replace(each, infinite=True) if each in wanted else each for each in relation.columns
    )
    return catalog.with_relation(replace(relation, columns=marked))


def _relations(catalog: Catalog) -> Iterator[Relation]:
    return (each for each in catalog.relations() if each.kind != "index")


def _stored(relation: Relation) -> Iterator[Part]:
    if isinstance(relation.stored, tree.Query):
        yield relation.stored
    for constraint in relation.constraints:
        for each in (constraint.expression, constraint.predicate, *constraint.keys):
            if isinstance(each, tree.Expr):
                yield each


def _written_by_triggers(catalog: Catalog, relation: Relation) -> Iterator[Place]:
    for trigger in relation.triggers:
        for function in _functions_named(catalog, trigger.function):
            if says_infinity(function.body or ""):
                for column in _of_words(catalog, relation, function.body or ""):
                    yield relation.oid, column.number


def _functions_named(catalog: Catalog, name: str) -> Iterator[Function]:
    yield from catalog.functions_named(tuple(name.rsplit(".", 1)))


def _named(catalog: Catalog, text: str) -> Iterator[Place]:
    """The columns that a text names along with their table."""
    words = set(_WORD.findall(text.lower()))
    for relation in _relations(catalog):
        if relation.name.lower() in words:
            for column in _of_words(catalog, relation, text):
                yield relation.oid, column.number


def _of_words(catalog: Catalog, relation: Relation, text: str) -> list[Column]:
    """The columns of dates and times that a text names; all of them, if it names none."""
    words = set(_WORD.findall(text.lower()))
    times = [each for each in relation.columns if is_time(catalog, each.type)]
    return [each for each in times if each.name.lower() in words] or times
