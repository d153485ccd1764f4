"""Rows in DO blocks that follow from constants alone: what a loop over a query goes through.

Followed are queries of nothing but a list: VALUES, `unnest` of an array and `generate_series`, by
themselves or in FROM (manual 41.6.6, 9.26, 7.7).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from sqlwright.catalog.ddl.block_values import Value, evaluate
from sqlwright.dataclass import dataclass
from sqlwright.sql.lexing.tokens import Token

Tokens = Sequence[Token]
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows with the names of their columns."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def rows_of(tokens: Tokens, variables: Mapping[str, Value], major: int) -> Rows | None:
    """The rows of a query, None if constants and these variables do not tell."""
    inner = _in_parentheses(tokens)
    if inner is not None:
        return rows_of(inner, variables, major)
    if _word(tokens, 0) == "values":
        return _values(tokens[1:], variables, major)
    if _word(tokens, 0) != "select":
        return None
    at = next(_places(tokens, "from"), None)
    if at is None:
        call, _, name = _aliased(tokens[1:])
        found = _call(call, variables, major)
        return _renamed(found, (name,) if name else ())
    source, names, alias = _aliased(tokens[at + 1 :])
    found = _source(source, variables, major)
    if found is not None and not names and alias and _in_parentheses(source) is None:
        names = (alias,)  # of a function's only column
    shown = _renamed(found, names)
    return None if shown is None else _picked(shown, tokens[1:at], alias)


def _source(tokens: Tokens, variables: Mapping[str, Value], major: int) -> Rows | None:
    inner = _in_parentheses(tokens)
    if inner is None:
        return _call(tokens, variables, major)
    if _word(inner, 0) != "values":
        return None
    return _values(inner[1:], variables, major)


def _picked(found: Rows, listed: Tokens, alias: str) -> Rows | None:
    """The columns of a select list, which is `*` or names."""
    if [_sign(token) for token in listed] == ["*"]:
        return found
    places: list[int] = []
    for part in _split(listed):
        words = [token.value for token in part if token.kind in ("word", "quoted")]
        qualified = len(part) == 3 and part[1].symbol == "." and words[:1] == [alias]
        if len(part) != 1 and not qualified:
            return None
        if len(words) != (2 if qualified else 1) or words[-1] not in found.columns:
            return None
        places.append(found.columns.index(words[-1]))
    columns = tuple(found.columns[at] for at in places)
    return Rows(columns, tuple(tuple(row[at] for at in places) for row in found.rows))


def _values(tokens: Tokens, variables: Mapping[str, Value], major: int) -> Rows | None:
    rows: list[Row] = []
    for part in _split(tokens):
        inner = _in_parentheses(part)
        if inner is None:
            return None
        values = [evaluate(each, variables, major) for each in _split(inner)]
        known = tuple(each for each in values if each is not None)
        if len(known) < len(values) or any(len(row) != len(known) for row in rows):
            return None
        rows.append(known)
    if not rows:
        return None
    return Rows(tuple(f"column{at + 1}" for at in range(len(rows[0]))), tuple(rows))


def _call(tokens: Tokens, variables: Mapping[str, Value], major: int) -> Rows | None:
    """A set-returning function and nothing else."""
    name, inner = _word(tokens, 0), _in_parentheses(tokens[1:])
    if inner is None:
        return None
    if name == "unnest":
        array = evaluate(inner, variables, major)
        if not isinstance(array, tuple):
            return None
        return Rows((name,), tuple((each,) for each in array))
    bounds = [evaluate(each, variables, major) for each in _split(inner)]
    if name != "generate_series" or len(bounds) != 2:
        return None
    first, last = bounds
    if not isinstance(first, int) or not isinstance(last, int) or last - first > _MOST:
        return None
    return Rows((name,), tuple((each,) for each in range(first, last + 1)))


_MOST = 1000
"""The longest series: what makes more turns is not followed."""


def _renamed(found: Rows | None, names: tuple[str, ...]) -> Rows | None:
    if found is None or len(names) > len(found.columns):
        return None
    return Rows((*names, *found.columns[len(names) :]), found.rows)


def _aliased(tokens: Tokens) -> tuple[Tokens, tuple[str, ...], str]:
    """What stands before `AS name (columns)`, the columns and the name."""
    end = len(tokens)
    names: tuple[str, ...] = ()
    if end and tokens[-1].symbol == ")":
        start = _opening(tokens)
        before = tokens[start - 1] if start > 0 else None
        if before is not None and _is_name(before) and start > 1 and _ends(tokens[: start - 1]):
            names = tuple(part[0].value for part in _split(tokens[start + 1 : -1]) if part)
            end = start
    if end > 1 and _is_name(tokens[end - 1]) and _ends(tokens[: end - 1]):
        alias = tokens[end - 1].value
        end -= 2 if tokens[end - 2].keyword == "as" else 1
        return tokens[:end], names, alias
    return tokens, (), ""


def _ends(tokens: Tokens) -> bool:
    """Whether an item ends here, after which a name is an alias."""
    return bool(tokens) and (tokens[-1].keyword == "as" or tokens[-1].symbol == ")")


def _is_name(token: Token) -> bool:
    """Whether it may be an alias, as the WHERE that follows an item may not."""
    return token.kind == "quoted" or (token.kind == "word" and token.category in ("", "U", "C"))


def _opening(tokens: Tokens) -> int:
    """Where the parenthesis opens that the last token closes."""
    depth = 0
    for at in range(len(tokens) - 1, -1, -1):
        depth += (tokens[at].symbol == ")") - (tokens[at].symbol == "(")
        if depth == 0:
            return at
    return 0


def _in_parentheses(tokens: Tokens) -> Tokens | None:
    """What stands between the parentheses that are all around."""
    if len(tokens) < 2 or tokens[0].symbol != "(" or tokens[-1].symbol != ")":
        return None
    return tokens[1:-1] if _opening(tokens) == 0 else None


def _word(tokens: Tokens, at: int) -> str:
    return tokens[at].value if at < len(tokens) and tokens[at].kind == "word" else ""


def _sign(token: Token) -> str:
    return token.symbol or token.value


def _places(tokens: Tokens, sign: str) -> Iterator[int]:
    """Where a word or symbol stands outside of parentheses and brackets."""
    depth = 0
    for at, token in enumerate(tokens):
        if not depth and _sign(token) == sign and token.kind != "string":
            yield at
        depth += (token.symbol in ("(", "[")) - (token.symbol in (")", "]"))


def _split(tokens: Tokens) -> list[Tokens]:
    """What stands between the commas."""
    commas = [-1, *_places(tokens, ","), len(tokens)]
    return [tokens[before + 1 : at] for before, at in pairwise(commas)]
