"""What CREATE and ALTER FUNCTION say of costs, rows, parallel queries and settings."""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.facts.builtins import NEWEST_MAJOR
from sqlwright.catalog.settings import setting_name
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.lexing.spellings import decimal

_PARALLEL = ("safe", "restricted", "unsafe")


def check_routine_options(
    context: Context, options: Iterable[ddl.Option], *, returns_set: bool
) -> None:
    """Refuse values that the options do not take, and settings that there are none of."""
    for each in options:
        if each.name in ("cost", "rows"):
            _check_estimate(context, each)
        elif each.name == "parallel":
            _check_parallel(context, each)
        elif each.name == "set":
            _check_setting(context, each)
    for each in options:
        if each.name == "rows" and not returns_set:
            message = "ROWS is not applicable when function does not return a set"
            context.refuse("invalid-parameter-value", message, each, sqlstate="22023")


def _check_estimate(context: Context, option: ddl.Option) -> None:
    value = option.value
    if not isinstance(value, nodes.Const) or value.kind == "string":
        return
    if float(decimal(value.value)) <= 0:
        message = f"{option.name.upper()} must be positive"
        context.refuse("invalid-parameter-value", message, option, sqlstate="22023")


def _check_parallel(context: Context, option: ddl.Option) -> None:
    if isinstance(option.value, ddl.ObjectName) and option.value.parts[0] not in _PARALLEL:
        message = 'parameter "parallel" must be SAFE, RESTRICTED, or UNSAFE'
        context.refuse("syntax-error", message, option, sqlstate="42601")


def _check_setting(context: Context, option: ddl.Option) -> None:
    """One that older servers had may well be there for them."""
    if not isinstance(option.value, ddl.ObjectName) or context.catalog.builtin.major < NEWEST_MAJOR:
        return
    name = option.value.parts[0]
    if name != "all" and setting_name(name) is None:
        message = f'unrecognized configuration parameter "{name}"'
        context.refuse("unknown-object", message, option, sqlstate="42704")
