"""COPY in its text form, for columns of types that asyncpg has no binary form of."""

from __future__ import annotations

import datetime
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from typing import Any, Protocol

from ._bulk import BulkConnection

Text = str | None


class TextCopyConnection(BulkConnection, Protocol):
    """A connection or pool that also copies text."""

    async def copy_to_table(
        self,
        table_name: str,
        /,
        *,
        source: Any,
        columns: Sequence[str] | None = None,
        schema_name: str | None = None,
        format: str | None = None,
    ) -> str: ...


async def copy_texts(
    conn: TextCopyConnection,
    table: str,
    *,
    columns: Sequence[str],
    records: Iterable[Sequence[Text]],
    schema_name: str | None = None,
) -> str:
    """Copy rows whose values are the texts that PostgreSQL reads them from."""
    return await conn.copy_to_table(
        table,
        source=_lines(records),
        columns=columns,
        schema_name=schema_name,
        format="text",
    )


async def _lines(records: Iterable[Sequence[Text]]) -> AsyncIterator[bytes]:
    for record in records:
        yield ("\t".join(map(_escaped, record)) + "\n").encode()


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _escaped(text: Text) -> str:
    return "\\N" if text is None else text.translate(_ESCAPES)


def text_of(value: object) -> Text:
    """A value that PostgreSQL reads as Python shows it."""
    return None if value is None else str(value)


def text_of_bytes(value: bytes | bytearray | memoryview | None) -> Text:
    """A bytea."""
    return None if value is None else f"\\x{bytes(value).hex()}"


def text_of_date(value: datetime.date | None) -> Text:
    """A date; the first and last ones of Python are the infinite ones."""
    if value is None:
        return None
    infinite = {datetime.date.min: "-infinity", datetime.date.max: "infinity"}
    return infinite.get(value) or value.isoformat()


def text_of_timestamp(value: datetime.datetime | None) -> Text:
    """A timestamp without a time zone."""
    if value is None:
        return None
    if value.tzinfo is not None:
        raise ValueError(f"{value!r} has a time zone and its column has none")
    return _infinite(value) or value.isoformat(" ")


def text_of_timestamptz(value: datetime.datetime | None) -> Text:
    """A timestamp with a time zone: the client's, if it says none."""
    if value is None:
        return None
    if value.tzinfo is None and (infinite := _infinite(value)):
        return infinite
    return value.astimezone(datetime.UTC).isoformat(" ")


def _infinite(value: datetime.datetime) -> Text:
    infinite = {
        datetime.datetime.min: "-infinity",
        datetime.datetime.max: "infinity",
    }
    return infinite.get(value)


def text_of_interval(value: datetime.timedelta | None) -> Text:
    """An interval."""
    if value is None:
        return None
    return f"{value.days} days {value.seconds} s {value.microseconds} microseconds"


def text_of_array(values: Sequence[Any] | None, element: Callable[[Any], Text]) -> Text:
    """An array of any dimensions."""
    if values is None:
        return None
    return "{" + ",".join(_item(value, element) for value in values) + "}"


def _item(value: Any, element: Callable[[Any], Text]) -> str:
    if type(value) in (list, tuple):
        return text_of_array(value, element) or ""
    text = element(value)
    if text is None:
        return "NULL"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
