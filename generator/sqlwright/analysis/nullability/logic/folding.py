"""What functions make of an empty text, or an empty array (manual 9.4, 9.19)."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.catalog import oids
from sqlwright.catalog.identity import is_function

LENGTHS = ("length", "char_length", "character_length", "octet_length", "bit_length")
TEXTS = ("lower", "upper", "initcap", "btrim", "ltrim", "rtrim", "reverse", "casefold")
"""What leaves an empty text as it is, whatever the collation."""
_TAKEN = (oids.TEXT, oids.VARCHAR)


def folded(call: tree.FuncCall, value: tree.Const | None) -> tree.Const | None:
    """The constant that a function of one argument makes of another one; None if that is not
    known."""
    if value is None or len(call.args) != 1 or call.variadic:
        return None
    if value.value == "" and value.type in _TAKEN:
        if is_function(call.function, *LENGTHS):
            return tree.Const(type=oids.INT4, value="0")
        return value if is_function(call.function, *TEXTS) else None
    if (value.value or "").strip() == "{}" and is_function(call.function, "cardinality"):
        return tree.Const(type=oids.INT4, value="0")
    return None
