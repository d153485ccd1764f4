"""Why a parameter or a result column has its type, and why a parameter may be None: sentences."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.analysis import tree
from sqlwright.analysis.facts import Reason
from sqlwright.analysis.inputs.parameter_uses import ParameterUse
from sqlwright.analysis.state.parameter_types import ParameterSlot
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass
from sqlwright.source import SourceFile, Span


@dataclass(frozen=True, slots=True)
class Reasons:
    """Words the reasons for one statement."""

    catalog: Catalog
    source: SourceFile

    def _span(self, start: int, end: int) -> Span | None:
        return Span(self.source, start, end) if start >= 0 else None

    def _relation(self, oid: int) -> str:
        relation = self.catalog.get_relation(oid)
        return relation.name if relation is not None else "?"

    def _shown(self, oid: int, modifier: int = -1) -> str:
        key = "shown type", oid, modifier
        return self.catalog.memo.once(key, self.catalog.display_type, oid, modifier)

    # Parameters

    def of_parameter(self, slot: ParameterSlot, uses: Sequence[ParameterUse]) -> Reason:
        """Why `$n` has its type: the use that settled it."""
        shown = self._shown(slot.type)
        place = slot.settled_at or slot.first
        use = next((each for each in uses if place is not None and each.start == place[0]), None)
        if slot.cast_type == slot.type:
            text = f"it is cast to {shown}"
        elif use is not None and use.column is not None:
            relation, column = use.column
            what = "assigned to" if use.assigned else "used with"
            text = (
                f"it is {what} column {column} of {self._relation(relation)}, which takes {shown}"
            )
        elif use is not None and use.clause is not None:
            text = f"{use.clause} takes {shown}"
        else:
            text = f"{shown} is wanted where it stands"
        return Reason(text, self._span(*place) if place is not None else None)

    # Columns

    def of_column(self, target: tree.TargetEntry, base: int) -> Reason:
        """Why a result column has its type, below which that is the `base`."""
        expr = target.expr
        text = self._of_expr(expr)
        if base != expr.type:
            text += f"; on the wire a domain is its base type, {self._shown(base)}"
        return Reason(text, self._span(target.start, target.end))

    def _of_expr(self, expr: tree.Expr) -> str:
        shown = self._shown(expr.type, expr.modifier)
        if isinstance(expr, tree.Var):
            return f"column {expr.name} of {expr.entry.alias or expr.entry.name} is {shown}"
        if isinstance(expr, tree.SetReturning):
            return self._of_expr(expr.call)
        if isinstance(expr, tree.FuncCall | tree.Aggregate | tree.WindowCall):
            types = ", ".join(self._shown(arg.type) for arg in expr.args)
            return f"{expr.function.name}({types}) gives {shown}"
        if isinstance(expr, tree.OpCall):
            types = f" {expr.operator.name} ".join(self._shown(arg.type) for arg in expr.args)
            return f"{types} gives {shown}"
        if isinstance(expr, tree.Cast):
            inner = self._shown(expr.operand.type)
            return f"{inner} is {'cast' if expr.explicit else 'converted'} to {shown}"
        if isinstance(expr, tree.Case | tree.Coalesce | tree.MinMax | tree.ArrayExpr):
            return f"the alternatives have the common type {shown}"
        if isinstance(expr, tree.SubLink):
            return f"the subquery yields {shown}"
        if isinstance(expr, tree.Param):
            return f"parameter ${expr.number} is {shown}"
        return f"the expression is of type {shown}"
