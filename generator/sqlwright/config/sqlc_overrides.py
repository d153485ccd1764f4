"""sqlc's rules for types: a Python type, or a Go type whose meaning in Python is plain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlwright.codegen.options import Override, Renames
from sqlwright.config.document import Document
from sqlwright.config.sqlc_keys import OVERRIDE
from sqlwright.diagnostics.spelling import did_you_mean, nearest

# Go types that say no more than the type asyncpg gives anyway.
_SAME_IN_PYTHON = frozenset(
    (
        "[]byte",
        "bool",
        "decimal.Decimal",
        "float32",
        "float64",
        "int",
        "int16",
        "int32",
        "int64",
        "json.RawMessage",
        "net.IP",
        "netip.Addr",
        "netip.Prefix",
        "time.Time",
        "uuid.NullUUID",
        "uuid.UUID",
    )
)
_OF_PACKAGE = re.compile(r"(sql\.Null|pgtype\.|null\.)\w+")
"""Go's types for values that may be NULL, which in Python are the same with None."""

_FROM_DB = {"str": "builtins.str", "float": "builtins.float"}
_PYTHON = {"string": "str", "float64": "float", "float32": "float"}
_READ_AS_TEXT = frozenset(
    ("bpchar", "cidr", "citext", "inet", "macaddr", "name", "numeric", "text", "uuid", "varchar")
)
"""Types that asyncpg takes as text, whatever it gives."""

_SPELLINGS = {
    "bigint": "int8",
    "bigserial": "int8",
    "boolean": "bool",
    "character varying": "varchar",
    "decimal": "numeric",
    "double precision": "float8",
    "int": "int4",
    "integer": "int4",
    "real": "float4",
    "serial": "int4",
    "smallint": "int2",
    "smallserial": "int2",
    "time with time zone": "timetz",
    "time without time zone": "time",
    "timestamp with time zone": "timestamptz",
    "timestamp without time zone": "timestamp",
}
_COLUMN = re.compile(r"(?:[^.]+\.){1,3}[^.]+")


def read_overrides(
    document: Document,
    items: Iterable[Any],
    left_out: list[str],
    converters: Iterable[Any] = (),
) -> Iterator[Override]:
    """The rules that mean something here; what the others are for goes to `left_out`. `converters`
    are pairs of functions that rules refer to by name.

    Raises DiagnosticError in sqlc's words for a rule that sqlc refuses.
    """
    named = {each.get("name"): each for each in converters if isinstance(each, dict)}
    for item in items:
        if not isinstance(item, dict):
            document.refuse("`overrides` is a list of tables", "overrides")
        _check(document, item)
        converter = named.get(item.get("converter"), {})
        item = {**item, **{key: converter[key] for key in converter if key == "py_type"}}
        if str(item.get("engine") or "postgresql") != "postgresql":
            continue
        column, db_type = item.get("column"), item.get("db_type", item.get("postgres_type"))
        python, from_db = _python_type(item, None if db_type is None else _type_name(str(db_type)))
        if python is None:
            go_type = _go_type(item)
            if go_type and go_type not in _SAME_IN_PYTHON and not _OF_PACKAGE.fullmatch(go_type):
                left_out.append(f"override of {column or db_type} with go_type {go_type}")
            continue
        # In sqlc a rule for a type holds for NOT NULL columns unless it says nullable; one for
        # Python says nothing of it.
        nullable: bool | None = bool(item.get("nullable", item.get("null", False)))
        if db_type is None or ("go_type" not in item and "nullable" not in item):
            nullable = None
        yield Override(
            python=python,
            column=None if column is None else ".".join(str(column).split(".")[-3:]),
            type=None if db_type is None else _type_name(str(db_type)),
            nullable=nullable,
            to_db=converter.get("to_db"),
            from_db=converter.get("from_db", from_db),
        )


def _check(document: Document, item: Mapping[str, Any]) -> None:
    for key in item:
        if key not in OVERRIDE:
            document.refuse(
                f"field {key} not found in type opts.Override",
                key,
                did_you_mean(nearest(key, OVERRIDE)),
            )
    column, db_type = item.get("column"), item.get("db_type", item.get("postgres_type"))
    if column and db_type:
        document.refuse(
            f'Override specifying both `column` ("{column}") and `db_type` ("{db_type}") '
            "is not valid.",
            "overrides",
        )
    if not column and not db_type:
        document.refuse("Override must specify one of either `column` or `db_type`", "overrides")
    if column and not _COLUMN.fullmatch(str(column)):
        document.refuse(
            f'Override `column` specifier "{column}" is not the proper format, expected '
            "'[catalog.][schema.]tablename.colname'",
            "column",
        )


def _type_name(written: str) -> str:
    """A type as `inspect` names it."""
    name = written.strip().removeprefix("pg_catalog.")
    return _SPELLINGS.get(name.lower(), name)


def _python_type(item: Mapping[str, Any], db_type: str | None) -> tuple[str | None, str | None]:
    """The Python type of a rule, and what makes a value of it of what asyncpg gives."""
    given = item.get("py_type", item.get("python_type"))
    if isinstance(given, dict):
        module = str(given.get("import") or given.get("package") or "")
        name = str(given.get("type", ""))
        given = f"{module}.{name}" if module and not name.startswith(f"{module}.") else name
    if given:
        return str(given), None
    python = _PYTHON.get(_go_type(item))
    if python == "str" and (db_type is None or db_type in _READ_AS_TEXT):
        return python, _FROM_DB[python]
    if python == "float" and db_type == "numeric":
        return python, _FROM_DB[python]
    return None, None


def _go_type(item: Mapping[str, Any]) -> str:
    """A Go type as `package.Name`, however it was written."""
    given = item.get("go_type") or ""
    if isinstance(given, dict):
        package = str(given.get("package") or str(given.get("import", "")).rsplit("/", 1)[-1])
        given = ".".join(part for part in (package, str(given.get("type", ""))) if part)
    return str(given).removeprefix("*").rsplit("/", 1)[-1]


def read_renames(renames: Mapping[str, Any]) -> Renames:
    """sqlc gives one Go name for a column and for a table or type of that name; the name of a
    field is that name in Python's spelling.
    """
    pairs = [(str(old), str(new)) for old, new in renames.items()]
    return Renames(
        fields=tuple((old, _snake_case(new)) for old, new in pairs),
        models=tuple(pairs),
        enums=tuple(pairs),
    )


def _snake_case(name: str) -> str:
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return parted.lower()
