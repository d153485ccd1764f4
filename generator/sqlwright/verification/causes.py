"""Which refusals follow from others: one missing extension can be the cause of a hundred."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.dataclass import dataclass
from sqlwright.patterns import pattern
from sqlwright.source import Span

_MISSING = ("does not exist", "has no default operator class")
_QUOTED = pattern(r'"((?:[^"]|"")+)"')
_FUNCTION = pattern(r"(?:function|procedure|aggregate|operator does not exist:) ([\w.]+)")
_IDENTIFIER = pattern(r'"(?:[^"]|"")+"|[^\W\d][\w$]*')


@dataclass(frozen=True, slots=True)
class LoadProblem:
    """A statement of the schema that the server refused; `lacking` is what it does not have, and
    `cause` an earlier problem that this one follows from."""

    span: Span
    message: str
    lacking: str | None = None
    cause: LoadProblem | None = None


def cause_of(message: str, earlier: Sequence[LoadProblem]) -> LoadProblem | None:
    """The first of the earlier problems that explains a message of something that does not exist:
    one of a statement that names it, or else one for want of something that could have brought it.
    """
    if not any(words in message for words in _MISSING):
        return None
    missing = {name.lower() for name in _named(message)}
    for problem in earlier:
        span = problem.span
        text = span.source.text[span.start : span.end]
        if missing & {item[0].strip('"').lower() for item in _IDENTIFIER.finditer(text)}:
            return problem.cause or problem
    return next((problem for problem in earlier if problem.lacking), None)


def _named(message: str) -> list[str]:
    """The names in a message, without their schemas."""
    found = [*_QUOTED.findall(message), *_FUNCTION.findall(message)]
    return [name.rpartition(".")[2] for name in found]
