"""Advice on a syntax error: a small change of the tokens with which the statement can be read.

Only what was tried is advised, save for habits of other databases that are known by sight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from sqlwright.dataclass import replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Edit, Label
from sqlwright.diagnostics.spelling import nearest
from sqlwright.source import SourceFile, Span
from sqlwright.sql.grammar.habits import foreign_habit
from sqlwright.sql.grammar.made_tokens import any_name, edits, keyword, quoted, symbol, text
from sqlwright.sql.lexing.keywords import KEYWORDS
from sqlwright.sql.lexing.tokens import Token

Tokens = Sequence[Token]
Repairs = Iterator[tuple[Tokens, str]]
"""Changed tokens, each with the advice that led to them."""

_STRUCTURE = frozenset(("and", "as", "from", "join", "on", "or", "select", "set", "where", "with"))
"""Keywords that stand where they are on purpose, rather than as names."""
_STATEMENTS = frozenset(("alter", "comment", "create", "delete", "drop", "insert", "update"))
_LISTS = frozenset(("select", "from", "by", "set", "values", "returning", "using", "into"))
_AFTER_WINDOWS = frozenset(("as", "from", "where", "group", "having", "limit", "union"))
_CONDITIONS = frozenset(("where", "on", "having", "when", "and", "or", "not"))


def with_repair(
    source: SourceFile, tokens: Tokens, diagnostic: Diagnostic, parse: Callable[[Tokens], object]
) -> Diagnostic:
    """The diagnostic of a syntax error, with advice and a second place where there are any."""
    if diagnostic.code != "syntax-error" or diagnostic.help or not diagnostic.labels:
        return diagnostic
    tokens = list(takewhile(lambda token: token.symbol != ";", tokens))
    start = diagnostic.labels[0].span.start
    at = next((index for index, token in enumerate(tokens) if token.start >= start), len(tokens))
    habit = foreign_habit(tokens, at)
    if habit is not None:
        return replace(diagnostic, help=habit)
    unclosed = _unclosed(tokens[:at])
    if unclosed is not None and (
        at == len(tokens)
        or _parses(parse, _closed(tokens, at))
        or _ends_before(_closed(tokens, at), at + 1, parse)
    ):
        label = Label(Span(source, unclosed.start, unclosed.end), "never closed")
        closed = _closed(tokens, at)
        return replace(
            diagnostic,
            labels=(*diagnostic.labels, label),
            help="a closing parenthesis is missing",
            fix=edits(source, tokens, closed) if _parses(parse, closed) else (),
        )
    if _ends_before(tokens, at, parse):
        end = Span(source, tokens[at - 1].end, tokens[at - 1].end)
        return replace(
            diagnostic,
            help=f"a semicolon is missing before {tokens[at].text}",
            fix=(Edit(end, ";"),),
        )
    for changed, advice in _repairs(source, tokens, at):
        if _parses(parse, changed):
            return replace(diagnostic, help=advice, fix=edits(source, tokens, changed))
    return replace(diagnostic, help=_reserved_among_others(tokens, at, parse))


def _ends_before(tokens: Tokens, at: int, parse: Callable[[Tokens], object]) -> bool:
    """Whether a statement is whole, and what follows it begins another one."""
    if not 0 < at < len(tokens) or tokens[at].keyword not in _STATEMENTS:
        return False
    return _parses(parse, tokens[:at]) and len(tokens) > at + 1


def _unclosed(tokens: Tokens) -> Token | None:
    opened: list[Token] = []
    for token in tokens:
        if token.symbol == "(":
            opened.append(token)
        elif token.symbol == ")" and opened:
            opened.pop()
    return opened[-1] if opened else None


# Tokens to put in


def _closed(tokens: Tokens, at: int) -> Tokens:
    where = tokens[at].start if at < len(tokens) else tokens[-1].end
    return [*tokens[:at], symbol(")", where), *tokens[at:]]


# What to try


def _repairs(source: SourceFile, tokens: Tokens, at: int) -> Repairs:
    before, after = tokens[:at], tokens[at:]
    if any(each.symbol == "&&" for each in tokens):
        yield (
            [keyword("and", each) if each.symbol == "&&" else each for each in tokens],
            "did you mean AND?",
        )
    yield from _window_without_parentheses(source, tokens, at)
    yield from _exists_without_parentheses(tokens, at)
    yield from _something_missing(before, after)
    if not after:
        return
    yield from _word_missing(before, after)
    yield from _something_too_much(before, after)
    yield from _quoted(before, after)
    yield from _text_in_double_quotes(before, after)
    yield from _respelt(tokens, at)
    yield from _respelt(tokens, at - 1)
    yield from _separator_missing(tokens, at)


def _exists_without_parentheses(tokens: Tokens, at: int) -> Repairs:
    """A query right behind EXISTS, up to the end; the word before it may be read as a name."""
    for place in (at, at - 1):
        before, after = tokens[:place], tokens[place:]
        if before and after and (before[-1].keyword, after[0].keyword) == ("exists", "select"):
            opened, closed = symbol("(", after[0].start), symbol(")", after[-1].end)
            yield [*before, opened, *after, closed], "EXISTS takes a query in parentheses"


def _something_missing(before: Tokens, after: Tokens) -> Repairs:
    """Between a comma, an operator or a keyword and what follows."""
    if not before:
        return
    last, shown = before[-1], after[0].text if after else "the end"
    where = last.end
    filled = [*before, any_name(where), *after]
    follows_operator = bool(after) and after[0].kind in ("operator", "symbol")
    if last.symbol == "," and not (follows_operator and after[0].symbol not in (",", ")")):
        yield [*before[:-1], *after], f"remove the comma before {shown}"
    if last.symbol == "," or (last.keyword in (_LISTS | _CONDITIONS) and follows_operator):
        yield filled, f"something is missing between {last.text} and {shown}"
    if last.symbol == ",":
        yield [*before[:-1], *after], f"remove the comma before {shown}"
    if last.symbol == "(" and after and after[0].symbol == ")":
        yield filled, "something is missing between ( and )"
    if last.keyword == "as":
        yield filled, "a name is missing after AS"
    elif not after and (last.keyword or last.symbol not in ("", ")")):
        yield filled, f"something is missing after {last.text}"
    if len(before) > 1 and before[-2].keyword == "as" and last.keyword:
        yield [*before[:-1], any_name(last.start), last, *after], "a name is missing after AS"


def _word_missing(before: Tokens, after: Tokens) -> Repairs:
    """A keyword, or a parenthesis, that has to stand before the token at the error."""
    token = after[0]
    if before and before[-1].keyword in ("order", "group", "partition"):
        word = before[-1].keyword.upper()
        yield [*before, keyword("by", token), *after], f"did you mean {word} BY?"
    if token.keyword == "when":
        yield [*before, keyword("case", token), *after], "CASE is missing before WHEN"
    condition = [keyword("on", token), keyword("true", token)]
    if any(each.keyword == "join" for each in before):
        yield [*before, *condition, *after], f"the JOIN before {token.text} has no ON"
    if before and before[-1].keyword == "values":
        yield (
            [*before, symbol("(", token.start), *after],
            f"an opening parenthesis is missing before {token.text}",
        )
    for at in (len(before), len(before) - 1):
        first = [*before, *after][at]
        if first.keyword in ("join", "left", "right", "full", "inner", "cross", "where"):
            source = [keyword("from", first), any_name(first.start)]
            tokens = [*before, *after]
            yield [*tokens[:at], *source, *tokens[at:]], f"FROM is missing before {first.text}"
    if before and before[-1].symbol == "(":
        values = keyword("values", before[-1])
        yield [*before[:-1], values, before[-1], *after], "VALUES is missing before ("


def _window_without_parentheses(source: SourceFile, tokens: Tokens, at: int) -> Repairs:
    """OVER and what it may hold; as much of it as can be."""
    over = next((n for n in reversed(range(max(at - 4, 0), at)) if _opens_window(tokens, n)), None)
    if over is None:
        return
    opened = [*tokens[: over + 1], symbol("(", tokens[over].end)]
    last = next((n for n in range(over + 1, len(tokens)) if _ends_window(tokens, over, n)), None)
    for end in reversed(range(over + 2, (last or len(tokens)) + 1)):
        inside = tokens[over + 1 : end]
        closed = [*opened, *inside, symbol(")", inside[-1].end), *tokens[end:]]
        written = source.text[inside[0].start : inside[-1].end]
        yield closed, f"a window stands in parentheses: `OVER ({written})`"


def _opens_window(tokens: Tokens, at: int) -> bool:
    return (
        tokens[at].keyword == "over"
        and at + 2 < len(tokens)
        and tokens[at + 1].keyword in ("partition", "order")
    )


def _ends_window(tokens: Tokens, over: int, at: int) -> bool:
    """Whether a token is the first that certainly stands behind a window."""
    depth = sum((each.symbol == "(") - (each.symbol == ")") for each in tokens[over:at])
    return depth == 0 and (tokens[at].keyword in _AFTER_WINDOWS or tokens[at].symbol == ")")


def _something_too_much(before: Tokens, after: Tokens) -> Repairs:
    token = after[0]
    words = [*before[-2:], token]
    for at in range(1, len(words)):
        first, second = words[at - 1], words[at]
        if first.kind == second.kind == "word" and first.value == second.value:
            yield (
                [each for each in (*before, *after) if each is not second],
                f"{second.text} is there twice: remove one",
            )
    if token.symbol in (",", ")"):
        what = "comma" if token.symbol == "," else "closing parenthesis"
        yield [*before, *after[1:]], f"remove this {what}"
    if token.keyword == "table" or (token.text == "*" and before and before[-1].keyword):
        yield [*before, *after[1:]], f"remove {token.text}"


def _quoted(before: Tokens, after: Tokens) -> Repairs:
    """With a keyword as a name."""
    if after and after[0].keyword and after[0].keyword not in _STRUCTURE:
        token = after[0]
        yield (
            [*before, quoted(token), *after[1:]],
            f'{token.text} is a reserved word; in quotes it is a name: `"{token.value}"`',
        )


def _text_in_double_quotes(before: Tokens, after: Tokens) -> Repairs:
    token = after[0]
    if token.kind == "quoted":
        yield (
            [*before, text(token), *after[1:]],
            f"text is written in single quotes: `'{token.value}'`",
        )


def _respelt(tokens: Tokens, at: int) -> Repairs:
    """With the keyword in place of a word that is nearly one."""
    if at < 0 or tokens[at].kind != "word" or tokens[at].category == "R":
        return
    token = tokens[at]
    for word in nearest(token.value, KEYWORDS, 4):
        changed = [*tokens[:at], keyword(word, token), *tokens[at + 1 :]]
        yield changed, f"did you mean {word.upper()}?"


def _separator_missing(tokens: Tokens, at: int) -> Repairs:
    """FROM after a select list, a comma in a list, an operator in a condition; before the name that
    a `(` or a `.` belongs to, if the error is there.
    """
    if _innermost(tokens[:at]) == "select":
        source = [*tokens[:at], keyword("from", tokens[at]), *tokens[at:]]
        yield source, f"FROM is missing before {tokens[at].text}"
    places = [at - 1, at] if tokens[at].symbol in ("(", ".") and at > 1 else [at]
    for place in places:
        token = tokens[place]
        comma = [*tokens[:place], symbol(",", token.start), *tokens[place:]]
        equals = [*tokens[:place], symbol("=", token.start), *tokens[place:]]
        with_comma = (comma, f"a comma may be missing before {token.text}")
        with_operator = (equals, f"an operator may be missing before {token.text}")
        in_condition = _innermost(tokens[:place]) in _CONDITIONS
        yield from (with_operator, with_comma) if in_condition else (with_comma, with_operator)


def _innermost(tokens: Tokens) -> str:
    """The keyword that says whether a list or a condition is being read; empty within the
    parentheses of a call.
    """
    depth = 0
    for at in reversed(range(len(tokens))):
        token = tokens[at]
        depth += (token.symbol == ")") - (token.symbol == "(")
        if depth < 0 and at and not _groups(tokens[at - 1]):
            return ""
        depth = max(depth, 0)
        if depth == 0 and token.keyword in (_LISTS | _CONDITIONS):
            return token.keyword
    return ""


def _groups(token: Token) -> bool:
    """Whether a parenthesis after a token groups a condition rather than begins a list."""
    return token.keyword in _CONDITIONS or token.symbol == "("


def _reserved_among_others(
    tokens: Tokens, at: int, parse: Callable[[Tokens], object]
) -> str | None:
    """Advice on a reserved word where there are more mistakes after it: quoting it has to lead on
    past the next word.
    """
    for changed, advice in _quoted(tokens[:at], tokens[at:]):
        try:
            parse(changed)
        except RecursionError:
            return None
        except DiagnosticError as error:
            labels = error.diagnostic.labels
            if labels and at + 1 < len(tokens) and labels[0].span.start > tokens[at + 1].start:
                return advice
    return None


def _parses(parse: Callable[[Tokens], object], tokens: Tokens) -> bool:
    try:
        parse(tokens)
    except (DiagnosticError, RecursionError):
        return False
    return True
