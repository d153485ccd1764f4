"""Mistakes in syntax that are known by sight: what other databases, drivers and languages write."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.sql.lexing.tokens import Token

Tokens = Sequence[Token]

_PARAMETER = "write a parameter as `@name`, or as `$1`"
_UPSERT = "write ON CONFLICT at the end of the INSERT"
_WORDS = {
    "auto_increment": "write `GENERATED ALWAYS AS IDENTITY`",
    "autoincrement": "write `GENERATED ALWAYS AS IDENTITY`",
    "unsigned": "there are no unsigned types; add CHECK (column >= 0)",
    "top": "write LIMIT at the end of the query",
    "ignore": f"{_UPSERT}: ON CONFLICT DO NOTHING",
    "duplicate": f"{_UPSERT}: ON CONFLICT (column) DO UPDATE SET ...",
    "output": "write RETURNING at the end of the statement",
    "regexp": "write ~ to match a regular expression",
    "rlike": "write ~ to match a regular expression",
    "engine": "tables of PostgreSQL have no engine: leave it out",
    "minus": "write EXCEPT",
    "elsif": "in CASE, write WHEN again",
    "elseif": "in CASE, write WHEN again",
}
_NAMES = "names are quoted with double quotes, not with "
_CLAUSES = {
    "from": ("FROM", 1),
    "where": ("WHERE", 3),
    "group": ("GROUP BY", 4),
    "having": ("HAVING", 5),
    "window": ("WINDOW", 6),
    "order": ("ORDER BY", 7),
    "limit": ("LIMIT", 8),
    "offset": ("OFFSET", 8),
    "returning": ("RETURNING", 9),
}
_JOINS = frozenset(("join", "left", "right", "full", "inner", "cross", "natural"))
_JOIN = ("JOIN", 2)
_BEFORE_NAMES = frozenset(("from", "join", "into", "update", "table"))
_QUERY_STARTS = frozenset(("select", "union", "intersect", "except", "insert", "update", "delete"))


def foreign_habit(tokens: Tokens, at: int) -> str | None:
    """Advice for the tokens around the error at `at`, which is their number at the end."""
    near = [tokens[index] for index in (at - 1, at) if 0 <= index < len(tokens)]
    for token in near:
        if token.text.startswith("`"):
            return f"{_NAMES}backticks"
        if token.kind == "operator" and token.text.endswith(("?", "%")):
            return _PARAMETER
        if token.kind == "word" and token.value in _WORDS:
            return _WORDS[token.value]
    if at < len(tokens):
        advice = _foreign_symbol(tokens, at)
        if advice is not None:
            return advice
    advice = _foreign_statement(tokens, at)
    if advice is not None:
        return advice
    if at < len(tokens) and at and tokens[at - 1].text == "@" and tokens[at].text[0].isdigit():
        return "the name of a parameter does not begin with a digit"
    if at and tokens[at - 1].text == "@":
        return "the name of a parameter is missing after @"
    return _clauses_out_of_order(tokens, at)


def _foreign_symbol(tokens: Tokens, at: int) -> str | None:
    token, before = tokens[at], tokens[at - 1] if at else None
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if token.text == "{" and following == "}":
        return "an empty array or object is written as text: `'{}'`"
    if token.text == "{" and following == "{" and before is None:
        return "templates are not filled in: write what it stands for"
    if token.keyword == "with" and following.lower() == "timezone":
        return "write `timestamp with time zone`, or `timestamptz`"
    if token.symbol in (":", "%") or token.text[:1] in ("{", "?", "$"):
        return _PARAMETER
    if token.symbol == "[" and before is not None and (before.keyword or before.symbol == ","):
        return f"{_NAMES}brackets"
    if token.text in (":=", "==", "==="):
        return "SQL writes = for this"
    if before is None or before.end != token.start:
        return None
    if before.kind == "string" and token.kind == "word":
        return "a quote within text is written twice, as in 'it''s'"
    if before.kind == "word" and token.kind == "string":
        return "single quotes do not pair up: one is missing before this place"
    if before.kind == "quoted" and token.kind in ("word", "integer"):
        return "text is written in single quotes"
    return None


def _foreign_statement(tokens: Tokens, at: int) -> str | None:
    """Statements that are built otherwise elsewhere."""
    if not 0 < at < len(tokens):
        return None
    first, before, token = tokens[0].keyword, tokens[at - 1], tokens[at]
    if token.kind == "param" and before.keyword in _BEFORE_NAMES:
        return "a parameter stands for a value, never for the name of a table"
    if token.kind == "param" and before.keyword in ("interval", "timestamp", "time"):
        return f"write the type after it: {token.text}::{before.text}"
    if token.kind == "param" and _in_order_by(tokens[:at]):
        return "no parameter stands for ASC or DESC: write a line `-- @sort` for each order"
    if token.symbol == "," and at > 2 and tokens[at - 3].keyword == "extract":
        return "write it as extract(year FROM ...)"
    if before.keyword == "values" and token.symbol != "(":
        return "the values of a row stand in parentheses"
    if before.keyword == "in" and token.symbol != "(":
        return f"write `= ANY({token.text})` for an array, or IN (...) for a list"
    if before.keyword == "as" and token.keyword == "select" and first == "with":
        return "the query of a WITH stands in parentheses"
    if first == "update" and token.keyword in _JOINS:
        return "write the other table after SET: UPDATE ... SET ... FROM ... WHERE ..."
    if first == "insert" and token.keyword == "set":
        return "write the columns in parentheses, then VALUES and their values"
    if first == "delete" and at == 1 and token.kind == "word":
        return "write DELETE FROM and the table"
    return None


def _in_order_by(tokens: Tokens) -> bool:
    """Whether the tokens end in an ORDER BY, with something to sort by."""
    if tokens[-1].symbol == "," or tokens[-1].keyword == "by":
        return False
    depth = 0
    for at in reversed(range(1, len(tokens))):
        depth += (tokens[at].symbol == ")") - (tokens[at].symbol == "(")
        if depth == 0 and _clause(tokens[at]) not in (None, _CLAUSES["order"]):
            return False
        if depth == 0 and tokens[at].keyword == "by":
            return tokens[at - 1].keyword == "order"
    return False


def _clauses_out_of_order(tokens: Tokens, at: int) -> str | None:
    """A clause that stands after one that it has to come before, in the same query."""
    if at >= len(tokens) or (clause := _clause(tokens[at])) is None:
        return None
    name, order = clause
    if at == 0 and name == "FROM":
        return "a query begins with SELECT, which FROM follows"
    depth = 0
    for token in reversed(tokens[:at]):
        depth += (token.symbol == ")") - (token.symbol == "(")
        if depth < 0 or (depth == 0 and token.keyword in _QUERY_STARTS):
            return None
        earlier = _clause(token) if depth == 0 else None
        if earlier is not None and earlier[1] > order:
            return f"{name} comes before {earlier[0]}"
    return None


def _clause(token: Token) -> tuple[str, int] | None:
    return _JOIN if token.keyword in _JOINS else _CLAUSES.get(token.keyword)
