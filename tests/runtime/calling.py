"""Calling every function of a generated package on a connection that only remembers."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import decimal
import enum
import inspect
import json
import re
import types
import typing
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import count
from types import ModuleType
from typing import Any

import asyncpg
import pydantic
from sqlwright.analysis.facts import NULL_TYPE, QueryFacts, RecordField, ResultColumn
from sqlwright.analysis.outputs.json_of_types import JSON_TYPES
from sqlwright.catalog.catalog import Catalog
from sqlwright.codegen.types.carriage import is_anonymous


class FakeConnection:
    """What asyncpg's connection has, answering each query with rows of its columns' types."""

    def __init__(self, catalog: Catalog, queries: Sequence[QueryFacts]) -> None:
        self.raw = RawValues(catalog)
        self.queries = {query.name: query for query in queries}
        self.command = ""
        self.shares_class = False
        self.sent: list[tuple[Any, ...]] = []
        self.rows: list[tuple[Any, ...]] = []

    def name(self, text: str) -> str:
        """The query's name, and its command as the one that was sent last."""
        first = text.partition("\n")[0]
        name, _, self.command = first.removeprefix("-- name: ").rpartition(" :")
        return name

    def row(self, text: str) -> tuple[Any, ...]:
        """One row for a statement, which its first line names."""
        query = self.queries[self.name(text)]
        self.shares_class = query.row_class is not None
        coming = query.input_rows
        counts = coming.count_column if coming is not None else None
        lists = {said.column for said in query.json_types if said.python.startswith("list[")}
        made = [
            f"[{self.raw.value(column.type)}]"
            if column.name in lists
            else (len(self.rows) + 1 if at == counts else self.raw.of_column(column))
            for at, column in enumerate(query.columns)
        ]
        self.rows.append(tuple(made))
        for at, column in enumerate(query.columns):
            if column.json is not None:
                made[at] = json.dumps(_in_json(column, made[at]), default=_text_in_json)
        return tuple(made)

    async def execute(self, text: str, *sent: Any) -> str:
        if text.startswith("--"):
            self.name(text)
            self.sent.append(_without_types(text, sent))
        return "UPDATE 7"

    async def fetch(self, text: str, *sent: Any) -> list[Any]:
        self.sent.append(_without_types(text, sent))
        return [self.row(text), self.row(text)]

    async def fetchrow(self, text: str, *sent: Any) -> Any:
        self.sent.append(_without_types(text, sent))
        return self.row(text)

    async def fetchval(self, text: str, *sent: Any) -> Any:
        if not text.startswith("--"):
            return '""'  # the question whether json travels as text
        self.sent.append(_without_types(text, sent))
        return self.row(text)[0]

    async def executemany(self, text: str, sets: Any) -> None:
        self.sent += list(sets)

    async def fetchmany(self, text: str, sets: Any) -> list[Any]:
        self.sent += list(sets)
        return [self.row(text) for _ in self.sent]

    async def copy_records_to_table(
        self, table: str, *, records: Any, columns: Sequence[str], schema_name: str | None = None
    ) -> str:
        assert all(isinstance(name, str) for name in (table, *columns, schema_name or ""))
        self.sent += list(records)
        return "COPY 7"

    def is_in_transaction(self) -> bool:
        return True

    def is_closed(self) -> bool:
        return False

    @asynccontextmanager
    async def transaction(self, **_: Any) -> AsyncIterator[None]:
        yield

    async def cursor(self, text: str, *sent: Any, **_: Any) -> FakeCursor:
        self.sent.append(_without_types(text, sent))
        return FakeCursor([self.row(text), self.row(text)])


def _without_types(text: str, sent: tuple[Any, ...]) -> tuple[Any, ...]:
    """What was sent but for the NULLs by which asyncpg learns of types in anonymous rows."""
    found = re.search(r"^WITH types_of_fields AS .*$", text, re.MULTILINE)
    return sent[: len(sent) - found[0].count("$")] if found else sent


def _in_json(column: ResultColumn | RecordField, made: Any) -> Any:
    """The json in which a value is sent."""
    form = column.json
    assert form is not None
    for level in form.around:
        [made] = made if level.kind == "list" else made.values()
    if column.fields is not None:
        parts = [_in_json(*pair) for pair in zip(column.fields, made, strict=True)]
        names = [field.name for field in column.fields]
        made = dict(zip(names, parts, strict=True)) if form.kind == "object" else parts
    elif (form.item or column).type in JSON_TYPES:
        made = json.loads(made)
    for level in reversed(form.around):
        made = [made] if level.kind == "list" else {"key": made}
    return made


def _text_in_json(value: Any) -> str | int:
    if isinstance(value, decimal.Decimal):
        return int(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


@dataclasses.dataclass
class FakeCursor:
    """Rows, all at the first asking."""

    rows: list[tuple[Any, ...]]

    async def fetch(self, size: int) -> list[tuple[Any, ...]]:
        rows, self.rows = self.rows, []
        return rows


class Composite(tuple[Any, ...]):
    """A composite value, which asyncpg does not give as a plain tuple."""


@dataclasses.dataclass
class RawValues:
    """Values as asyncpg gives them, each another."""

    catalog: Catalog
    numbers: Iterator[int] = dataclasses.field(default_factory=lambda: count(1))

    def of_column(self, column: ResultColumn | RecordField) -> Any:
        """A value of a column, or of a field of rows, which are tuples if they are anonymous."""
        if column.json is not None:
            return self._made(column)
        if column.fields is None:
            return self.value(column.type)
        kind = tuple if is_anonymous(column) else Composite
        row = kind(map(self.of_column, column.fields))
        return [row] if column.dimensions else row

    def _made(self, column: ResultColumn | RecordField) -> Any:
        """What json is made of, in which objects are tuples like rows."""
        form = column.json
        assert form is not None
        if column.fields is not None:
            made: Any = tuple(map(self.of_column, column.fields))
        else:
            item = form.item.type if form.item is not None else column.type
            made = self.value(item) if item != NULL_TYPE else None
        for level in reversed(form.around):
            made = [made] if level.kind == "list" else {"key": made}
        return made

    def value(self, oid: int) -> Any:
        item = self.catalog.type(self.catalog.base_type(oid))
        number = next(self.numbers)
        if item.kind == "enum":
            return item.labels[number % len(item.labels)]
        if item.kind == "composite":
            relation = self.catalog.relation(item.relation)
            return Composite(self.value(column.type) for column in relation.columns)
        if item.is_array:
            return [self.value(item.element), None]
        if item.name in ("json", "jsonb"):
            return json.dumps({"n": number})
        if item.kind in ("range", "multirange"):
            one = asyncpg.Range(self.value(item.subtype)) if item.kind == "range" else None
            return one or [self.value(item.range)]
        return of_number(_PYTHON[item.name], number)


_PYTHON: dict[str, Any] = {
    "date": datetime.date,
    "int4": int,
    "int8": int,
    "numeric": decimal.Decimal,
    "point": asyncpg.Point,
    "text": str,
    "timestamptz": datetime.datetime,
    "uuid": uuid.UUID,
}


def of_number(kind: Any, number: int) -> Any:
    """A value of a class, another one for each number."""
    if kind is datetime.date:
        return datetime.date.fromordinal(number)
    if kind is datetime.datetime:
        return datetime.datetime.fromtimestamp(number, datetime.UTC)
    if kind is asyncpg.Point:
        return asyncpg.Point(number, number)
    if kind is uuid.UUID:
        return uuid.UUID(int=number)
    return kind(json.dumps({"n": number})) if issubclass(kind, str) else kind(number)


async def call_everything(package: ModuleType, connection: FakeConnection) -> int:
    """Call each function, and each method where there is a class of them; how many there were.

    Every value has to arrive where it belongs, in both directions.
    """
    querier: Any = package.querier
    called = 0
    bound = querier.Querier(connection) if hasattr(querier, "QuerierProtocol") else None
    for name in querier.__all__:
        function = getattr(querier, name)
        if inspect.isclass(function):
            continue
        await _call(
            function, connection, lambda *args, f=function, **named: f(connection, *args, **named)
        )
        called += 1
        if bound is not None:
            await _call(function, connection, getattr(bound, name))
            called += 1
    return called


BATCHES = ("", "copyfrom", "batchexec", "batchmany", "batchone")
"""Commands for which a set of parameters is sent at a time; COPY sends no statement to tell it."""


async def _call(function: Any, connection: FakeConnection, call: Any) -> None:
    connection.sent, connection.rows, connection.command = [], [], ""
    connection.shares_class = False
    hints = typing.get_type_hints(function)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    values = Values()
    first: list[Any] = []
    named: dict[str, Any] = {}
    for parameter in parameters:
        if parameter.kind is not parameter.KEYWORD_ONLY:
            first.append(values.of(hints[parameter.name]))
        elif parameter.default is None or parameter.default is parameter.empty:
            named[parameter.name] = values.of(hints[parameter.name])
    got = call(*first, **named)
    got = [item async for item in got] if hasattr(got, "__aiter__") else await got
    kinds = [hints[parameter.name] for parameter in parameters[: len(first)]]
    many = bool(first) and type(first[0]) is list
    if many:
        kinds = list(typing.get_args(kinds[0]))
    said = (query.params_class for query in connection.queries.values())
    shared = {each.name for each in said if each is not None}
    is_set = bool(kinds) and (
        getattr(kinds[0], "__module__", "") == function.__module__
        or getattr(kinds[0], "__name__", "") in shared
    )
    if many and parameters[0].name == "rows" and connection.command not in BATCHES:
        arrays = [list(each) for each in zip(*(flat(item) for item in first[0]), strict=True)]
        given = [[*arrays, *(value for name, value in named.items() if name != "chunk")]]
    elif many:
        given = [flat(item) if is_set else [item] for item in first[0]]
    else:
        # A position within pages is a class of the function's own module, sent key by key.
        own = {name for name, item in named.items() if type(item).__module__ == function.__module__}
        parts = (flat(item) if name in own else [item] for name, item in named.items())
        given = [[part for items in (*map(flat, first), *parts) for part in items]]
    _check_sent(function, connection.sent, given, chosen="sort" in named)
    if connection.rows and got is not None:
        rows = got if type(got) is list else [got]
        if connection.command == "batchmany":
            rows = [row for part in rows for row in part]
        assert len(rows) == len(connection.rows), (function, got)
        for row, raw in zip(rows, connection.rows, strict=True):
            shown = flat(row) if len(raw) > 1 or connection.shares_class else [row]
            if len(shown) < len(raw):  # rows within the row
                shown = [part for item in shown for part in flat(item)]
            assert len(shown) == len(raw), (function, row, raw)
            if connection.shares_class:  # whose fields may be in another order
                shown.sort(key=lambda value: [same(each, value) for each in raw], reverse=True)
            assert all(map(same, raw, shown)), (function, row, raw)


def _check_sent(function: Any, sent_: Sequence[Any], given: Sequence[Any], *, chosen: bool) -> None:
    """What was sent is what was given, but for a choice of an order and the keys of others."""
    assert len(sent_) == len(given), (function, sent_, given)
    for sent, wanted in zip(sent_, given, strict=True):
        if chosen:
            assert all(any(same(one, other) for other in wanted) for one in sent)
            continue
        assert len(sent) == len(wanted), (function, sent, wanted)
        for one, other in zip(sent, wanted, strict=True):
            assert same(one, other), (function, one, other)


def flat(value: Any) -> list[Any]:
    """The fields of an object in order; the value itself if it is none."""
    if isinstance(value, Mapping):
        return list(value.values())
    if hasattr(value, "_fields") and isinstance(value, tuple):
        return list(value)
    names = _field_names(type(value))
    return [value] if names is None else [getattr(value, name) for name in names]


def _field_names(kind: Any) -> list[str] | None:
    if dataclasses.is_dataclass(kind):
        return [item.name for item in dataclasses.fields(kind)]
    for attribute in ("__struct_fields__", "__pydantic_fields__"):
        if hasattr(kind, attribute):
            return list(getattr(kind, attribute))
    if hasattr(kind, "__attrs_attrs__"):
        return [item.name for item in kind.__attrs_attrs__]
    return None


def same(raw: Any, value: Any) -> bool:
    """Whether what asyncpg has and what Python has are one value."""
    if isinstance(raw, tuple) and not isinstance(value, int | str | asyncpg.Point):
        parts = list(value) if type(value) is tuple else flat(value)
        return len(raw) == len(parts) and all(map(same, raw, parts))
    if isinstance(raw, dict) and isinstance(value, dict):
        return raw.keys() == value.keys() and all(same(raw[key], value[key]) for key in raw)
    if isinstance(raw, list) and isinstance(value, list):
        return len(raw) == len(value) and all(map(same, raw, value))
    if isinstance(raw, str) and not isinstance(value, str):
        with contextlib.suppress(ValueError):  # it may be the text that another parameter has
            return bool(json.loads(raw) == value)
        return False
    return bool(raw == value)


@dataclasses.dataclass
class Values:
    """Values for annotations, each another."""

    numbers: Iterator[int] = dataclasses.field(default_factory=lambda: count(1))

    def of(self, hint: Any) -> Any:
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if isinstance(hint, typing.NewType):
            return self.of(hint.__supertype__)
        if origin in (typing.Union, types.UnionType):
            if type(None) in arguments and len(arguments) == 2:
                return self.of(next(item for item in arguments if item is not type(None)))
            return {"n": next(self.numbers)}  # json, whose union has the objects in it
        if origin is typing.Literal:
            return arguments[next(self.numbers) % len(arguments)]
        if origin is asyncpg.Range:
            return asyncpg.Range(self.of(arguments[0]))
        if origin is not None and issubclass(origin, (Sequence, typing.Iterable)):
            return [self.of(arguments[0]), self.of(arguments[0])]
        if isinstance(hint, enum.EnumMeta):
            members: list[Any] = list(hint)
            return members[next(self.numbers) % len(members)]
        if issubclass(hint, str) or hint in _PYTHON.values():
            return of_number(hint, next(self.numbers))
        if hasattr(hint, "__args__"):
            return {"n": next(self.numbers)}
        return hint(**{name: self.of(kind) for name, kind in _hints(hint).items()})


def _hints(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    if issubclass(kind, pydantic.BaseModel):
        hints.pop("model_config", None)
    return {
        name: hint for name, hint in hints.items() if typing.get_origin(hint) is not typing.ClassVar
    }
