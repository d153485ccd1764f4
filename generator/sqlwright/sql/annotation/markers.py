"""Named parameters: `@name`, `sqlc.arg(name)` and the other macros become parameter tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, filterfalse, pairwise
from typing import Literal, NoReturn, get_args

from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Code, Diagnostic, DiagnosticError, Label
from sqlwright.diagnostics.spelling import did_you_mean, nearest
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile, Span
from sqlwright.sql.lexing.tokens import ParameterToken, Token
from sqlwright.sql.statements import Marker

_Macro = Literal["arg", "narg", "slice", "embed"]
MACROS: tuple[_Macro, ...] = get_args(_Macro)
_MAY_PRECEDE = frozenset(("=", "<>", "!=", "<=", ">=", "+", "-", "*", "/", "%", "||"))
_UNREAD = pattern(r"[-=<>+*/%|]@")
_BEGINNINGS = frozenset(("@", "sqlc"))
_MACROS: dict[str, _Macro] = {name: name for name in get_args(_Macro)}


@dataclass(frozen=True, slots=True)
class _Found:
    """A marker, the tokens it takes the place of, and for an embed the table that it names."""

    marker: Marker
    first: int
    after: int
    relation: tuple[str, ...] = ()


def read_markers(
    source: SourceFile, tokens: Sequence[Token], known: Mapping[str, int] | None = None
) -> tuple[list[Token], tuple[Marker, ...]]:
    """Put a parameter or embed token in the place of every marker of one statement.

    All markers of one name get one number. Explicit `$n` keep theirs; the names fill the numbers
    that are left, in the order in which they first appear. `@name` is a marker only where nothing
    stands between the sign and the name; `@ x` stays PostgreSQL's operator. Strings, comments,
    quoted names and longer operators are tokens of their own, so nothing within them is a marker.
    Names that are `known` have their numbers already.

    Raises `DiagnosticError` for a macro that does not exist or has an argument it cannot have.
    """
    found = list(_find(source, tokens))
    markers = _numbered([each.marker for each in found], known or {})
    replaced: list[Token] = []
    at = 0
    for each, marker in zip(found, markers, strict=True):
        replaced += tokens[at : each.first]
        replaced.append(_token(source, marker, each.relation))
        at = each.after
    replaced += tokens[at:]
    return replaced, tuple(markers)


def unread_markers(source: SourceFile, tokens: Sequence[Token]) -> Iterator[Diagnostic]:
    """A warning for each `@name` whose sign PostgreSQL reads as the end of an operator."""
    if not tokens or not _UNREAD.search(source.text, tokens[0].start, tokens[-1].end):
        return
    for at, (operator, name) in enumerate(pairwise(tokens)):
        if at and tokens[at - 1].keyword in ("like", "ilike"):
            continue  # a pattern that has no quotes, which is no operator at all
        if (
            operator.kind == "operator"
            and operator.text.endswith("@")
            and operator.text[:-1] in _MAY_PRECEDE
            and name.kind == "word"
            and name.start == operator.end
        ):
            yield Diagnostic(
                "unread-marker",
                "warning",
                f"{operator.text} is one operator, so that {name.text} is no parameter",
                (Label(Span(source, operator.start, name.end)),),
                help=f"write {operator.text[:-1]} @{name.text}",
            )


def _find(source: SourceFile, tokens: Sequence[Token]) -> Iterable[_Found]:
    after = 0
    begins = [
        at for at, token in enumerate(tokens) if token.value in _BEGINNINGS or token.kind == "param"
    ]
    for at in begins:
        if at < after:
            continue
        token = tokens[at]
        found = None
        if token.kind == "param":
            marker = Marker("positional", "", token.number, token.start, token.end)
            found = _Found(marker, at, at + 1)
        elif token.kind == "operator" and token.text == "@":
            found = _at_sign(tokens, at)
        elif token.value == "sqlc" and token.kind in ("word", "quoted"):
            found = _macro(source, tokens, at)
        if found is not None:
            yield found
            after = found.after


def _at_sign(tokens: Sequence[Token], at: int) -> _Found | None:
    if at + 1 == len(tokens):
        return None
    sign, name = tokens[at], tokens[at + 1]
    if name.kind != "word" or name.start != sign.end:
        return None
    return _Found(Marker("arg", name.value, 0, sign.start, name.end, name.text), at, at + 2)


def _macro(source: SourceFile, tokens: Sequence[Token], at: int) -> _Found | None:
    """`sqlc.name(argument)`; without parentheses it is a column of a table called sqlc."""
    if (
        at + 3 >= len(tokens)
        or tokens[at + 1].symbol != "."
        or tokens[at + 2].kind not in ("word", "quoted")
        or tokens[at + 3].symbol != "("
        or (at > 0 and tokens[at - 1].symbol == ".")
    ):
        return None
    name = tokens[at + 2]
    kind = _MACROS.get(name.value)
    if kind is None:
        _refuse(
            "unknown-macro",
            f'function "sqlc.{name.value}" does not exist',
            Span(source, tokens[at].start, name.end),
            help=did_you_mean(f"sqlc.{each}" for each in nearest(name.value, _MACROS))
            or "the macros are sqlc.arg, sqlc.narg, sqlc.slice and sqlc.embed",
            sqlstate="42883",
        )
    closing, arguments = _arguments(tokens, at + 3)
    if closing == 0:
        return None
    whole = Span(source, tokens[at].start, tokens[closing - 1].end)
    if len(arguments) != 1:
        _refuse(
            "invalid-macro",
            f"expected 1 parameter to sqlc.{kind}; got {len(arguments)}",
            whole,
            help=f"write sqlc.{kind}(name)",
        )
    path = _reference(source, kind, arguments[0])
    if kind == "embed":
        marker = Marker("embed", path[-1], 0, whole.start, whole.end)
        return _Found(marker, at, closing, relation=path)
    written = "".join(
        token.text if token.kind == "word" else token.value for token in arguments[0][::2]
    )
    marker = Marker(kind, "".join(path), 0, whole.start, whole.end, written)
    return _Found(marker, at, closing)


def _arguments(tokens: Sequence[Token], opening: int) -> tuple[int, list[Sequence[Token]]]:
    """The index after the closing parenthesis (0 without one), and each argument's tokens."""
    depth = 0
    begin = opening + 1
    arguments: list[Sequence[Token]] = []
    for index in range(opening, len(tokens)):
        symbol = tokens[index].symbol
        if symbol in ("(", "["):
            depth += 1
        elif symbol in (")", "]"):
            depth -= 1
        if depth == 0 or (symbol == "," and depth == 1):
            if index > begin or symbol == "," or arguments:
                arguments.append(tokens[begin:index])
            begin = index + 1
        if depth == 0:
            return index + 1, arguments
    return 0, []


def _reference(source: SourceFile, kind: _Macro, argument: Sequence[Token]) -> tuple[str, ...]:
    """The parts of the name given as a string, as an identifier or as a dotted reference."""
    if len(argument) == 1 and argument[0].kind == "string" and argument[0].value:
        return (argument[0].value,)
    names, dots = argument[::2], argument[1::2]
    if (
        len(argument) % 2 == 0
        or any(name.kind not in ("word", "quoted") for name in names)
        or any(dot.symbol != "." for dot in dots)
    ):
        span = Span(source, argument[0].start, argument[-1].end)
        _refuse(
            "invalid-macro",
            f'expected parameter to sqlc.{kind} to be string or reference; got "{span.text}"',
            span,
            help=f"give sqlc.{kind} a name, such as sqlc.{kind}(name)",
        )
    return tuple(name.value for name in names)


def _refuse(
    code: Code, message: str, span: Span, *, help: str, sqlstate: str | None = None
) -> NoReturn:
    raise DiagnosticError(
        Diagnostic(code, "error", message, (Label(span),), help=help, sqlstate=sqlstate)
    )


def _numbered(found: Sequence[Marker], known: Mapping[str, int]) -> list[Marker]:
    taken = {marker.number for marker in found if marker.kind == "positional"}
    taken.update(known.values())
    free = filterfalse(taken.__contains__, count(1))
    numbers = dict(known)
    numbered: list[Marker] = []
    for marker in found:
        if marker.kind not in ("positional", "embed"):
            if marker.name not in numbers:
                numbers[marker.name] = next(free)
            marker = replace(marker, number=numbers[marker.name])
        numbered.append(marker)
    return numbered


def _token(source: SourceFile, marker: Marker, relation: tuple[str, ...]) -> Token:
    text = source.text[marker.start : marker.end]
    if marker.kind == "embed":
        return ParameterToken("embed", text, marker.start, marker.end, relation=relation)
    return ParameterToken(
        "param",
        text,
        marker.start,
        marker.end,
        marker.number,
        named=marker.kind != "positional",
        slice=marker.kind == "slice",
    )
