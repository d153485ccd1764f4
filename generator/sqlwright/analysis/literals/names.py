"""Names of catalog objects as text: regclass, regtype, regproc and their like (manual 8.19)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlwright.analysis.literals.errors import WHITESPACE, refuse
from sqlwright.analysis.literals.quoting import past_blanks
from sqlwright.catalog.collations import collation_exists
from sqlwright.catalog.qualified_names import misqualified
from sqlwright.catalog.types.resolution import look_up_type, type_name_text
from sqlwright.diagnostics import DiagnosticError
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile
from sqlwright.sql.grammar.parser import parse_type_name
from sqlwright.sql.lexing.lexer import tokenize

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

_NUMBER = pattern(r"[0-9]+", re.ASCII)
_MOST_PARTS = 3
_NO_OID = 2**32
_SET = pattern(r"\s*setof\s", re.IGNORECASE)


_QUOTED = pattern(r'"((?:[^"]|"")*)"')
_BARE = pattern(r"[^.\s]+")


def qualified_name(text: str) -> tuple[str, ...] | None:
    """The parts of a name, loosely read: what is not quoted goes up to a dot or blank."""
    parts: list[str] = []
    at = past_blanks(text, 0)
    while True:
        quoted = text[at : at + 1] == '"'
        match = (_QUOTED if quoted else _BARE).match(text, at)
        if match is None:
            return None
        parts.append(match[1].replace('""', '"') if quoted else match[0].lower())
        at = past_blanks(text, match.end())
        if at == len(text):
            return tuple(parts)
        if text[at] != ".":
            return None
        at = past_blanks(text, at + 1)


def is_oid(text: str) -> bool:
    """Whether an object is given by number, or `-` for none."""
    if _NUMBER.fullmatch(text) is not None and int(text) >= _NO_OID:
        refuse(f'value "{text}" is out of range for type oid', "22003")
    return text == "-" or _NUMBER.fullmatch(text) is not None


def read_regrole(catalog: Catalog, text: str) -> None:
    """A role, of which only the name's form can be judged: roles are not in the schema."""
    names = None if is_oid(text) else qualified_name(text)
    if not is_oid(text) and (names is None or len(names) != 1):
        refuse("invalid name syntax", "42602")


def read_regcollation(catalog: Catalog, text: str) -> None:
    """A collation, which the operating system may bring."""
    if is_oid(text):
        return
    names = name_parts(text)
    if not collation_exists(catalog, names):
        refuse(f'collation "{".".join(names)}" for encoding "UTF8" does not exist', "42704")


def name_parts(text: str) -> tuple[str, ...]:
    """The parts of a name; 42602 if it is none, 42601 or 0A000 if there are too many."""
    return well_qualified(any_parts(text))


def well_qualified(names: tuple[str, ...]) -> tuple[str, ...]:
    """A name; 42601 or 0A000 if it has too many parts."""
    if (wrong := misqualified(names)) is not None:
        _, message, sqlstate = wrong
        refuse(message, sqlstate)
    return names


def relation_name_parts(text: str) -> tuple[str, ...]:
    """The parts of a relation's name, as `name_parts`."""
    names = any_parts(text)
    shown = ".".join(names)
    if len(names) > _MOST_PARTS:
        refuse(f"improper relation name (too many dotted names): {shown}", "42601")
    if len(names) == _MOST_PARTS:
        refuse(f'cross-database references are not implemented: "{shown}"', "0A000")
    return names


def any_parts(text: str) -> tuple[str, ...]:
    """The parts of a name, however many; 42602 if it is none."""
    names = qualified_name(text)
    if names is None:
        refuse("invalid name syntax", "42602")
    return names


def _schema_exists(catalog: Catalog, names: tuple[str, ...]) -> bool:
    return len(names) < 2 or catalog.has_schema(names[-2])


def read_regclass(catalog: Catalog, text: str) -> None:
    """A relation of any kind."""
    if is_oid(text):
        return
    names = relation_name_parts(text)
    if catalog.find_relation(names) is not None or _may_be_index(catalog, names):
        return
    if names[-1].startswith("pg_") and names[-1].endswith(("_index", "_toast")):
        # Indexes of the system are not in the catalog.
        return
    if names[-2:-1] == ("pg_toast",):
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
    if is_oid(text):
        return
    names = name_parts(text)
    found = catalog.functions_named(names) if _schema_exists(catalog, names) else ()
    if not found:
        refuse(f'function "{text}" does not exist', "42883")
    if len(found) > 1:
        refuse(f'more than one function named "{text}"', "42725")


def read_regnamespace(catalog: Catalog, text: str) -> None:
    """A schema."""
    if is_oid(text):
        return
    names = name_parts(text)
    if len(names) != 1:
        refuse("invalid name syntax", "42602")
    if not catalog.has_schema(names[0]):
        refuse(f'schema "{names[0]}" does not exist', "3F000")


def read_regtype(catalog: Catalog, text: str) -> None:
    """A type as the grammar spells it."""
    if not is_oid(text):
        find_written_type(catalog, text)


def find_written_type(catalog: Catalog, text: str) -> int:
    """The OID of a type as the grammar spells it."""
    if not text.strip(WHITESPACE) or _SET.match(text):
        refuse(f'invalid type name "{text}"', "42601")
    source = SourceFile("", text)
    try:
        written = parse_type_name(source, tokenize(source))
        found = look_up_type(catalog, source, written)
    except DiagnosticError as error:
        refuse(error.diagnostic.message, error.diagnostic.sqlstate or "42601")
    if found is None:
        refuse(f'type "{type_name_text(written)}" does not exist', "42704")
    return found.oid


def read_regoper(catalog: Catalog, text: str) -> None:
    """The only operator of a name."""
    if text == "0" or _NUMBER.fullmatch(text):
        return
    names = name_parts(text)
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
    if is_oid(text):
        return
    names = name_parts(text)
    if kind == "text search configuration":
        found = catalog.find_named("text search configuration", names)
    else:
        found = catalog.find_named("text search dictionary", names)
    if found is None:
        refuse(f'{kind} "{".".join(names)}" does not exist', "42704")
