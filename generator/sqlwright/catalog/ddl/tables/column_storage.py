"""How the values of a column are stored, and how well they are known (manual, ALTER TABLE)."""

from __future__ import annotations

from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.types.layouts import is_stored_plain
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes

_STORAGE = ("plain", "external", "extended", "main", "default")
_COMPRESSION = ("pglz", "lz4", "default")


def check_storage(context: Context, option: ddl.Option, type_oid: int) -> None:
    """Refuse a STORAGE or COMPRESSION that there is none of, or that the type does not have."""
    if not isinstance(option.value, ddl.ObjectName):
        return
    word = option.value.parts[0].lower()
    plain = is_stored_plain(context.catalog, type_oid)
    shown = context.catalog.display_type(type_oid)
    if option.name == "storage":
        if word not in _STORAGE:
            _refuse(context, f'invalid storage type "{option.value.parts[0]}"', option, "22023")
        if plain and word not in ("plain", "default"):
            message = f"column data type {shown} can only have storage PLAIN"
            _refuse(context, message, option, "0A000")
        return
    if plain and word != "default":
        message = f"column data type {shown} does not support compression"
        _refuse(context, message, option, "0A000")
    if word not in _COMPRESSION:
        message = f'invalid compression method "{option.value.parts[0]}"'
        _refuse(context, message, option, "22023")


def check_statistics_target(context: Context, option: ddl.Option) -> None:
    """Refuse a SET STATISTICS that is too low."""
    value = option.value
    if isinstance(value, nodes.Const) and value.kind == "integer" and int(value.value, 0) < -1:
        _refuse(context, f"statistics target {value.value} is too low", option, "22023")


def _refuse(context: Context, message: str, option: ddl.Option, sqlstate: str) -> None:
    code = "feature-not-supported" if sqlstate == "0A000" else "invalid-parameter-value"
    context.refuse(code, message, option, sqlstate=sqlstate)  # type: ignore[arg-type]
