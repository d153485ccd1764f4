"""The source cut into the pieces that every variant is put together from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlwright.analysis.sql_text import Change, changes_of
from sqlwright.analysis.state.parse_state import TextEdit
from sqlwright.analysis.variant_texts import Piece
from sqlwright.analysis.variants.spans import OptionalPart
from sqlwright.dataclass import dataclass, replace
from sqlwright.source import SourceFile
from sqlwright.sql import nodes
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.tokens import Token
from sqlwright.sql.statements import QueryStatement

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """A stretch of the source that is not in every text: `pieces` are what stands there instead,
    each with its condition."""

    start: int
    end: int
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Cutter:
    """A statement with the changes that its text has in any case."""

    statement: QueryStatement
    changes: Sequence[Change]

    def stretch(self, start: int, end: int, *, open_start: bool, open_end: bool) -> list[Piece]:
        """The text from `start` to `end`. Insertions right at an end belong to what is inside of
        it; an `open` end leaves them to its neighbour."""
        text = self.statement.source.text
        pieces: list[Piece] = []
        at = start
        for change in self.changes:
            if (
                change.start < at
                or change.end > end
                or self._is_neighbours(change, start if open_start else -1, end if open_end else -1)
            ):
                continue
            pieces.append(Piece(text[at : change.start]))
            pieces += self._instead(change)
            at = max(at, change.end)
        pieces.append(Piece(text[at:end]))
        return [piece for piece in pieces if piece.text or piece.parameter]

    def _instead(self, change: Change) -> Iterator[Piece]:
        """What is written in a place; where that is more than a parameter, such as `= ANY($1)` for
        IN over a list, the parameter is a piece of its own."""
        number = change.parameter
        for marker in self.statement.markers:
            if not number and change.start <= marker.start < change.end:
                number = marker.number
        before, found, after = change.text.partition(f"${number}") if number else ("", "", "")
        if found:
            yield from (Piece(before), Piece(parameter=number), Piece(after))
        else:
            yield Piece(change.text)

    @staticmethod
    def _is_neighbours(change: Change, start: int, end: int) -> bool:
        return change.start == change.end and change.start in (start, end)

    def inside(self, start: int, end: int) -> list[Piece]:
        """The text of an expression, with what is inserted at its ends."""
        return self.stretch(start, end, open_start=False, open_end=False)

    def cut(self, choices: Sequence[Choice]) -> tuple[Piece, ...]:
        """The whole statement, with `choices` in their places."""
        pieces: list[Piece] = []
        at = self.statement.start
        for choice in sorted(choices, key=lambda each: each.start):
            first = at == self.statement.start
            pieces += self.stretch(at, choice.start, open_start=not first, open_end=True)
            pieces += choice.pieces
            at = choice.end
        pieces += self.stretch(at, self.statement.end, open_start=bool(choices), open_end=False)
        return tuple(_joined(_trimmed(pieces)))


def cutter(statement: QueryStatement, edits: Sequence[TextEdit]) -> Cutter:
    """What cuts a statement that analysis has made `edits` to."""
    return Cutter(statement, changes_of(statement, edits))


def conjunct_choice(cut: Cutter, part: OptionalPart, needs: tuple[tuple[int, ...], ...]) -> Choice:
    """A conjunct, or `true`: so no AND is left over, a WHERE or HAVING stays, and the planner drops
    it."""
    start, end = part.node.start, part.node.end
    kept = _kept(cut, part) if part.tests else cut.inside(start, end)
    there = tuple(replace(piece, needs=needs) for piece in kept)
    return Choice(start, end, (*there, Piece("true", needs=needs, absent=True)))


def _kept(cut: Cutter, part: OptionalPart) -> list[Piece]:
    """`... OR ...` without the operands that are tests, each with its parentheses."""
    node = part.node
    assert isinstance(node, nodes.BoolOperation)
    stretches = _with_parentheses(cut.statement.source, node)
    pieces: list[Piece] = []
    before: int | None = None
    for at, operand in enumerate(node.operands):
        if operand in part.tests:
            continue
        if before is not None:
            pieces.append(Piece(cut.statement.source.text[before : stretches[at][0]]))
        pieces += cut.inside(*stretches[at])
        before = stretches[at][1]
        if at + 1 < len(node.operands) and node.operands[at + 1] in part.tests:
            before = stretches[at + 1][1]
    return pieces


def _with_parentheses(source: SourceFile, node: nodes.BoolOperation) -> list[Stretch]:
    tokens = tokenize(SourceFile(source.path, source.text[node.start : node.end]))
    return [
        _extended(tokens, operand.start - node.start, operand.end - node.start, node.start)
        for operand in node.operands
    ]


def _extended(tokens: Sequence[Token], start: int, end: int, offset: int) -> Stretch:
    """An operand with the parentheses around it, which its node leaves out."""
    before = [token for token in tokens if token.end <= start][::-1]
    after = [token for token in tokens if token.start >= end]
    for opening, closing in zip(before, after, strict=False):
        if opening.symbol != "(" or closing.symbol != ")":
            break
        start, end = opening.start, closing.end
    return offset + start, offset + end


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without blanks at both ends, which no choice stands at."""
    if pieces and not pieces[0].parameter:
        pieces[0] = replace(pieces[0], text=pieces[0].text.lstrip())
    if pieces and not pieces[-1].parameter:
        pieces[-1] = replace(pieces[-1], text=pieces[-1].text.rstrip())
    return pieces


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """With neighbours of one condition as one."""
    waiting: Piece | None = None
    for piece in pieces:
        if waiting is not None and _same(waiting, piece):
            waiting = replace(waiting, text=waiting.text + piece.text)
            continue
        if waiting is not None:
            yield waiting
        waiting = piece
    if waiting is not None:
        yield waiting


def _same(one: Piece, other: Piece) -> bool:
    if one.parameter or other.parameter:
        return False
    return replace(one, text="") == replace(other, text="")


def positions_of(
    options: Mapping[int, int], numbers: frozenset[int]
) -> tuple[tuple[int, ...], ...]:
    """The condition that all these parameters are given, by the options that they belong to."""
    return tuple((at,) for at in sorted({options[number] for number in numbers}))
