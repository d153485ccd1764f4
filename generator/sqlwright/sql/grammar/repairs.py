"""Advice on a syntax error: a small change of the tokens with which the statement can be read.

Only what was tried is advised, save for habits of other databases that are known by sight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, takewhile

from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.diagnostics.spelling import nearest
from sqlwright.source import SourceFile, Span
from sqlwright.sql.lexing.keywords import KEYWORDS
from sqlwright.sql.lexing.tokens import Token

Tokens = Sequence[Token]

_STRUCTURE = frozenset(("and", "as", "from", "join", "on", "or", "select", "set", "where"))
"""Keywords that stand where they are on purpose, rather than as names."""

_PARAMETER = "write a parameter as `@name`, or as `$1`"
_CLOSING = {
    "quoted string": ": a single quote is missing",
    "quoted identifier": ": a double quote is missing",
    "comment": ": `*/` is missing",
}
_FOREIGN_WORDS = {
    "auto_increment": "write `GENERATED ALWAYS AS IDENTITY`",
    "autoincrement": "write `GENERATED ALWAYS AS IDENTITY`",
    "unsigned": "there are no unsigned types; add CHECK (column >= 0)",
    "top": "write LIMIT at the end of the query",
}


def with_repair(
    source: SourceFile, tokens: Tokens, diagnostic: Diagnostic, parse: Callable[[Tokens], object]
) -> Diagnostic:
    """The diagnostic of a syntax error, with advice and a second place where there are any."""
    if diagnostic.code != "syntax-error" or diagnostic.help or not diagnostic.labels:
        return diagnostic
    if diagnostic.message.startswith("unterminated"):
        return replace(diagnostic, help=_unterminated(diagnostic.message))
    tokens = list(takewhile(lambda token: token.symbol != ";", tokens))
    start = diagnostic.labels[0].span.start
    at = next((index for index, token in enumerate(tokens) if token.start >= start), len(tokens))
    habit = _foreign_habit(tokens, at)
    if habit is not None:
        return replace(diagnostic, help=habit)
    unclosed = _unclosed(tokens[:at])
    if unclosed is not None and (at == len(tokens) or _parses(parse, _closed(tokens, at))):
        label = Label(Span(source, unclosed.start, unclosed.end), "never closed")
        return replace(
            diagnostic,
            labels=(*diagnostic.labels, label),
            help="a closing parenthesis is missing",
        )
    for changed, advice in _repairs(tokens, at):
        if _parses(parse, changed):
            return replace(diagnostic, help=advice)
    return diagnostic


def _unterminated(message: str) -> str:
    kind = next((each for each in _CLOSING if each in message), "")
    return f"it begins here and is never closed{_CLOSING.get(kind, '')}"


def _foreign_habit(tokens: Tokens, at: int) -> str | None:
    """What other databases and drivers write, by the tokens around the error."""
    near = [tokens[index] for index in (at - 1, at) if 0 <= index < len(tokens)]
    for token in near:
        if token.text.startswith("`"):
            return "names are quoted with double quotes, not with backticks"
        if token.kind == "operator" and token.text.endswith(("?", "%")):
            return _PARAMETER
        if token.kind == "word" and token.value in _FOREIGN_WORDS:
            return _FOREIGN_WORDS[token.value]
    if at < len(tokens) and tokens[at].symbol in (":", "%"):
        return _PARAMETER
    if len(near) == 2 and near[0].kind == "string" and near[0].end == near[1].start:
        return "a quote within text is written twice, as in 'it''s'"
    return None


def _unclosed(tokens: Tokens) -> Token | None:
    opened: list[Token] = []
    for token in tokens:
        if token.symbol == "(":
            opened.append(token)
        elif token.symbol == ")" and opened:
            opened.pop()
    return opened[-1] if opened else None


def _closed(tokens: Tokens, at: int) -> Tokens:
    where = tokens[at].start if at < len(tokens) else tokens[-1].end
    return [*tokens[:at], Token("symbol", ")", ")", where, where, symbol=")"), *tokens[at:]]


def _keyword(word: str, token: Token) -> Token:
    found = KEYWORDS[word]
    return Token(
        "word", token.text, word, token.start, token.end, word, found.category, found.bare_label
    )


def _repairs(tokens: Tokens, at: int) -> Iterator[tuple[Tokens, str]]:
    before, after = tokens[:at], tokens[at:]
    token = tokens[at] if at < len(tokens) else None
    shown = token.text if token is not None else "the end"
    if before and before[-1].symbol == ",":
        yield [*before[:-1], *after], f"remove the comma before {shown}"
    if any(each.symbol == "&&" for each in tokens):
        yield (
            [_keyword("and", each) if each.symbol == "&&" else each for each in tokens],
            ("did you mean AND?"),
        )
    if token is None:
        return
    if before and before[-1].keyword in ("order", "group", "partition"):
        word = before[-1].keyword.upper()
        yield [*before, _keyword("by", token), *after], f"did you mean {word} BY?"
    if token.symbol in (",", ")"):
        what = "comma" if token.symbol == "," else "closing parenthesis"
        yield [*before, *after[1:]], f"remove this {what}"
    if token.keyword and token.keyword not in _STRUCTURE:
        quoted = Token("quoted", token.text, token.value, token.start, token.end)
        yield (
            [*before, quoted, *after[1:]],
            f'{token.text} is a reserved word; in quotes it is a name: `"{token.value}"`',
        )
    comma = Token("symbol", ",", ",", token.start, token.start, symbol=",")
    yield from chain(_respelt(tokens, at), _respelt(tokens, at - 1))
    yield [*before, comma, *after], f"a comma may be missing before {shown}"


def _respelt(tokens: Tokens, at: int) -> Iterator[tuple[Tokens, str]]:
    """With the keyword in place of a word that is nearly one."""
    if at < 0 or tokens[at].kind != "word" or tokens[at].category == "R":
        return
    token = tokens[at]
    for word in nearest(token.value, KEYWORDS, 4):
        changed = [*tokens[:at], _keyword(word, token), *tokens[at + 1 :]]
        yield changed, f"did you mean {word.upper()}?"


def _parses(parse: Callable[[Tokens], object], tokens: Tokens) -> bool:
    try:
        parse(tokens)
    except (DiagnosticError, RecursionError):
        return False
    return True
