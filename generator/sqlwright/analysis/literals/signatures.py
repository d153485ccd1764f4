"""Functions and operators with their argument types as text: regprocedure, regoperator (8.19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis.literals.errors import WHITESPACE, refuse
from sqlwright.analysis.literals.names import any_parts, find_written_type, is_oid, well_qualified

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog


def read_regprocedure(catalog: Catalog, text: str) -> None:
    """A function by name and argument types."""
    if is_oid(text):
        return
    names, types = _split(text)
    arguments = tuple(find_written_type(catalog, each) for each in types)
    if catalog.find_function(well_qualified(names), arguments) is None:
        refuse(f'function "{text}" does not exist', "42883")


def read_regoperator(catalog: Catalog, text: str) -> None:
    """An operator by name and operand types, NONE for the left one of a prefix operator."""
    if text != "-" and is_oid(text):
        return
    names, written = _split(text)
    types = [
        0 if each.strip(WHITESPACE).lower() == "none" else find_written_type(catalog, each)
        for each in written
    ]
    if len(types) == 1:
        refuse(
            "missing argument",
            "42P02",
            hint="Use NONE to denote the missing argument of a unary operator.",
        )
    if len(types) != 2:
        refuse("too many arguments", "54023", hint="Provide two argument types for operator.")
    if catalog.find_operator(well_qualified(names), types[0], types[1]) is None:
        refuse(f"operator does not exist: {text}", "42883")


def _split(text: str) -> tuple[tuple[str, ...], list[str]]:
    """The name before the parentheses, and what stands between their commas."""
    at = 0
    quoted = False
    while at < len(text) and (quoted or text[at] != "("):
        quoted ^= text[at] == '"'
        at += 1
    if at == len(text):
        refuse("expected a left parenthesis")
    names = any_parts(text[:at])
    body = text[at + 1 :].rstrip(WHITESPACE)
    if not body.endswith(")"):
        refuse("expected a right parenthesis")
    return names, _arguments(body[:-1])


def _arguments(text: str) -> list[str]:
    if not text.strip(WHITESPACE):
        return []
    parts = [""]
    depth = 0
    quoted = False
    for letter in text:
        if letter == '"':
            quoted = not quoted
        elif not quoted:
            depth += (letter in "([") - (letter in ")]")
        if letter == "," and not quoted and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts
