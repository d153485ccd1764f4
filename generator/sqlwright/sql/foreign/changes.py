"""What a statement and its translation differ by: the smallest parts that can be changed apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import DiagnosticError
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile
from sqlwright.sql.annotation.markers import read_markers
from sqlwright.sql.lexing.keywords import quote_identifier
from sqlwright.sql.lexing.lexer import tokenize
from sqlwright.sql.lexing.tokens import Token

Tokens = Sequence[Token]

_DEEPEST = 9
"""So deep do statements nest that people write by hand; others take long to read by trying."""
_NOW = "now"
"""The one literal for which there are words."""
_VALUES = frozenset(("integer", "float", "string", "param"))


@dataclass(frozen=True, slots=True)
class Change:
    """A part of a text, and what stands there instead."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """A statement in which names stand for parameters, so that others can read it; `tokens` are
    those of the statement as it is written."""

    text: str
    tokens: Tokens
    names: Mapping[str, str]


def hidden(text: str) -> Hidden | None:
    """None where the parameters of a statement cannot be told, or where it nests so deep that
    others would take long to read it."""
    source = SourceFile("", text)
    try:
        tokens, markers = read_markers(source, tokenize(source))
    except DiagnosticError:
        return None
    if max(accumulate(_step(each) for each in tokens), default=0) > _DEEPEST:
        return None
    written = dict.fromkeys(text[each.start : each.end] for each in markers)
    names = {each: f"sqlwright_{at}_" for at, each in enumerate(written)}
    parts: list[str] = []
    at = 0
    for each in sorted(markers, key=lambda each: each.start):
        parts += (text[at : each.start], names[text[each.start : each.end]])
        at = each.end
    return Hidden(
        "".join((*parts, text[at:])), tokens, {name: each for each, name in names.items()}
    )


def _step(token: Token) -> int:
    """How much deeper the text after a token is nested."""
    return (token.symbol in ("(", "[")) - (token.symbol in (")", "]"))


def changes(
    statement: Hidden, translated: str, dispensable: Collection[str]
) -> list[tuple[Change, ...]]:
    """What makes the translation of a statement, in groups that mean something only together. What
    would lose a value or a name is left out, but for `dispensable` words."""
    new = tokenize(SourceFile("", translated))
    old = statement.tokens
    names = {written: name for name, written in statement.names.items()}
    matcher = SequenceMatcher(
        None, [_key(each, names) for each in old], [_key(each, names) for each in new], False
    )
    found = [_Part(*each[1:]) for each in matcher.get_opcodes() if each[0] != "equal"]
    parts = [_trimmed(each, old, new, names) for each in _balanced(found, old, new)]
    spoken = {each.value for each in new if each.kind not in _VALUES} | {*dispensable}
    spoken |= {each.value for at, each in enumerate(old[:-1]) if old[at + 1].symbol == "("}
    said = [
        (_values(old[each.start : each.end], names), _values(new[each.first : each.last], names))
        for each in parts
    ]
    groups = _linked(said, spoken, [*_moves(parts, old), *_calls(parts, old)])
    made = [_change(each, statement, new, translated) for each in parts]
    return [tuple(made[at] for at in group) for group in groups]


@dataclass(frozen=True, slots=True)
class _Part:
    """Tokens of the statement, and those that stand for them in the translation."""

    start: int
    end: int
    first: int
    last: int


def _key(token: Token, names: Mapping[str, str]) -> tuple[str, str]:
    if token.kind == "param":
        return "word", names.get(token.text, token.text)
    if token.kind in ("word", "string", "quoted"):
        return token.kind, token.value
    return "", token.text


def _balanced(parts: Sequence[_Part], old: Tokens, new: Tokens) -> Iterator[_Part]:
    """The parts, joined with what follows until each has all of its parentheses."""
    pending: _Part | None = None
    for part in parts:
        if pending is not None:
            part = _Part(pending.start, part.end, pending.first, part.last)
        whole = _depth(old[part.start : part.end]) == _depth(new[part.first : part.last]) == 0
        if whole:
            yield part
        pending = None if whole else part
    if pending is not None:
        yield pending


def _trimmed(part: _Part, old: Tokens, new: Tokens, names: Mapping[str, str]) -> _Part:
    """Without the tokens at its end that are the same."""
    end, last = part.end, part.last
    while end > part.start and last > part.first:
        if _key(old[end - 1], names) != _key(new[last - 1], names):
            break
        end, last = end - 1, last - 1
    return _Part(part.start, end, part.first, last)


def _depth(tokens: Tokens) -> int | None:
    """How many parentheses are left open; None if one is closed that was not opened."""
    depth = 0
    for token in tokens:
        depth += _step(token)
        if depth < 0:
            return None
    return depth


def _values(tokens: Tokens, names: Mapping[str, str]) -> dict[str, bool]:
    """What the tokens speak of, in lower case, and whether it is a value: a literal or a
    parameter."""
    hiding = set(names.values())
    return {
        names.get(each.text, each.value).lower(): each.kind in _VALUES or each.value in hiding
        for each in tokens
        if each.kind in _VALUES or each.kind == "quoted" or _is_name(each)
    }


def _is_name(token: Token) -> bool:
    """Whether a word names something, as key words do that are not reserved."""
    return token.kind == "word" and token.category in ("", "U")


def _moves(parts: Sequence[_Part], old: Tokens) -> Iterator[tuple[int, int]]:
    """Pairs of what disappears and what is put in beside it, which may be the same in other
    words."""
    for at, gone in enumerate(parts):
        for there, put in enumerate(parts):
            between = old[min(gone.start, put.start) : max(gone.end, put.end)]
            beside = not any(each.symbol in (",", "(", ")") for each in between)
            grows = put.last - put.first > put.end - put.start
            if gone.first == gone.last and grows and beside:
                yield at, there


def _calls(parts: Sequence[_Part], old: Tokens) -> Iterator[tuple[int, int]]:
    """Pairs of a function that has another name and what changes among its arguments."""
    for at, part in enumerate(parts):
        if part.end == part.start or part.end >= len(old) or old[part.end].symbol != "(":
            continue
        closing = next(
            (n for n in range(part.end, len(old)) if _depth(old[part.end : n + 1]) == 0), len(old)
        )
        yield from (
            (at, there) for there, each in enumerate(parts) if part.end < each.start <= closing
        )


def _linked(
    said: Sequence[tuple[dict[str, bool], dict[str, bool]]],
    spoken: Collection[str],
    pairs: Iterable[tuple[int, int]],
) -> list[list[int]]:
    """The numbers of the parts in groups that belong together: by these pairs, and where something
    moves from one to another; without those from which something gets lost, which is not spoken of
    elsewhere."""
    groups: list[set[int]] = []
    links = list(pairs)
    lossy: set[int] = set()
    for at, (before, after) in enumerate(said):
        links.append((at, at))
        for word, is_value in before.items():
            if word == _NOW or _speaks_of(after, word):
                continue
            there = [n for n, (_, gained) in enumerate(said) if n != at and word in gained]
            there = there or [n for n, e in enumerate(said) if _is_format(word) and _gains(*e)]
            links += [(at, each) for each in there[:1]]
            if not there and (is_value or word not in spoken):
                lossy.add(at)
    for pair in links:
        joined = [each for each in groups if each & {*pair}]
        groups = [each for each in groups if each not in joined]
        groups.append({*pair}.union(*joined))
    return [sorted(each) for each in groups if not each & lossy]


def _speaks_of(after: Mapping[str, bool], word: str) -> bool:
    """Whether a word has stayed: by itself, or within a literal, as the 7 of '7 days'."""
    return any(word == each or (is_value and word in each) for each, is_value in after.items())


def _is_format(word: str) -> bool:
    """Whether a text is a format of dates, which others write in other letters."""
    return "%" in word


def _gains(before: dict[str, bool], after: dict[str, bool]) -> bool:
    """Whether something has a value that it did not have."""
    return any(is_value and word not in before for word, is_value in after.items())


def _change(part: _Part, statement: Hidden, new: Tokens, translated: str) -> Change:
    text = _text(new[part.first : part.last], translated, statement.names)
    old = statement.tokens
    if part.end > part.start:
        end = old[part.end - 1].end
        if text and translated[new[part.last - 1].end :][:1] == " " and end < len(statement.text):
            text += " " * (part.end < len(old) and old[part.end].start == end)
        start = old[part.start].start
        tight = part.start > 0 and old[part.start - 1].end == start
        if text and tight and translated[: new[part.first].start][-1:] == " ":
            text = f" {text}"
        follows = part.end < len(old) and old[part.end].start == end
        if not text and tight and follows and translated[: new[part.first].start][-1:] == " ":
            text = " "
        if text[:1] == "," and part.start > 0 and not tight:
            start = old[part.start - 1].end
        return Change(start, end, text)
    end = old[part.start - 1].end if part.start else old[0].start
    follows = part.start < len(old) and old[part.start].start == end
    lead = " " * (part.start > 0 and translated[: new[part.first].start][-1:] == " ")
    trail = " " * (follows and translated[new[part.last - 1].end :][:1] == " ")
    return Change(end, end, lead + text + trail)


def _text(tokens: Tokens, translated: str, names: Mapping[str, str]) -> str:
    """A part of the translation with the parameters as they are written, and without quotes around
    names that need none."""
    parts: list[str] = []
    before = None
    for token in tokens:
        if before is not None:
            parts.append(translated[before.end : token.start])
        name = quote_identifier(token.value) if token.kind == "quoted" else token.text
        parts.append(names.get(token.text, name))
        before = token
    return "".join(parts)


def applied(text: str, taken: Sequence[Change]) -> str:
    """A text with changes made that do not overlap."""
    parts: list[str] = []
    at = 0
    for each in sorted(taken, key=lambda each: (each.start, each.end)):
        parts += (text[at : each.start], each.text)
        at = each.end
    return "".join((*parts, text[at:]))


def place_before(offset: int, taken: Sequence[Change]) -> int:
    """Where a place of the changed text was in the text before."""
    moved = 0
    for each in sorted(taken, key=lambda each: (each.start, each.end)):
        start = each.start + moved
        if offset < start:
            break
        if offset <= start + len(each.text):
            return each.start
        moved += len(each.text) - (each.end - each.start)
    return offset - moved


_PIECES = pattern(r"\w+|\s+|.", re.DOTALL)


def differences(before: str, after: str) -> list[Change]:
    """What has to change for a text to become another one, word by word."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    starts = list(accumulate((len(each) for each in old), initial=0))
    return [
        Change(starts[first], starts[last], "".join(new[there:end]))
        for kind, first, last, there, end in SequenceMatcher(None, old, new, False).get_opcodes()
        if kind != "equal"
    ]
