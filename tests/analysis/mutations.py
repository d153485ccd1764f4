"""Statements with a few words changed: most are refused, and for a reason nobody planned."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(
    r"'(?:[^']|'')*'|\"[^\"]*\"|\$\d+|[A-Za-z_]\w*|\d+(?:\.\d+)?|::|<>|<=|>=|=>|->>|->|\|\||\S"
)
_NAME = re.compile(r"[a-z_]\w*")
_CONSTANT = re.compile(r"['\d$].*", re.DOTALL)
_OPERATORS = ("=", "<>", "<", ">", "+", "-", "*", "/", "||", "->", "->>", "~", "IN", "AND", "OR")
_JOINS = ("LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may stand in for a word of a kind."""

    names: tuple[str, ...]
    constants: tuple[str, ...]
    groups: tuple[str, ...]
    keywords: tuple[str, ...]


def words_of(statement: str) -> list[str]:
    """A statement's words, strings and operators."""
    return _WORD.findall(statement)


def vocabulary_of(statements: Iterable[str]) -> Vocabulary:
    """The names, constants, keywords and parenthesised groups of some statements."""
    all_words = [words_of(statement) for statement in statements]
    words = [word for each in all_words for word in each]
    return Vocabulary(
        names=tuple(word for word in words if _NAME.fullmatch(word)),
        constants=tuple(word for word in words if _CONSTANT.fullmatch(word)),
        groups=tuple(group for each in all_words for group in _groups(each)),
        keywords=tuple(sorted({word for word in words if word.isalpha() and word.isupper()})),
    )


def _groups(words: Sequence[str]) -> list[str]:
    opened: list[int] = []
    found = []
    for at, word in enumerate(words):
        if word == "(":
            opened.append(at)
        elif word == ")" and opened:
            found.append(" ".join(words[opened.pop() : at + 1]))
    return [group for group in found if len(group) < 100]


def mutated(statement: str, vocabulary: Vocabulary, chance: random.Random) -> str:
    """A statement with one to three words changed."""
    words = words_of(statement)
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
        at = chance.randrange(len(words))
        words[at : at + 1] = _instead(words[at], vocabulary, chance)
        if not words:
            return statement
    return " ".join(words)


def _instead(word: str, vocabulary: Vocabulary, chance: random.Random) -> list[str]:
    if _NAME.fullmatch(word) or _CONSTANT.fullmatch(word):
        kinds = (vocabulary.names, vocabulary.names, vocabulary.constants, vocabulary.groups)
        return [chance.choice(chance.choice(kinds))]
    if word in _OPERATORS:
        return [chance.choice(_OPERATORS)]
    if word == "JOIN":
        return [chance.choice(_JOINS)]
    if word == "SELECT":
        return [word, chance.choice(("DISTINCT", "ALL", "1 ,", ""))]
    if word in vocabulary.keywords:
        return chance.choice(([], [word], [chance.choice(vocabulary.keywords)]))
    return [word]
