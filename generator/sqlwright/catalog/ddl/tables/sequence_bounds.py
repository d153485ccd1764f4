"""The numbers a new sequence is told: they must fit its type and one another (CREATE SEQUENCE)."""

from __future__ import annotations

from sqlwright.catalog import oids
from sqlwright.catalog.ddl.context import Context
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_BITS = {oids.INT2: 16, oids.INT4: 32, oids.INT8: 64}


def check_bounds(context: Context, options: tuple[ddl.Option, ...], type_oid: int) -> None:
    """Refuse numbers that leave a sequence nothing to give (22023)."""
    numbers = {each.name: (value, each) for each in options if (value := _number(each)) is not None}
    increment = numbers.get("increment")
    if increment is not None and increment[0] == 0:
        _refuse(context, "INCREMENT must not be zero", increment[1])
    half = 1 << (_BITS[type_oid] - 1)
    ascending = increment is None or increment[0] > 0
    limits = (1, half - 1) if ascending else (-half, -1)
    low = numbers["minvalue"][0] if "minvalue" in numbers else limits[0]
    high = numbers["maxvalue"][0] if "maxvalue" in numbers else limits[1]
    for name, value in (("maxvalue", high), ("minvalue", low)):
        if not -half <= value < half:
            shown = context.catalog.display_type(type_oid)
            message = f"{name.upper()} ({value}) is out of range for sequence data type {shown}"
            _refuse(context, message, numbers[name][1])
    if low >= high:
        _, place = numbers.get("minvalue") or numbers["maxvalue"]
        _refuse(context, f"MINVALUE ({low}) must be less than MAXVALUE ({high})", place)
    for name in ("start", "restart"):
        if name in numbers:
            _check_between(context, name.upper(), *numbers[name], (low, high))
    cache = numbers.get("cache")
    if cache is not None and cache[0] <= 0:
        _refuse(context, f"CACHE ({cache[0]}) must be greater than zero", cache[1])


def _number(option: ddl.Option) -> int | None:
    value = option.value
    if not isinstance(value, nodes.Const) or value.kind not in ("integer", "float"):
        return None
    try:
        return int(value.value, 0)
    except ValueError:
        return None


def _check_between(
    context: Context, name: str, value: int, place: ddl.Option, limits: tuple[int, int]
) -> None:
    low, high = limits
    if value < low:
        _refuse(context, f"{name} value ({value}) cannot be less than MINVALUE ({low})", place)
    if value > high:
        message = f"{name} value ({value}) cannot be greater than MAXVALUE ({high})"
        _refuse(context, message, place)


def _refuse(context: Context, message: str, place: ddl.Option) -> None:
    context.refuse("invalid-parameter-value", message, place, sqlstate="22023")
