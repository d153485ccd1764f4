"""What an operator that does not exist may have been meant to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlwright.catalog import oids

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

_OTHER_LANGUAGES = {"==": "=", "===": "=", "!==": "<>", "=<": "<="}
_MOMENTS = {oids.TIMESTAMP, oids.TIMESTAMPTZ}
_LOGIC = {"&&": "AND", "||": "OR", "!": "NOT", "&": "AND", "|": "OR"}


def operator_advice(catalog: Catalog, names: tuple[str, ...], inputs: Sequence[int]) -> str | None:
    """What SQL writes for an operator of other languages."""
    name = names[-1]
    if name in _OTHER_LANGUAGES and not catalog.operators_named(names):
        return f"SQL writes {_OTHER_LANGUAGES[name]} for this"
    if name in _LOGIC and all(each in (oids.BOOL, oids.UNKNOWN) for each in inputs):
        return f"SQL writes {_LOGIC[name]} for this"
    if name in ("+", "-") and oids.INT4 in inputs and _MOMENTS & {*inputs}:
        return "write a stretch of time as an interval, such as interval '7 days'"
    if name == "+" and any(each in (oids.TEXT, oids.VARCHAR) for each in inputs):
        return "did you mean `||`, which joins texts?"
    return None
