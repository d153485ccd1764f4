"""A call as it reaches the look-up, and as messages show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlwright.analysis.resolution.function_candidates import CallShape
from sqlwright.dataclass import dataclass

if TYPE_CHECKING:
    from sqlwright.analysis import tree
    from sqlwright.catalog.catalog import Catalog
    from sqlwright.sql import nodes

    Where = nodes.Node | tree.Expr | tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class CallSite:
    """A call as it reaches the look-up: its arguments transformed, its FILTER too.

    `call` is None in attribute notation. `names` are those of the trailing named arguments.
    """

    function_name: tuple[str, ...]
    args: tuple[tree.Expr, ...]
    names: tuple[str, ...]
    call: nodes.FuncCall | None
    procedure: bool
    filter: tree.Expr | None
    last_set_returning: tree.Expr | None
    where: Where

    @property
    def types(self) -> tuple[int, ...]:
        return tuple(arg.type for arg in self.args)

    @property
    def variadic(self) -> bool:
        return self.call is not None and self.call.variadic

    @property
    def shape(self) -> CallShape:
        return CallShape(len(self.args), self.names, not self.variadic, self.procedure)

    def signature(self, catalog: Catalog) -> str:
        return function_signature(catalog, self.function_name, self.types, self.names)


def function_signature(
    catalog: Catalog, name: Sequence[str], types: Sequence[int], arg_names: Sequence[str] = ()
) -> str:
    """A call as messages show it: `f(integer, b => text)`."""
    prefixes = [*[""] * (len(types) - len(arg_names)), *(f"{each} => " for each in arg_names)]
    shown = (
        prefix + catalog.display_type(each) for prefix, each in zip(prefixes, types, strict=True)
    )
    return f"{'.'.join(name)}({', '.join(shown)})"
