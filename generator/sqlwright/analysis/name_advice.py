"""What a function or operator that does not exist may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from sqlwright.catalog import oids

if TYPE_CHECKING:
    from sqlwright.catalog.catalog import Catalog

_LIKENESS = 0.75
_OTHER_LANGUAGES = {"==": "=", "===": "=", "!==": "<>"}
_LOGIC = {"&&": "AND", "||": "OR", "!": "NOT", "&": "AND", "|": "OR"}


def function_advice(catalog: Catalog, names: tuple[str, ...]) -> str | None:
    """Where else a function of that name is, or which names are like it; None if it exists."""
    if catalog.functions_named(names):
        return None
    elsewhere = [
        schema
        for schema in catalog.schema_names()
        if schema not in catalog.callable_path and catalog.functions_named((schema, names[-1]))
    ]
    if elsewhere:
        return (
            f"there is one in schema {elsewhere[0]}, which is not on the search path:"
            f" {elsewhere[0]}.{names[-1]}"
        )
    alike = get_close_matches(names[-1], sorted(set(_function_names(catalog))), 2, _LIKENESS)
    return f"did you mean {' or '.join(alike)}?" if alike else None


def _function_names(catalog: Catalog) -> Iterable[str]:
    """The names one may call, without those that only PostgreSQL itself does."""
    for function in (*catalog.builtin.functions, *catalog.functions()):
        if not any(catalog.type(each).kind == "pseudo" for each in function.arguments):
            yield function.name


def operator_advice(catalog: Catalog, names: tuple[str, ...], inputs: Sequence[int]) -> str | None:
    """What SQL writes for an operator of other languages."""
    name = names[-1]
    if name in _OTHER_LANGUAGES and not catalog.operators_named(names):
        return f"SQL writes {_OTHER_LANGUAGES[name]} for this"
    if name in _LOGIC and all(each in (oids.BOOL, oids.UNKNOWN) for each in inputs):
        return f"SQL writes {_LOGIC[name]} for this"
    return None
