"""Type modifiers: what `varchar(20)`, `numeric(10, 2)`, `interval day to hour` are stored as.

The rules are those of the types' typmodin functions (manual 8.1 to 8.5, 8.10).
"""

from __future__ import annotations

from collections.abc import Callable

from sqlwright.catalog import oids
from sqlwright.catalog.model import Type
from sqlwright.diagnostics import Code
from sqlwright.sql import nodes

_HEADER = 4
"""A length modifier counts the four bytes of a value's header."""

_MAX_LENGTH = 10485760
_MAX_BITS = _MAX_LENGTH * 8
_MAX_PRECISION = 1000
_MAX_TIME_PRECISION = 6
_ALL_INTERVAL_FIELDS = 0x7FFF
_FULL_PRECISION = 0xFFFF

_FIELD_BITS = {
    "month": 1 << 1,
    "year": 1 << 2,
    "day": 1 << 3,
    "hour": 1 << 10,
    "minute": 1 << 11,
    "second": 1 << 12,
}
_FIELDS = ("year", "month", "day", "hour", "minute", "second")


class TypeModifierError(Exception):
    """A modifier that a type does not take."""

    def __init__(self, code: Code, message: str, sqlstate: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.sqlstate = sqlstate


def length_of(modifier: int) -> int | None:
    """The most characters of `varchar(n)` and `char(n)`, None if any number will do."""
    return modifier - _HEADER if modifier > _HEADER else None


def precision_and_scale(modifier: int) -> tuple[int, int] | None:
    """All digits of `numeric(p, s)`, and those behind the point; None if any number will do."""
    if modifier < _HEADER:
        return None
    packed = modifier - _HEADER
    return (packed >> 16) & 0xFFFF, ((packed & 0x7FF) ^ 1024) - 1024


def type_modifier(found: Type, type_name: nodes.TypeName) -> int:
    """The modifier of a type as written with one. Raises TypeModifierError."""
    if not found.takes_modifier:
        name = ".".join(type_name.names)
        raise TypeModifierError(
            "invalid-type-modifier",
            f'type modifier is not allowed for type "{name}"',
            "42601",
        )
    written = [_modifier_text(each) for each in type_name.modifiers]
    if found.oid == oids.INTERVAL:
        return _interval(written, type_name.interval_fields)
    reader = _READERS.get(found.oid)
    if reader is not None:
        return reader([_integer(each) for each in written])
    # An extension's own rule is not known; its modifiers never show in a query's types.
    return int(written[0]) if len(written) == 1 and written[0].isdigit() else -1


def _modifier_text(modifier: nodes.Expr) -> str:
    if isinstance(modifier, nodes.Const) and modifier.kind in ("integer", "float", "string"):
        return modifier.value
    if isinstance(modifier, nodes.ColumnRef) and len(modifier.fields) == 1 and not modifier.star:
        return modifier.fields[0]
    if (negated := _negated_number(modifier)) is not None:
        return negated
    raise TypeModifierError(
        "invalid-type-modifier",
        "type modifiers must be simple constants or identifiers",
        "42601",
    )


def _negated_number(modifier: nodes.Expr) -> str | None:
    """A number after minus signs, which PostgreSQL's grammar takes for one number."""
    if isinstance(modifier, nodes.Const) and modifier.kind in ("integer", "float"):
        return modifier.value
    if not isinstance(modifier, nodes.Operation) or modifier.name != ("-",):
        return None
    number = _negated_number(modifier.right) if modifier.left is None else None
    if number is None:
        return None
    return number[1:] if number.startswith("-") else f"-{number}"


def _integer(text: str) -> int:
    try:
        return int(text, 0) if not text.lstrip("-").isdigit() else int(text)
    except ValueError:
        raise TypeModifierError(
            "invalid-type-modifier", f'invalid input syntax for type integer: "{text}"', "22P02"
        ) from None


def _invalid(message: str) -> TypeModifierError:
    return TypeModifierError("invalid-type-modifier", message, "22023")


def _length(name: str) -> Callable[[list[int]], int]:
    def read(numbers: list[int]) -> int:
        if len(numbers) != 1:
            raise _invalid("invalid type modifier")
        if numbers[0] < 1:
            raise _invalid(f"length for type {name} must be at least 1")
        if numbers[0] > _MAX_LENGTH:
            raise _invalid(f"length for type {name} cannot exceed {_MAX_LENGTH}")
        return numbers[0] + _HEADER

    return read


def _bits(name: str) -> Callable[[list[int]], int]:
    def read(numbers: list[int]) -> int:
        if len(numbers) != 1:
            raise _invalid("invalid type modifier")
        if numbers[0] < 1:
            raise _invalid(f"length for type {name} must be at least 1")
        if numbers[0] > _MAX_BITS:
            raise _invalid(f"length for type {name} cannot exceed {_MAX_BITS}")
        return numbers[0]

    return read


def _numeric(numbers: list[int]) -> int:
    if len(numbers) not in (1, 2):
        raise _invalid("invalid NUMERIC type modifier")
    precision, scale = (*numbers, 0)[:2]
    if not 1 <= precision <= _MAX_PRECISION:
        raise _invalid(f"NUMERIC precision {precision} must be between 1 and {_MAX_PRECISION}")
    if not -_MAX_PRECISION <= scale <= _MAX_PRECISION:
        raise _invalid(
            f"NUMERIC scale {scale} must be between -{_MAX_PRECISION} and {_MAX_PRECISION}"
        )
    return ((precision << 16) | (scale & 0x7FF)) + _HEADER


def _time(name: str, zone: str) -> Callable[[list[int]], int]:
    def read(numbers: list[int]) -> int:
        if len(numbers) != 1:
            raise _invalid("invalid type modifier")
        if numbers[0] < 0:
            raise _invalid(f"{name}({numbers[0]}){zone} precision must not be negative")
        return min(numbers[0], _MAX_TIME_PRECISION)

    return read


def _interval(written: list[str], fields: str | None) -> int:
    mask = _interval_mask(fields) if fields else _ALL_INTERVAL_FIELDS
    if not written:
        return (mask << 16) | _FULL_PRECISION
    precision = _integer(written[-1])
    if precision < 0:
        raise _invalid(f"INTERVAL({precision}) precision must not be negative")
    return (mask << 16) | min(precision, _MAX_TIME_PRECISION)


def _interval_mask(fields: str) -> int:
    words = fields.lower().split()
    first, last = words[0], words[-1]
    between = _FIELDS[_FIELDS.index(first) : _FIELDS.index(last) + 1]
    return sum(_FIELD_BITS[each] for each in between)


_READERS: dict[int, Callable[[list[int]], int]] = {
    oids.VARCHAR: _length("varchar"),
    oids.BPCHAR: _length("char"),
    oids.BIT: _bits("bit"),
    oids.VARBIT: _bits("varbit"),
    oids.NUMERIC: _numeric,
    oids.TIME: _time("TIME", ""),
    oids.TIMETZ: _time("TIME", " WITH TIME ZONE"),
    oids.TIMESTAMP: _time("TIMESTAMP", ""),
    oids.TIMESTAMPTZ: _time("TIMESTAMP", " WITH TIME ZONE"),
}
