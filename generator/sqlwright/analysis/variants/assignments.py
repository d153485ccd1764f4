"""Items of SET that are left out where their parameters are not given: `-- @partial`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlwright.analysis.variant_texts import Piece
from sqlwright.analysis.variants.pieces import Choice, Cutter
from sqlwright.analysis.variants.spans import Misplaced, OptionalPart, anything_at, mentions
from sqlwright.dataclass import dataclass, replace
from sqlwright.sql import nodes

Needs = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class SetList:
    """The items of a statement's SET, and the table that they are about."""

    items: tuple[nodes.Assignment | nodes.MultiAssignment, ...]
    relation: nodes.RangeVar

    @property
    def qualifier(self) -> str:
        """The name that columns of the table have in front."""
        alias = self.relation.alias
        return alias.name if alias is not None else self.relation.name[-1]


def set_list(statement: nodes.Statement) -> SetList | None:
    """The SET of an UPDATE or of ON CONFLICT DO UPDATE."""
    if isinstance(statement, nodes.Update):
        return SetList(statement.assignments, statement.relation)
    if isinstance(statement, nodes.Insert) and statement.on_conflict is not None:
        items = statement.on_conflict.assignments
        return SetList(items, statement.relation) if items else None
    return None


def plain_parameters(statement: nodes.Statement, listed: SetList) -> Iterator[int]:
    """The parameters that are the whole right side of an item, and used nowhere else."""
    uses = [node.number for node in mentions(statement, _Every())]
    for item in listed.items:
        value = item.value if isinstance(item, nodes.Assignment) else None
        while isinstance(value, nodes.TypeCast):
            value = value.operand
        if isinstance(value, nodes.ParamRef) and uses.count(value.number) == 1:
            yield value.number


class _Every(Collection[int]):
    """All numbers."""

    def __contains__(self, _: object) -> bool:
        return True

    def __iter__(self) -> Iterator[int]:
        return iter(())

    def __len__(self) -> int:
        return 0


def assigned_parts(
    statement: nodes.Statement, listed: SetList, wanted: Collection[int]
) -> tuple[list[OptionalPart], list[Misplaced]]:
    """The items that mention one of the parameters `wanted`, and every other mention."""
    parts: list[OptionalPart] = []
    within: set[nodes.ParamRef] = set()
    for item in listed.items:
        found = mentions(item, wanted)
        if found and isinstance(item, nodes.Assignment):
            within.update(found)
            numbers = frozenset(ref.number for ref in found)
            parts.append(OptionalPart(item.value, numbers, otherwise=_column(listed, item)))
    others = [ref for ref in mentions(statement, wanted) if ref not in within]
    reason = "it is used outside of an item of SET for one column"
    return parts, [Misplaced(ref, reason) for ref in others]


def _column(listed: SetList, item: nodes.Assignment) -> nodes.Expr:
    """What is assigned, as it was."""
    start, end = item.value.start, item.value.end
    target = item.target
    column = nodes.ColumnRef(fields=(listed.qualifier, target.name), start=start, end=end)
    if not target.steps:
        return column
    return nodes.Indirection(operand=column, steps=target.steps, start=start, end=end)


def unknown_at(part: OptionalPart) -> nodes.Expr:
    """In the place of an optional part something of which only the type is known."""
    if part.otherwise is None:
        return anything_at(part.node)
    start, end = part.node.start, part.node.end
    branch = nodes.CaseBranch(
        condition=anything_at(part.node), result=part.otherwise, start=start, end=end
    )
    return nodes.Case(operand=None, branches=(branch,), default=None, start=start, end=end)


def assignment_choices(
    cut: Cutter, listed: SetList, needs: dict[nodes.Expr, Needs]
) -> list[Choice]:
    """The items that `needs` has by their values, each with the comma that goes with it. Where none
    has to stay, one is set to what it is if all are left out."""
    items = listed.items
    kept = [at for at, item in enumerate(items) if _needs(item, needs) is None]
    if not kept:
        return list(_only_optional(cut, listed, needs))
    choices = []
    for at, item in enumerate(items):
        own = _needs(item, needs)
        if own is None:
            continue
        start, end = (
            (item.start, items[at + 1].start) if at < kept[0] else (items[at - 1].end, item.end)
        )
        choices.append(Choice(start, end, _there(cut.inside(start, end), own)))
    return choices


def _only_optional(
    cut: Cutter, listed: SetList, needs: dict[nodes.Expr, Needs]
) -> Iterator[Choice]:
    source = cut.statement.source
    before: tuple[int, ...] = ()
    start = listed.items[0].start
    for at, item in enumerate(listed.items):
        own = _needs(item, needs)
        assert own is not None
        comma = [Piece(source.text[start : item.start], needs=(*own, before))] if at else []
        pieces = [*comma, *_there(cut.inside(item.start, item.end), own)]
        before = (*before, *(option for either in own for option in either))
        if at == len(listed.items) - 1:
            first = listed.items[0]
            assert isinstance(first, nodes.Assignment)
            column = _quoted(first.target.name)
            same = f"{column} = {_quoted(listed.qualifier)}.{column}"
            pieces.append(Piece(same, needs=(before,), absent=True))
        yield Choice(start, item.end, tuple(pieces))
        start = item.end


def _needs(
    item: nodes.Assignment | nodes.MultiAssignment, needs: dict[nodes.Expr, Needs]
) -> Needs | None:
    return needs.get(item.value) if isinstance(item, nodes.Assignment) else None


def _there(pieces: Sequence[Piece], needs: Needs) -> tuple[Piece, ...]:
    return tuple(replace(piece, needs=needs) for piece in pieces)


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'
