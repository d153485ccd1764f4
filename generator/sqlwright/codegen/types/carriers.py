"""What asyncpg carries: the table that `tools/probe_carriers` made by trying."""

from __future__ import annotations

from functools import cache
from typing import Literal

from sqlwright.resources import resource

Way = Literal["read", "send", "copy"]

YES = "yes"


def outcome(type_: str, place: str) -> str:
    """What came of a type in a place: `yes`, what went wrong, or nothing where it cannot be."""
    return _table().get((type_, place), "")


def has_row(type_: str) -> bool:
    """Whether a type was tried."""
    return (type_, "read") in _table()


def rows_tried() -> tuple[str, ...]:
    """The types that were tried, and the kinds in parentheses, in the table's order."""
    return tuple(dict.fromkeys(type_ for type_, _ in _table()))


@cache
def _table() -> dict[tuple[str, str], str]:
    text = resource("codegen", "data", "carriers.tsv").read_text(encoding="utf-8")
    header, *lines = (line.split("\t") for line in text.splitlines())
    return {
        (line[0], place): found
        for line in lines
        for place, found in zip(header[1:], line[1:], strict=False)
        if found
    }
