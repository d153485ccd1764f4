"""What an operator that does not exist may have been meant to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlwright.analysis import tree
from sqlwright.catalog import oids

if TYPE_CHECKING:
    from sqlwright.analysis.state.parse_state import ParseState
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
_ORDERING = ("<", "<=", ">", ">=")
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


def best_to_cast(
    state: ParseState, names: tuple[str, ...], operands: Sequence[tree.Expr]
) -> list[int]:
    """The numbers of the operands in the order in which a cast of them may be meant.

    A text that is told from a number or a time has to become one: as texts they are ordered by
    their letters, and what is taken out of JSON has lost its type. Whether a column of text equals
    something is asked of texts, which no value fails to become. Else the right side suits the left.
    """
    places = list(reversed(range(len(operands))))
    texts = [at for at in places if state.catalog.type_category(operands[at].type) == "S"]
    if len(texts) != 1 or len(places) != 2:
        return places
    text = texts[0]
    if state.catalog.type_category(operands[1 - text].type) not in "NDTBU":
        return places
    listed = isinstance(operands[1 - text], tree.Const)  # so that all of a list fit the column
    if _is_column(state, operands[text]) and names[-1] not in _ORDERING and not listed:
        return [1 - text, text]
    return [text, 1 - text]


def _is_column(state: ParseState, expr: tree.Expr) -> bool:
    if isinstance(expr, tree.SubLinkColumn) and expr.start >= 0:
        text = state.source.text[expr.start : expr.end]
        return all(part.strip().isidentifier() for part in text.split("."))
    return isinstance(expr, tree.Var)


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
