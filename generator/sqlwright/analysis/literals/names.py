"""Names of catalog objects as text: regclass, regtype, regproc and their like (manual 8.19)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlwright.analysis.literals.errors import refuse

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

_NUMBER = re.compile(r"[0-9]+", re.ASCII)
_PART = re.compile(r'\s*(?:"((?:[^"]|"")+)"|([A-Za-z_\x80-\U0010ffff][\w$]*))\s*')

ReadName = Callable[["Catalog", str], None]


def qualified_name(text: str) -> tuple[str, ...] | None:
    """The parts of a name as an SQL identifier is read; None where it is none."""
    parts: list[str] = []
    at = 0
    while True:
        match = _PART.match(text, at)
        if match is None:
            return None
        quoted = match[1]
        parts.append(match[2].lower() if quoted is None else quoted.replace('""', '"'))
        at = match.end()
        if at == len(text):
            return tuple(parts)
        if text[at] != ".":
            return None
        at += 1


def _is_oid(text: str) -> bool:
    return text == "-" or _NUMBER.fullmatch(text) is not None


def _parts(text: str) -> tuple[str, ...]:
    names = qualified_name(text)
    if names is None:
        refuse("invalid name syntax", "42602")
    return names


def _schema_exists(catalog: Catalog, names: tuple[str, ...]) -> bool:
    return len(names) < 2 or catalog.has_schema(names[-2])


def read_regclass(catalog: Catalog, text: str) -> None:
    """A relation of any kind."""
    if _is_oid(text):
        return
    names = _parts(text)
    if catalog.find_relation(names) is not None or _may_be_index(catalog, names):
        return
    refuse(f'relation "{".".join(names)}" does not exist', "42P01")


def _may_be_index(catalog: Catalog, names: tuple[str, ...]) -> bool:
    """Whether a constraint of that name exists, whose index has the name too."""
    return any(
        constraint.name == names[-1]
        for relation in catalog.relations()
        for constraint in relation.constraints
    )


def read_regproc(catalog: Catalog, text: str) -> None:
    """The only function of a name."""
    if _is_oid(text):
        return
    names = _parts(text)
    found = catalog.functions_named(names) if _schema_exists(catalog, names) else ()
    if not found:
        refuse(f'function "{text}" does not exist', "42883")
    if len(found) > 1:
        refuse(f'more than one function named "{text}"', "42725")


def read_regnamespace(catalog: Catalog, text: str) -> None:
    """A schema."""
    if _is_oid(text):
        return
    names = _parts(text)
    if len(names) != 1:
        refuse("invalid name syntax", "42602")
    if not catalog.has_schema(names[0]):
        refuse(f'schema "{names[0]}" does not exist', "3F000")


def read_regtype(catalog: Catalog, text: str) -> None:
    """A type, as far as its name is a plain one; spellings such as `int[]` are taken on trust."""
    if _is_oid(text):
        return
    names = qualified_name(text)
    if names is None or _spelt_by_grammar(names):
        return
    if not _schema_exists(catalog, names):
        refuse(f'schema "{names[-2]}" does not exist', "3F000")
    if catalog.find_type(names) is None:
        refuse(f'type "{".".join(names)}" does not exist', "42704")


_GRAMMAR_SPELLINGS = frozenset(
    {
        *("int", "integer", "smallint", "bigint", "real", "float", "double", "decimal", "dec"),
        *("numeric", "boolean", "char", "character", "nchar", "varchar", "national", "bit"),
        *("time", "timestamp", "interval", "setof"),
    }
)


def _spelt_by_grammar(names: tuple[str, ...]) -> bool:
    return len(names) == 1 and names[0] in _GRAMMAR_SPELLINGS


def read_regoper(catalog: Catalog, text: str) -> None:
    """The only operator of a name."""
    if text == "0" or _NUMBER.fullmatch(text):
        return
    *schema, name = text.rsplit(".", 1) if "." in text else [text]
    names = (*(_parts(schema[0]) if schema else ()), name.strip())
    found = catalog.operators_named(names) if _schema_exists(catalog, names) else ()
    if not found:
        refuse(f"operator does not exist: {text}", "42883")
    if len(found) > 1:
        refuse(f"more than one operator named {text}", "42725")


def read_regconfig(catalog: Catalog, text: str) -> None:
    """A text search configuration."""
    _known_name(catalog, text, "text search configuration")


def read_regdictionary(catalog: Catalog, text: str) -> None:
    """A text search dictionary."""
    _known_name(catalog, text, "text search dictionary")


def _known_name(catalog: Catalog, text: str, kind: str) -> None:
    if _is_oid(text):
        return
    names = _parts(text)
    if kind == "text search configuration":
        found = catalog.find_named("text search configuration", names)
    else:
        found = catalog.find_named("text search dictionary", names)
    if found is None:
        refuse(f'{kind} "{".".join(names)}" does not exist', "42704")
