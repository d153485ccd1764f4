"""tsquery and tsvector as text (manual 8.11)."""

from __future__ import annotations

import re

from sqlwright.analysis.literals.errors import refuse
from sqlwright.patterns import pattern

_PHRASE = pattern(r"<(?:-|[0-9]+)>", re.ASCII)
_QUERY_WORD = pattern(
    r"'(?:[^'\\]|''|\\.)*'|(?:\\.|[^\s:!&|()<'\\])(?:\\.|[^\s:!&|()<\\])*", re.DOTALL
)
_WEIGHTS = pattern(r":[abcdABCD*]*", re.ASCII)
_VECTOR_WORD = pattern(r"'(?:[^'\\]|''|\\.)*'|(?:\\.|[^\s'\\])(?:\\.|[^\s:\\])*", re.DOTALL)
_POSITION = pattern(r"([0-9]+)[0-9dD]*(?:[abcABC*][0-9]*)?", re.ASCII)


def read_tsquery(text: str) -> None:
    """Words joined by `&`, `|`, `<->`, negated by `!`, grouped in parentheses; or nothing."""
    at, depth = 0, 0
    want_word, first = True, True
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        letter = text[at : at + 1]
        if want_word:
            if letter and letter in "!(":
                depth += letter == "("
                at += 1
                first = False
                continue
            at = _query_word(text, at, first)
            if at == len(text) and not letter:
                return
            want_word = False
            continue
        phrase = _PHRASE.match(text, at)
        if letter and letter in "&|":
            at += 1
            want_word = True
        elif phrase is not None:
            _check_distance(phrase[0][1:-1])
            at = phrase.end()
            want_word = True
        elif letter == ")" and depth:
            depth -= 1
            at += 1
        elif not letter and not depth:
            return
        else:
            refuse(f'syntax error in tsquery: "{text}"', "42601")
        first = False


def _check_distance(written: str) -> None:
    if written != "-" and int(written) > _MOST_DISTANCE:
        refuse(
            "distance in phrase operator must be an integer value between zero and "
            f"{_MOST_DISTANCE} inclusive",
            "22023",
        )


_MOST_DISTANCE = 16384
_LONGEST_WORD = 2046


def _length(word: str) -> int:
    """How many bytes of a word there are, quotes and escapes left aside."""
    inner = word[1:-1].replace("''", "'") if word.startswith("'") else word
    return len(re.sub(r"\\(.)", r"\1", inner, flags=re.DOTALL).encode())


def _query_word(text: str, at: int, first: bool) -> int:
    """The end of the word at `at`; a query may be empty, but no operand."""
    word = _QUERY_WORD.match(text, at)
    if word is None:
        if at == len(text):
            if first:
                return at
            refuse(f'no operand in tsquery: "{text}"', "42601")
        _check_escape(text)
        refuse(f'syntax error in tsquery: "{text}"', "42601")
    if not _length(word[0]):
        refuse(f'syntax error in tsquery: "{text}"', "42601")
    if _length(word[0]) > _LONGEST_WORD:
        refuse(f'word is too long in tsquery: "{text}"', "54000")
    weights = _WEIGHTS.match(text, word.end())
    return weights.end() if weights else word.end()


def read_tsvector(text: str) -> None:
    """Words with positions, `word:1,2A`, parted by blanks."""
    at = 0
    while True:
        while at < len(text) and text[at].isspace():
            at += 1
        if at == len(text):
            return
        word = _VECTOR_WORD.match(text, at)
        if word is None or text[word.end() :] == "\\":
            _check_escape(text)
        if word is None:
            refuse(f'syntax error in tsvector: "{text}"', "42601")
        length = _length(word[0])
        if not length:
            refuse(f'syntax error in tsvector: "{text}"', "42601")
        if length > _LONGEST_WORD:
            refuse(f"word is too long ({length} bytes, max {_LONGEST_WORD} bytes)", "54000")
        at = word.end()
        if text[at : at + 1] == ":":
            at = _positions(text, at)


def _check_escape(text: str) -> None:
    """Refuse a backslash with nothing behind it."""
    if (len(text) - len(text.rstrip("\\"))) % 2:
        refuse(f'there is no escaped character: "{text}"', "42601")


def _positions(text: str, at: int) -> int:
    while text[at : at + 1] in (":", ","):
        position = _POSITION.match(text, at + 1)
        if position is None:
            refuse(f'syntax error in tsvector: "{text}"', "42601")
        if not position[1].strip("0"):
            refuse(f'wrong position info in tsvector: "{text}"', "42601")
        at = position.end()
        if text[at : at + 1] == ":":
            refuse(f'syntax error in tsvector: "{text}"', "42601")
    if at < len(text) and not text[at].isspace():
        refuse(f'syntax error in tsvector: "{text}"', "42601")
    return at
