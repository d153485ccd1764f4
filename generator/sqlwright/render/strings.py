"""Docstrings, and SQL as string literals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import dedent

from sqlwright.codegen.literals import escaped


def docstring(lines: Sequence[str], indent: str) -> Iterator[str]:
    """A docstring; one of several lines has its closing quotes on a line of their own."""
    if not lines:
        return
    first, *rest = [_in_triple_quotes(line) for line in lines]
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
    """Whether the closing quotes would otherwise run into the text: it ends in a quote without an
    odd number of backslashes before it."""
    before_quote = text.removesuffix('"')
    backslashes = len(before_quote) - len(before_quote.rstrip("\\"))
    return before_quote != text and backslashes % 2 == 0


def _in_triple_quotes(text: str) -> str:
    return escaped(text).replace('"""', '\\"\\"\\"')


def sql_literal(sql: str) -> str:
    """SQL as a string literal over several lines."""
    return f'"""\\\n{_in_triple_quotes(sql)}"""'
