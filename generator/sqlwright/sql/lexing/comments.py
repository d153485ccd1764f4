"""Comments between tokens, and which of them document a query."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from textwrap import dedent

from sqlwright.dataclass import dataclass
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile
from sqlwright.sql.lexing.tokens import Token

_EDGE = pattern(r"/\*|\*/")
_BEGIN = pattern(r"--|/\*")
_BLANK_LINE = pattern(r"[ \t\f\v]*(?:\r\n|\r|\n)")
_start = attrgetter("start")
_LINE_END = pattern(r"[\r\n]|$(?![\r\n])")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment. `first_line_end` is where its first line ends, `at_line_start` says whether it
    begins in column 0 of a line, or right after the semicolon before its statement.
    """

    start: int
    end: int
    first_line_end: int
    at_line_start: bool


def comments_between(
    source: SourceFile, start: int, end: int, tokens: Sequence[Token]
) -> Iterator[Comment]:
    """The comments from `start` to `end` in order, where `tokens` are all the tokens there."""
    text, at = source.text, start
    while (found := _BEGIN.search(text, at, end)) is not None:
        begin = found.start()
        before = bisect_right(tokens, begin, key=_start) - 1
        if before >= 0 and tokens[before].end > begin:  # within a string, or the like
            at = tokens[before].end
            continue
        line_end = _end_of_line(text, begin)
        at = line_end if found[0] == "--" else _end_of_block(text, begin)
        at_line_start = begin == start or text[begin - 1] in "\r\n"
        yield Comment(begin, at, line_end, at_line_start)


def _end_of_line(text: str, start: int) -> int:
    found = _LINE_END.search(text, start)
    return found.start() if found else len(text)


def _end_of_block(text: str, start: int) -> int:
    depth, at = 1, start + 2
    while depth:
        edge = _EDGE.search(text, at)
        if edge is None:
            return len(text)
        depth += 1 if edge[0] == "/*" else -1
        at = edge.end()
    return at


def documents(source: SourceFile, comment: Comment) -> bool:
    """Whether a comment is taken out of the SQL: a whole line from column 0, and no planner hint.

    These are `--` lines and `/* ... */` on one line; all other comments stay where they are.
    """
    text = source.text
    if not comment.at_line_start or text.startswith("/*+", comment.start):
        return False
    if text.startswith("--", comment.start):
        return True
    return not text[comment.end : _end_of_line(text, comment.end)].strip() and (
        comment.end <= comment.first_line_end
    )


def documentation_line(source: SourceFile, comment: Comment) -> str:
    """What a documenting comment says, without its marks; the space after them is kept."""
    text = source.text[comment.start : comment.end].rstrip("\r")
    return text[2:] if text.startswith("--") else text[2:-2]


def heads(source: SourceFile, comment: Comment, tokens: Sequence[Token]) -> bool:
    """Whether a comment over several lines stands by itself before a statement. It documents the
    query and stays in the SQL, where sqlc leaves it."""
    return (
        comment.at_line_start
        and comment.end > comment.first_line_end
        and not source.text.startswith("/*+", comment.start)
        and not source.text[comment.end : _end_of_line(source.text, comment.end)].strip()
        and (not tokens or comment.end <= tokens[0].start)
    )


def documentation_block(source: SourceFile, comment: Comment) -> list[str]:
    """What a comment over several lines says, without its marks, indentation and the stars that
    all its lines may begin with."""
    first, *rest = source.text[comment.start + 2 : comment.end - 2].splitlines()
    if all(line.lstrip().startswith("*") for line in rest if line.strip()):
        rest = [line.lstrip().removeprefix("*") for line in rest]
    shown = dedent("\n".join(rest).rstrip()).split("\n")
    return [first.removeprefix("*"), *(f" {line}" for line in shown)]


def stands_apart(source: SourceFile, end: int, comment: Comment) -> bool:
    """Whether there is a blank line, and nothing else, between a comment that ends at `end` and the
    next one."""
    gap = source.text[end : comment.start]
    return gap.isspace() and max(gap.count("\n"), gap.count("\r")) > 1


def whole_line(source: SourceFile, comment: Comment) -> tuple[int, int]:
    """A comment with the rest of its line and the line's end."""
    text = source.text
    end = _end_of_line(text, comment.end)
    if text.startswith("\r\n", end):
        return comment.start, end + 2
    return comment.start, min(end + 1, len(text))


def trimmed(
    source: SourceFile, start: int, end: int, removed: Iterable[tuple[int, int]]
) -> tuple[int, int]:
    """A stretch without the blank and the removed lines at both its ends."""
    text = source.text
    spans = sorted(removed)
    for removed_start, removed_end in spans:
        if text[start:removed_start].strip():
            break
        start = max(start, removed_end)
    while (line := _BLANK_LINE.match(text, start, end)) is not None:
        start = line.end()
    for removed_start, removed_end in reversed(spans):
        if removed_end <= start or text[removed_end:end].strip():
            break
        end = min(end, removed_start)
    return start, start + len(text[start:end].rstrip())
