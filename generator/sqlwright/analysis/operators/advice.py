"""What an operator that does not exist may have been meant to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlwright.catalog import oids

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

_OTHER_LANGUAGES = {
    "==": "=",
    "===": "=",
    "!==": "<>",
    "=!": "<>",
    "=<": "<=",
    "<=>": "IS NOT DISTINCT FROM",
    "=~": "~",
    "!=~": "!~",
}
_MARKERS = {"@", "@@", "#", "$", "?"}
_MOMENTS = {oids.TIMESTAMP, oids.TIMESTAMPTZ}
_LOGIC = {"&&": "AND", "||": "OR", "!": "NOT", "&": "AND", "|": "OR"}


def operator_advice(catalog: Catalog, names: tuple[str, ...], inputs: Sequence[int]) -> str | None:
    """What SQL writes for an operator of other languages."""
    name = names[-1]
    if name in _OTHER_LANGUAGES and not catalog.operators_named(names):
        return f"SQL writes {_OTHER_LANGUAGES[name]} for this"
    if len(inputs) == 1 and not _stands_before(catalog, names):
        return _prefix_advice(catalog, names)
    if name in _LOGIC and all(each in (oids.BOOL, oids.UNKNOWN) for each in inputs):
        return f"SQL writes {_LOGIC[name]} for this"
    if name in ("+", "-") and oids.INT4 in inputs and _MOMENTS & {*inputs}:
        return "write a stretch of time as an interval, such as interval '7 days'"
    if name in ("=", "<>") and len(inputs) == 2 and _element_and_array(catalog, inputs):
        return (
            f"an array is searched with {name} ANY (...)"
            if name == "="
            else ("an array is searched with <> ALL (...)")
        )
    if name == "||":
        return "`||` joins texts: cast one of the two to text"
    if name == "+" and any(each in (oids.TEXT, oids.VARCHAR) for each in inputs):
        return "did you mean `||`, which joins texts?"
    return None


def _element_and_array(catalog: Catalog, inputs: Sequence[int]) -> bool:
    left, right = inputs
    return catalog.type(right).element == left and catalog.type(right).is_array


def _stands_before(catalog: Catalog, names: tuple[str, ...]) -> bool:
    return any(each.left == 0 for each in catalog.operators_named(names))


def _prefix_advice(catalog: Catalog, names: tuple[str, ...]) -> str | None:
    """For an operator before a value that has nothing to its left."""
    name = names[-1]
    if name in ("!", "!!"):
        return "SQL writes NOT for this"
    if name.startswith("@") and not catalog.operators_named(names):
        return "the name of a parameter is missing after @"
    if catalog.operators_named(names):
        return f"{name} stands between two values: something is missing before it"
    return None


def marker_advice(name: str, operand: str) -> str | None:
    """What a parameter looks like, where a sign before a name may have been meant for one."""
    if name in _MARKERS and operand.isidentifier():
        return f"write a parameter as `@{operand}`"
    return None
