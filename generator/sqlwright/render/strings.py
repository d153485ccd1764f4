"""Docstrings and string literals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import dedent


def docstring(lines: Sequence[str], indent: str) -> Iterator[str]:
    """A docstring; one of several lines has its closing quotes on a line of their own."""
    if not lines:
        return
    first, *rest = [_escaped(line) for line in lines]
    first = first.lstrip()
    opening = f'{indent}"""'
    if first.startswith('"'):
        first = f" {first}"
    if not rest:
        yield f'{opening}{first}{" " if _needs_space(first) else ""}"""'
        return
    yield f"{opening}{first}"
    yield from (f"{indent}{text}" if text else "" for text in dedent("\n".join(rest)).split("\n"))
    yield f'{indent}"""'


def _needs_space(text: str) -> bool:
    """Whether the closing quotes would otherwise run into the text."""
    before_quote = text.removesuffix('"')
    return before_quote != text and not before_quote.endswith("\\")


def _escaped(text: str) -> str:
    """Text within a triple-quoted string."""
    safe = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return "".join(_printable(character) for character in safe)


def _printable(character: str) -> str:
    if character in "\n\t" or (character >= " " and character != "\x7f"):
        return character
    return f"\\x{ord(character):02x}"


def sql_literal(sql: str) -> str:
    """SQL as a string literal over several lines."""
    return f'"""\\\n{_escaped(sql)}"""'


def text_literal(text: str) -> str:
    """Text as a string literal on one line, in the quotes that need fewer escapes."""
    body = "".join(_printable(character) for character in text.replace("\\", "\\\\"))
    body = body.replace("\n", "\\n").replace("\t", "\\t")
    if '"' in body and "'" not in body:
        return f"'{body}'"
    return '"' + body.replace('"', '\\"') + '"'
