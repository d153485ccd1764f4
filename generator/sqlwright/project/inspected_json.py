"""Queries as `inspect --format json` shows them."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class ParameterJson(TypedDict):
    """A parameter; `type` is PostgreSQL's, `python` the annotation, and `elements_nullable` about
    those of an array."""

    name: str
    position: int
    type: str
    nullable: bool
    elements_nullable: bool
    python: str


class ColumnJson(TypedDict):
    """A result column under the name PostgreSQL reports, or a field of anonymous rows; `fields` are
    those of the anonymous rows in it, where it holds such."""

    name: str
    type: str
    nullable: bool
    elements_nullable: bool
    python: str
    relation: str | None
    embed: str | None
    fields: NotRequired[list[ColumnJson]]


class VariantJson(TypedDict):
    """A text of a query with parts that can be left out: the parameters `optional` to it that are
    given, and the positions in the full query of those that it has."""

    optional: list[str]
    sort: str | None
    sql: str
    parameters: list[int]


ViolationJson = TypedDict(
    "ViolationJson",
    {
        "table": str | None,
        "domain": str | None,
        "constraint": str,
        "kind": str,
        "columns": list[str],
        "class": str,
    },
)
"""A constraint, of a table or of a domain, that a statement can violate before its transaction
ends, and the class that the error has."""


class QueryJson(TypedDict):
    """A query; `rows` is what can be proved of their number, and `variants` are its texts where it
    has several. `position` are the parameters that one behind a row has besides. `raises` is there
    where errors of constraints have classes."""

    name: str
    command: str
    file: str
    line: int
    sql: str
    rows: str
    parameters: list[ParameterJson]
    columns: list[ColumnJson]
    variants: NotRequired[list[VariantJson]]
    raises: NotRequired[list[ViolationJson]]
    position: NotRequired[list[ParameterJson]]
