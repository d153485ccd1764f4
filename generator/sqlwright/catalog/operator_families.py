"""Which operators and functions an index method uses for a type (manual 36.16)."""

from __future__ import annotations

from typing import Literal

from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class OperatorClassMember:
    """Which comparison an operator plays for a type in a btree or hash family (pg_amop)."""

    family: int
    left: int
    right: int
    strategy: int
    operator: int
    method: Literal["btree", "hash"]


@dataclass(frozen=True, slots=True)
class OperatorFamily:
    """A row of pg_opfamily."""

    oid: int
    schema: str
    name: str
    method: str


@dataclass(frozen=True, slots=True)
class OperatorClass:
    """A row of pg_opclass: the `family` an index method uses for a type, `default` if unasked."""

    oid: int
    schema: str
    name: str
    method: str
    family: int
    type: int
    default: bool = False


@dataclass(frozen=True, slots=True)
class SupportFunction:
    """A row of pg_amproc: btree 1 compares, btree 3 is in_range, hash 1 hashes."""

    family: int
    left: int
    right: int
    number: int
    function: int
    method: Literal["btree", "hash"]
