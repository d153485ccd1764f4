"""The conditions of a simple CASE, `CASE state WHEN 'paid' THEN ...` (manual 9.18.1)."""

from __future__ import annotations

from sqlwright.analysis import tree
from sqlwright.dataclass import replace


def by_itself(condition: tree.Expr) -> tree.Expr:
    """The condition of a branch as it reads outside of its CASE: with the operand in the place of
    what stands for it, since whoever asks what a condition refers to does not look behind that."""
    match condition:
        case tree.CaseTest():
            return condition.operand
        case tree.OpCall():
            left, *others = condition.args
            opened = by_itself(left)
            return condition if opened is left else replace(condition, args=(opened, *others))
        case tree.Cast() | tree.Collate():
            opened = by_itself(condition.operand)
            return condition if opened is condition.operand else replace(condition, operand=opened)
        case _:
            return condition
