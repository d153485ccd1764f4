"""What a table of facts is: its fields, and the query that reads it from a server."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import dataclass, field

Reference = Literal["type", "function", "operator", "family", "class", "relation"]
"""The kinds of objects that rows refer to by OID."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a section; `refers` tells what its OIDs (a list of them if `many`) stand for."""

    name: str
    refers: Reference | None = None
    many: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A table of facts.

    `key` is what its first column identifies, None where rows have no OID of their own to refer to.
    `query` gives every field, then two columns that are not written: the OID of the row's object
    in the system catalog `catalog`, and a text that identifies the row on any server.
    """

    name: str
    catalog: str
    key: Reference | None
    fields: tuple[Field, ...]
    query: str = field(repr=False)


def text(name: str) -> Field:
    """A field that refers to nothing."""
    return Field(name)


def one(name: str, refers: Reference) -> Field:
    """A field that holds an OID."""
    return Field(name, refers)


def many(name: str, refers: Reference) -> Field:
    """A field that holds a list of OIDs."""
    return Field(name, refers, many=True)
