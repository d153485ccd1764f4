"""The names that a piece of generated code uses, which a parameter around it must not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sqlwright.codegen.model import Code, Comprehension, Conditional, Group, Line
from sqlwright.patterns import pattern

_TEXT = pattern(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")
PART = r"[^\x00-/:-@\[-^`{-\x7f]"
"""A character of a name. Some are none of a word to `re`, as the marks of many scripts; what is not
ASCII is always one. A set that said so by its end would take long to compile."""
_WORD = pattern(rf"(?<!{PART})(?<!\.)(?![0-9]){PART}+(?!{PART}*=)")


def words(code: Code) -> Counter[str]:
    """How often code uses each name, attributes and names of arguments left out."""
    return Counter(word for text in _texts(code) for word in _words_of(text))


@lru_cache(maxsize=10_000)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_TEXT.sub("", text)))


def words_of_lines(lines: Iterable[Line]) -> Counter[str]:
    """How often statements do, what they assign included."""
    found: Counter[str] = Counter()
    for line in lines:
        for code in (line.code, line.annotation, line.start.removesuffix("= ")):
            found.update(word for text in _texts(code) for word in _words_of(text))
    return found


def _texts(code: Code) -> Iterator[str]:
    if isinstance(code, str):
        yield code
    elif isinstance(code, Group):
        yield code.head
        for item in code.items:
            yield from _texts(item)
    elif isinstance(code, Conditional):
        yield code.test
        yield from _texts(code.value)
    elif isinstance(code, Comprehension):
        yield from _texts(code.element)
        yield code.loop
