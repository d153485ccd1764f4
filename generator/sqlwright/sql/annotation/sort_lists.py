"""The lists of `-- @sort name = list` and `-- @page (keys)`, which are read where they stand: in
the comment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Code, Diagnostic, DiagnosticError, Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile, Span
from sqlwright.sql import nodes
from sqlwright.sql.annotation.markers import read_markers
from sqlwright.sql.grammar.parser import parse_sort_list
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.tokens import Token
from sqlwright.sql.statements import Marker, QueryStatement, Word

_NAMED = pattern(r'(?P<name>"(?:[^"]|"")+"|\w+)\s*=\s*(?=\S)')


@dataclass(frozen=True, slots=True)
class SortList:
    """An order by its name: the items, with places in the comment, and the markers in them."""

    name: str
    place: Span
    items: tuple[nodes.SortBy, ...]
    markers: tuple[Marker, ...]

    @property
    def written(self) -> Span:
        """The list in the comment."""
        return Span(self.place.source, self.items[0].start, self.items[-1].end)


def read_sort_list(statement: QueryStatement, word: Word) -> SortList:
    """What stands behind `@sort`. Its parameters are those that the text has too, so that a caller
    gives each in any case. Raises DiagnosticError for what is no name and list."""
    said = word.said
    found = _NAMED.match(said.source.text, said.start, said.end)
    if found is None:
        _refuse(
            "invalid-annotation",
            "@sort takes a name and what to sort by"
            + (f', not "{said.text}"' if said.text else ""),
            said if said.text else word.span,
            "write it as `-- @sort newest = published DESC, id DESC`",
        )
    name = found["name"]
    if name.startswith('"'):
        name = name[1:-1].replace('""', '"')
    place = Span(said.source, *found.span("name"))
    tokens, markers = _tokens(statement, Span(said.source, found.end(), said.end))
    return SortList(name, place, parse_sort_list(said.source, tokens), markers)


def read_keys(statement: QueryStatement, word: Word) -> tuple[nodes.SortBy, ...]:
    """The keys that stand behind `@page`, in parentheses; none if it stands alone. Raises
    DiagnosticError for what is no list of keys."""
    said = word.said
    tokens, _ = _tokens(statement, said)
    if not tokens:
        return ()
    if len(tokens) < 3 or (tokens[0].symbol, tokens[-1].symbol) != ("(", ")"):
        _refuse(
            "invalid-annotation",
            f'@page takes the keys of ORDER BY in parentheses, or nothing, not "{said.text}"',
            said,
            "write it as `-- @page`, or `-- @page (title, id)`",
        )
    keys = parse_sort_list(said.source, tokens[1:-1])
    for key in keys:
        if key.direction is not None or key.nulls is not None:
            place = Span(said.source, key.start, key.end)
            _refuse("invalid-annotation", "the direction is that of ORDER BY", place, None)
    return keys


def _tokens(statement: QueryStatement, said: Span) -> tuple[Sequence[Token], tuple[Marker, ...]]:
    """What is said, with the parameters of the statement."""
    cut = SourceFile(said.source.path, said.source.text[: said.end])
    known = {marker.name: marker.number for marker in statement.markers if marker.name}
    tokens, markers = read_markers(said.source, tokenize(cut, said.start), known)
    numbers = {marker.number for marker in statement.markers}
    for marker in markers:
        if marker.kind == "embed" or marker.number not in numbers:
            _refuse_marker(Span(said.source, marker.start, marker.end), marker, list(known))
    return tokens, markers


def _refuse_marker(span: Span, marker: Marker, names: Sequence[str]) -> NoReturn:
    if marker.kind == "embed":
        _refuse("misplaced-embed", f"{span.text} is no value to sort by", span, None)
    _refuse(
        "unknown-parameter",
        f"the text of the query has no parameter {span.text}",
        span,
        did_you_mean(nearest(marker.name, names))
        or "an order has those of the text: select what it sorts by, with a name, and sort by that",
    )


def _refuse(code: Code, message: str, span: Span, help: str | None) -> NoReturn:
    raise DiagnosticError(Diagnostic(code, "error", message, (Label(span),), help=help))
