"""sqlc's rules for types: a Python type, or a Go type whose meaning in Python is plain."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlwright.codegen.names import identifier
from sqlwright.codegen.options import Override, Renames
from sqlwright.codegen.types.base_types import base_type
from sqlwright.codegen.types.expressions import TypeTextError, parse_function, parse_type
from sqlwright.config.located import Located, Path
from sqlwright.dataclass import dataclass
from sqlwright.patterns import pattern

_BASIC_TYPES = """
bool complex128 complex64 float32 float64 int int16 int32 int64 int8 string uint uint16 uint32
uint64 uint8 uintptr
"""
_BASIC = frozenset(_BASIC_TYPES.split())
"""Go's basic types: what a `go_type` without a package may be."""

_TEXTS = frozenset(("bpchar", "citext", "name", "text", "varchar"))
_INTEGERS = frozenset(("int2", "int4", "int8", "oid"))
_FLOATS = frozenset(("float4", "float8"))
_SAME_IN_PYTHON = {
    **dict.fromkeys(("int", "int16", "int32", "int64"), _INTEGERS),
    **dict.fromkeys(("uint16", "uint32", "uint64"), _INTEGERS),
    **dict.fromkeys(("float32", "float64"), _FLOATS),
    **dict.fromkeys(("net.IP", "netip.Addr", "netip.Prefix"), frozenset(("cidr", "inet"))),
    **dict.fromkeys(("uuid.NullUUID", "uuid.UUID"), frozenset(("uuid",))),
    "[]byte": frozenset(("bytea",)),
    "bool": frozenset(("bool",)),
    "decimal.Decimal": frozenset(("numeric",)),
    "json.RawMessage": frozenset(("json", "jsonb")),
    "string": _TEXTS,
    "time.Duration": frozenset(("interval",)),
    "time.Time": frozenset(("date", "time", "timestamp", "timestamptz", "timetz")),
}
"""Go types, with the types whose values they say no more of than what asyncpg gives anyway."""

_OF_PACKAGE = pattern(r"(sql\.Null|pgtype\.|null\.)\w+")
"""Go's types for values that may be NULL, which in Python are the same with None."""

_FROM_DB = {"str": "builtins.str", "float": "builtins.float"}
_PYTHON = {"string": "str", "float64": "float", "float32": "float"}
_READ_AS_TEXT = frozenset(("cidr", "inet", "macaddr", "numeric", "uuid"))
"""Types that asyncpg takes as text, though it gives something else."""

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
_ONLY_CHECKED = frozenset(("collections.abc", "typing", "typing_extensions"))
_COLUMN = pattern(r"(?:[^.]+\.){1,3}[^.]+")


@dataclass(frozen=True, slots=True)
class Rules:
    """The overrides of one place of a document. `by_calling` says that a Python type without a
    converter is called to make a value, as sqlc-gen-better-python does."""

    items: Sequence[Mapping[str, Any]]
    path: Path
    by_calling: bool = False


def read_overrides(
    document: Located,
    rules: Rules,
    leave: Callable[[str, Path], None],
    converters: Iterable[Mapping[str, Any]] = (),
) -> Iterator[Override]:
    """The rules that mean something here; `leave` is told what the others are for. `converters`
    are pairs of functions that rules refer to by name.

    Raises DiagnosticError in sqlc's words for a rule that sqlc refuses.
    """
    named = {each.get("name"): each for each in converters}
    for index, item in enumerate(rules.items):
        path: Path = (*rules.path, index)
        _check(document, item, path)
        converter = named.get(item.get("converter"), {})
        item = {**item, **{key: converter[key] for key in converter if key == "py_type"}}
        if (item.get("engine") or "postgresql") != "postgresql":
            continue
        column, db_type = item.get("column"), _db_type(item)
        python, from_db = _python_type(item, db_type)
        go_type = _go_type(item)
        if python is None and go_type == "string" and db_type and not _known(db_type):
            yield Override(python="str", type=db_type, of_text=True)
            continue
        if python is None:
            if go_type and not _same(go_type, db_type):
                leave(f"override of {column or db_type} with go_type {go_type}", path)
            continue
        _check_python(document, path, "py_type", python, parse_type)
        to_db = converter.get("to_db")
        from_db = converter.get("from_db", from_db)
        if rules.by_calling and not converter and _can_be_called(python, db_type):
            to_db, from_db = _usual_class(db_type), python
            if db_type is None and "." in python:
                leave(f"what is sent for the override of {column} without a converter", path)
        _check_python(document, path, "to_db", to_db, parse_function)
        _check_python(document, path, "from_db", from_db, parse_function)
        # In sqlc a rule for a type holds for NOT NULL columns unless it says nullable; one for
        # Python says nothing of it.
        nullable: bool | None = bool(item.get("nullable") or item.get("null"))
        if db_type is None or not {"go_type", "nullable", "null"} & item.keys():
            nullable = None
        yield Override(
            python=python,
            column=None if column is None else ".".join(column.split(".")[-3:]),
            type=db_type,
            nullable=nullable,
            to_db=to_db,
            from_db=from_db,
            span=document.span((*path, _place(item))),
        )


def _place(item: Mapping[str, Any]) -> str:
    """The key that says where a rule holds."""
    return next(key for key in ("column", "db_type", "postgres_type") if item.get(key))


def _check_python(
    document: Located, path: Path, key: str, text: str | None, parse: Callable[[str], object]
) -> None:
    """End with `invalid-config` where a text is no Python type, or names no function."""
    try:
        if text is not None:
            parse(text)
    except TypeTextError as error:
        document.refuse(error.message, (*path, key), error.help)


def _can_be_called(python: str, db_type: str | None) -> bool:
    """Whether a call of the type makes a value of what asyncpg gives; json is for converters."""
    if db_type in ("json", "jsonb"):
        return False
    try:
        return parse_function(python).module not in _ONLY_CHECKED
    except TypeTextError:
        return False


def _usual_class(db_type: str | None) -> str | None:
    """What makes of such a value the one that is sent, as the class that there is without a rule
    does if it is a builtin one."""
    known = None if db_type is None else base_type("pg_catalog", db_type)
    if known is None or known.python.needed or known.python.arguments or known.python.members:
        return None
    return known.python.name


def _known(db_type: str) -> bool:
    """Whether a type is one whose values are more to asyncpg than a text."""
    schema, _, name = db_type.rpartition(".")
    return base_type("pg_catalog", name) is not None or base_type(schema, name) is not None


def _same(go_type: str, db_type: str | None) -> bool:
    """Whether a Go type says of a type, or of a column of any, what Python has anyway."""
    if go_type.startswith("[]") and go_type != "[]byte":
        return _same(go_type[2:], None if db_type is None else db_type.removesuffix("[]"))
    if go_type not in _SAME_IN_PYTHON:
        return _OF_PACKAGE.fullmatch(go_type) is not None
    return db_type is None or db_type in _SAME_IN_PYTHON[go_type]


def _check(document: Located, item: Mapping[str, Any], path: Path) -> None:
    column, db_type = item.get("column"), item.get("db_type", item.get("postgres_type"))
    if column and db_type:
        document.refuse(
            f'Override specifying both `column` ("{column}") and `db_type` ("{db_type}") '
            "is not valid.",
            path,
        )
    if not column and not db_type:
        document.refuse("Override must specify one of either `column` or `db_type`", path)
    if column and not _COLUMN.fullmatch(column):
        document.refuse(
            f'Override `column` specifier "{column}" is not the proper format, expected '
            "'[catalog.][schema.]tablename.colname'",
            (*path, "column"),
        )
    go_type = item.get("go_type")
    if isinstance(go_type, str) and not re.search(r"[./]", go_type) and go_type not in _BASIC:
        document.refuse(
            f'Package override `go_type` specifier "{go_type}" is not a Go basic type '
            "e.g. 'string'",
            (*path, "go_type"),
        )


def _db_type(item: Mapping[str, Any]) -> str | None:
    written = item.get("db_type", item.get("postgres_type"))
    return None if written is None else _type_name(written)


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
    """A Go type as `package.Name`, with `[]` before it if there are many."""
    given = item.get("go_type") or ""
    if isinstance(given, dict):
        package = str(given.get("package") or str(given.get("import", "")).rsplit("/", 1)[-1])
        name = ".".join(part for part in (package, str(given.get("type", ""))) if part)
        return f"[]{name}" if given.get("slice") else name
    return str(given).removeprefix("*").rsplit("/", 1)[-1]


def read_renames(document: Located, tables: Iterable[tuple[Mapping[str, str], Path]]) -> Renames:
    """sqlc gives one Go name for a column and for a table or type of that name; the name of a
    field is that name in Python's spelling. A later table stands over those before it.
    """
    renames: dict[str, str] = {}
    places: dict[str, Path] = {}
    for table, path in tables:
        renames |= table
        places |= {old: (*path, old) for old in table}
    for old, new in renames.items():
        if not new.isidentifier():
            document.refuse(f"`{new}` is not a name", places[old])
    spans = [(old, document.span(path)) for old, path in places.items()]
    return Renames(
        fields=tuple(
            (old, identifier(_snake_case(new), "column_")) for old, new in renames.items()
        ),
        models=tuple((old, identifier(new, "Model")) for old, new in renames.items()),
        enums=tuple((old, identifier(new, "Type")) for old, new in renames.items()),
        spans=tuple((f"fields.{old}", span) for old, span in spans if span is not None),
    )


def _snake_case(name: str) -> str:
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return parted.lower()
