"""The user's word on a column's NULLs, where a proof cannot reach.

`-- @nonnull total` and `-- @nullable total` name result columns in a comment of the query,
`-- @nullable tags[]` the elements of an array, which may be a parameter's;
`AS "total!"` and `AS "total?"` say the same of the column they name. The mark is no part of the
name: it is left out wherever the query uses that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile, Span
from sqlwright.sql import nodes
from sqlwright.sql.annotation.words import WORDS
from sqlwright.sql.lexing.tokens import Token
from sqlwright.sql.statements import Override, Removal

DIRECTIVES = ("nonnull", "nullable", "json")
"""The words that a comment can say of a column after an `@`; `json_types` reads `@json`."""

_NEARLY = pattern(r"--[ \t]*@(?P<word>\w+)\b", re.IGNORECASE)
_DIRECTIVE = pattern(r"--[ \t]*@(nonnull|nullable)\b[ \t]*", re.IGNORECASE)
_NAME = pattern(
    r'(?:"(?P<quoted>(?:[^"]|"")+)"|(?P<plain>(?:(?!\[\])[^\s,"])+))(?P<elements>\[\])?'
)
_MARKS: dict[str, Literal["nonnull", "nullable"]] = {"!": "nonnull", "?": "nullable"}


def read_directive(source: SourceFile, start: int, end: int) -> tuple[Override, ...] | None:
    """What a comment says of columns; None if it is no directive. One that names no column gives a
    single override of an empty name."""
    found = _DIRECTIVE.match(source.text, start, end)
    if found is None:
        return None
    nullable = found[1].lower() == "nullable"
    overrides = tuple(
        Override(
            nullable,
            (name["quoted"] or "").replace('""', '"') or name["plain"].lower(),
            Span(source, name.start(), name.end()),
            elements=name["elements"] is not None,
        )
        for name in _NAME.finditer(source.text, found.end(), end)
    )
    return overrides or (Override(nullable, "", Span(source, start, found.end())),)


def misspelt_directive(source: SourceFile, start: int, end: int) -> tuple[Diagnostic, ...]:
    """A warning for a comment that begins with nearly one of the words."""
    found = _NEARLY.match(source.text, start, end)
    known = (*DIRECTIVES, *WORDS)
    if found is None or found["word"].lower() in known:
        return ()
    near = did_you_mean(f"@{word}" for word in nearest(found["word"], known))
    if near is None:
        return ()
    return (
        Diagnostic(
            "ignored-annotation",
            "warning",
            f"@{found['word']} is no word of a query, so the comment is documentation",
            (Label(Span(source, found.start("word") - 1, found.end())),),
            help=near,
        ),
    )


def marked_targets(source: SourceFile, tree: nodes.Statement) -> dict[str, Override]:
    """The result columns whose alias carries a mark, by the alias as written."""
    return {
        target.name: Override(
            _MARKS[target.name[-1]] == "nullable",
            target.name[:-1],
            Span(source, target.start, target.end),
            target.start,
        )
        for target in _targets(tree)
        if target.name is not None and len(target.name) > 1 and target.name[-1] in _MARKS
    }


def without_marks(
    tokens: Sequence[Token], marked: dict[str, Override]
) -> tuple[list[Token], tuple[Removal, ...]]:
    """The tokens with every use of a marked name under the name itself, and the marks to leave
    out of the SQL."""
    removed: list[Removal] = []
    changed: list[Token] = []
    for token in tokens:
        if token.kind == "quoted" and token.value in marked and token.text.endswith('"'):
            removed.append(Removal(token.end - 2, token.end - 1))
            token = Token("quoted", token.text, token.value[:-1], token.start, token.end)
        changed.append(token)
    return changed, tuple(removed)


def _targets(tree: nodes.Statement) -> Iterator[nodes.Target]:
    """What names the result columns: the select list of the first query, or RETURNING."""
    while isinstance(tree, nodes.Select) and tree.left is not None:
        tree = tree.left
    if isinstance(tree, nodes.Select):
        yield from tree.targets
    elif isinstance(tree, nodes.Insert | nodes.Update | nodes.Delete | nodes.Merge):
        yield from tree.returning.targets if tree.returning is not None else ()
