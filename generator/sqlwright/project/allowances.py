"""Reports that are allowed where they stand: `-- @allow code: why`, above what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import CODES, Diagnostic, Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile, Span
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.splitting import Stretch, split_statements
from sqlwright.sql.schema.reader import schema_stretches

_COMMENT = pattern(r"^[ \t]*--[ \t]*@allow\b[ \t]*(?P<said>.*?)[ \t\r]*$", re.MULTILINE)
_SAID = pattern(r"(?P<code>[\w-]+)[ \t]*(?::[ \t]*(?P<why>.*))?\Z", re.DOTALL)
_MARK = "@allow"


@dataclass(frozen=True, slots=True)
class Allowance:
    """One code allowed for a query, or for what stands in a stretch of a schema file."""

    code: str
    place: Span
    query: str | None = None
    stretch: Span | None = None

    def covers(self, found: Diagnostic) -> bool:
        """Whether a report need not be made. What is wrong is no matter of leave."""
        if found.severity == "error" or found.code != self.code:
            return False
        if self.query is not None:
            return found.query == self.query
        return self.stretch is not None and any(
            label.span.source.path == self.stretch.source.path
            and self.stretch.start <= label.span.start < self.stretch.end
            for label in found.labels[:1]
        )


def allowed(
    schema: Iterable[SourceFile], queries: Iterable[Span], found: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """The reports without those that are allowed, and with one for each leave that none needs.
    `queries` are the places of their names. Where errors keep a query from being looked at, no
    leave of it is idle."""
    problems: list[Diagnostic] = []
    allowances = [*_of_queries(queries, problems), *_of_schema(schema, problems)]
    if not allowances:
        return [*found, *problems]
    refused = {item.query for item in found if item.severity == "error"}
    used = {id(each) for item in found for each in allowances if each.covers(item)}
    kept = [item for item in found if not any(each.covers(item) for each in allowances)]
    idle = [
        _idle(each)
        for each in allowances
        if id(each) not in used and each.query not in refused and None not in refused
    ]
    return [*kept, *problems, *idle]


def _of_queries(names: Iterable[Span], problems: list[Diagnostic]) -> Iterator[Allowance]:
    files: dict[int, list[Span]] = {}
    for name in names:
        files.setdefault(id(name.source), []).append(name)
    for those in files.values():
        source = those[0].source
        if _MARK not in source.text:
            continue
        stretches = list(split_statements(tokenize(source), 0, len(source.text)))
        for comment in _COMMENT.finditer(source.text):
            within = _stretch_at(stretches, comment.start())
            query = within and next(
                (each for each in those if within.start <= each.start < within.end), None
            )
            if query and (code := _said(source, comment, query.text, problems)) is not None:
                yield Allowance(code.text, code, query=query.text)


def _of_schema(sources: Iterable[SourceFile], problems: list[Diagnostic]) -> Iterator[Allowance]:
    for source in sources:
        if _MARK not in source.text:
            continue
        stretches = [stretch for _, stretch in schema_stretches(source, [])]
        for comment in _COMMENT.finditer(source.text):
            within = _stretch_at(stretches, comment.start())
            if within and (code := _said(source, comment, None, problems)) is not None:
                start = within.tokens[0].start if within.tokens else within.start
                yield Allowance(code.text, code, stretch=Span(source, start, within.end))


def _stretch_at(stretches: Iterable[Stretch], at: int) -> Stretch | None:
    """The statement to which a comment belongs; None if it is part of a text."""
    found = next((each for each in stretches if each.end > at), None)
    if found is None or any(token.start <= at < token.end for token in found.tokens):
        return None
    return found


def _said(
    source: SourceFile, comment: re.Match[str], query: str | None, problems: list[Diagnostic]
) -> Span | None:
    said = Span(source, comment.start() + comment.group().index(_MARK), comment.end())
    text = Span(source, comment.start("said"), comment.end("said"))
    return _code(said, text, query, problems)


def _code(said: Span, text: Span, query: str | None, problems: list[Diagnostic]) -> Span | None:
    """The place of the code that is allowed; None where that is none, or the reason is missing."""
    found = _SAID.match(text.text)
    if found is None or not (found["why"] or "").strip():
        problems.append(_wrong("@allow needs a code and a reason", said, query, _FORM))
        return None
    code = Span(text.source, text.start + found.start("code"), text.start + found.end("code"))
    if code.text not in CODES:
        near = did_you_mean(nearest(code.text, CODES))
        problems.append(_wrong(f"no report has the code {code.text}", code, query, near or _FORM))
        return None
    return code


_FORM = "write it as `-- @allow one-may-return-many: the newest is meant`"


def _wrong(message: str, place: Span, query: str | None, help: str) -> Diagnostic:
    return Diagnostic(
        "invalid-annotation", "error", message, (Label(place),), help=help, query=query
    )


def _idle(allowance: Allowance) -> Diagnostic:
    return Diagnostic(
        "unused-allow",
        "warning",
        f"there is no {allowance.code} here that could be allowed",
        (Label(allowance.place),),
        help="remove the comment; an error cannot be allowed",
        query=allowance.query,
    )
