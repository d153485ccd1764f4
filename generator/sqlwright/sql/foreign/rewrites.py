"""Habits that are put right in the text: each looks at a statement and says what it would change.

What they say is advice only where the changed statement is accepted, so that they may guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sqlwright.dataclass import dataclass
from sqlwright.patterns import pattern
from sqlwright.sql.foreign.changes import Change, applied
from sqlwright.sql.lexing.keywords import quote_identifier


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Changes of a statement, and what there is to say of them."""

    said: str
    changes: tuple[Change, ...]


_Habit = Callable[[str], Rewrite | None]

_NAME = r'(?:"[^"]+"|[A-Za-z_][\w$]*)'
_TABLE = rf"{_NAME}(?:\.{_NAME})?(?:\s+(?:AS\s+)?(?!(?:JOIN|INNER|LEFT|ON|WHERE|USING)\b){_NAME})?"
_PARAMETER = r"@\w+|\$\d+|sqlc\.n?arg\([^)]*\)"

_HASH = pattern(r"(?m)(?:^|(?<=[\s,;(]))#(?=[ \t\w]|$)")
_BACKTICKS = pattern(r"`([^`\n]+)`")
_DELETE = pattern(
    rf"\s*DELETE\s+(?:(?P<which>{_NAME})\s+)?FROM\s+(?P<table>{_TABLE})\s+"
    rf"(?P<join>(?:INNER\s+)?JOIN)\s+(?P<other>{_TABLE})\s+(?P<on>ON)\s+",
    re.IGNORECASE,
)
_WHERE = pattern(r"\bWHERE\b", re.IGNORECASE)
_OTHER_CLAUSE = pattern(r"\b(?:JOIN|OR|RETURNING|ORDER|LIMIT)\b", re.IGNORECASE)
_IGNORE = pattern(r"\s*INSERT(?P<ignore>(?:\s+OR)?\s+IGNORE)\s+INTO\b", re.IGNORECASE)
_TRUNCATE = pattern(
    rf"\s*(?P<verb>TRUNCATE(?:\s+TABLE)?)\s+{_NAME}(?:\.{_NAME})?\s+WHERE\b", re.IGNORECASE
)
_END_OF_INSERT = pattern(r"\s*(?:\bRETURNING\b|\Z)", re.IGNORECASE)
_PATTERN = pattern(
    rf"\b(?:I?LIKE)\s+(?P<all>(?P<before>%?)(?P<name>{_PARAMETER})(?P<after>%?))", re.IGNORECASE
)
_QUOTED_PATTERN = pattern(
    rf"\b(?:I?LIKE)\s+(?P<all>'(?P<before>%?)'?(?P<name>{_PARAMETER})'?(?P<after>%?)')",
    re.IGNORECASE,
)
_DIRECTION = pattern(
    rf"(?P<all>(?P<key>{_NAME}(?:\.{_NAME})?|{_NAME}\([^()]*\))\s+(?P<name>{_PARAMETER}))"
    r"(?=\s*(?:,|\Z|LIMIT\b|OFFSET\b|\)|NULLS\b))",
    re.IGNORECASE,
)
_SUM = pattern(
    rf"(?P<field>{_NAME}(?:\.{_NAME})?\s*#?->>\s*'[^']*')(?=\s*(?P<sign>[-+*/])\s*[\w@$.(])",
    re.IGNORECASE,
)
_DUAL = pattern(r"\s+FROM\s+dual\b", re.IGNORECASE)
_STAGES = pattern(r"\bINTERVAL\s+(?P<all>(?P<many>\d+)\s+(?P<unit>[A-Za-z]+))", re.IGNORECASE)
_PARTS = {
    "second": "secs",
    "minute": "mins",
    "hour": "hours",
    "day": "days",
    "week": "weeks",
    "month": "months",
    "year": "years",
}
"""The arguments of `make_interval`, by the units of others."""
_STRETCH_OF = pattern(
    rf"(?P<all>\bINTERVAL\s+(?P<many>{_PARAMETER})\s+(?P<unit>{'|'.join(_PARTS)})\b)",
    re.IGNORECASE,
)


def rewrites(text: str) -> Iterator[Rewrite]:
    """What habits have to say to a statement."""
    for habit in _HABITS:
        found = habit(text)
        if found is not None and found.changes:
            yield found


def _hash_comments(text: str) -> Rewrite:
    places = tuple(Change(each.start(), each.end(), "--") for each in _HASH.finditer(text))
    return Rewrite("comments begin with `--`, not with `#`", places)


def _backticks(text: str) -> Rewrite:
    found = list(_BACKTICKS.finditer(text))
    names = dict.fromkeys(quote_identifier(each[1]) for each in found)
    shown = next(iter(names), "")
    return Rewrite(
        f"names are quoted with double quotes, or not at all: write `{shown}`"
        if len(names) == 1
        else "names are quoted with double quotes, or not at all, never with backticks",
        tuple(Change(each.start(), each.end(), quote_identifier(each[1])) for each in found),
    )


def _delete_join(text: str) -> Rewrite | None:
    found = _DELETE.match(text)
    if found is None or _OTHER_CLAUSE.search(text, found.end()):
        return None
    changes = [
        Change(found.start("join"), found.end("join"), "USING"),
        Change(found.start("on"), found.end("on"), "WHERE"),
    ]
    if found["which"] is not None:
        changes.insert(0, Change(found.start("which"), found.start("table") - 5, ""))
    where = _WHERE.search(text, found.end())
    if where is not None:
        changes.append(Change(where.start(), where.end(), "AND"))
    rest = " ".join(applied(text, changes).split())
    return Rewrite(f"DELETE joins by USING: `{rest}`", tuple(changes))


def _truncate_where(text: str) -> Rewrite | None:
    found = _TRUNCATE.match(text)
    if found is None:
        return None
    changes = (Change(found.start("verb"), found.end("verb"), "DELETE FROM"),)
    rest = " ".join(applied(text, changes).split())
    return Rewrite(f"TRUNCATE empties a table; DELETE takes rows out: `{rest}`", changes)


def _insert_ignore(text: str) -> Rewrite | None:
    found = _IGNORE.match(text)
    end = _END_OF_INSERT.search(text)
    if found is None or end is None:
        return None
    return Rewrite(
        "write `ON CONFLICT DO NOTHING` behind the values instead of IGNORE",
        (
            Change(found.start("ignore"), found.end("ignore"), ""),
            Change(end.start(), end.start(), " ON CONFLICT DO NOTHING"),
        ),
    )


def _pattern(text: str) -> Rewrite | None:
    found = _PATTERN.search(text) or _QUOTED_PATTERN.search(text)
    if found is None or not (found["before"] or found["after"]):
        return None
    before = "'%' || " if found["before"] else ""
    after = " || '%'" if found["after"] else ""
    written = f"{before}{found['name']}{after}"
    place = Change(found.start("all"), found.end("all"), written)
    return Rewrite(f"a pattern is joined with the parameter: `{written}`", (place,))


def _direction(text: str) -> Rewrite | None:
    order = re.search(r"\bORDER\s+BY\b", text, re.IGNORECASE)
    found = _DIRECTION.search(text, order.end()) if order else None
    if found is None:
        return None
    key, name = found["key"], found["name"]
    written = f"CASE WHEN {name} = 'desc' THEN {key} END DESC, {key}"
    place = Change(found.start("all"), found.end("all"), written)
    said = f"no parameter stands for ASC or DESC: write `{written}`, or `-- @sort` for each order"
    return Rewrite(said, (place,))


def _field_in_a_sum(text: str) -> Rewrite:
    found = list(_SUM.finditer(text))
    places = tuple(Change(e.start(), e.end(), f"({e['field']})::numeric") for e in found)
    sign = found[0]["sign"] if found else ""
    written = places[0].text if places else ""
    return Rewrite(f"`{sign}` is read before `->>`: write `{written}`", places)


def _dual(text: str) -> Rewrite:
    places = tuple(Change(each.start(), each.end(), "") for each in _DUAL.finditer(text))
    return Rewrite("a SELECT needs no FROM: leave out `FROM dual`", places)


def _interval(text: str) -> Rewrite:
    found = list(_STAGES.finditer(text))
    places = [
        Change(e.start("all"), e.end("all"), f"'{e['many']} {e['unit'].lower()}'") for e in found
    ]
    shown = f"interval {places[0].text}" if places else ""
    return Rewrite(f"write a stretch of time as text: `{shown}`", tuple(places))


def _interval_of_parameter(text: str) -> Rewrite:
    found = list(_STRETCH_OF.finditer(text))
    places = [
        Change(
            e.start("all"),
            e.end("all"),
            f"make_interval({_PARTS[e['unit'].lower()]} => {e['many']})",
        )
        for e in found
    ]
    shown = places[0].text if places else ""
    return Rewrite(f"a stretch of time is made of a parameter: `{shown}`", tuple(places))


def _inline_enum(text: str) -> Rewrite | None:
    found = list(_ENUM.finditer(text))
    if not found or not _CREATE_TABLE.match(text):
        return None
    changes, made = [], []
    for each in found:
        name = each["column"].strip('"`').lower()
        made.append(f"CREATE TYPE {quote_identifier(name)} AS ENUM {each['labels']};")
        changes.append(Change(each.start("enum"), each.end("enum"), quote_identifier(name)))
    said = (
        f"an enum is a type of its own: `{made[0]}`, and `{changes[0].text}` as the column's type"
    )
    return Rewrite(said, (Change(0, 0, "\n".join(made) + "\n"), *changes))


_CREATE_TABLE = pattern(r"\s*CREATE\s+TABLE\b", re.IGNORECASE)
_ENUM = pattern(
    rf"(?P<column>{_NAME}|`\w+`)\s+(?P<enum>ENUM\s*(?P<labels>\([^()]*\)))", re.IGNORECASE
)


_HABITS: tuple[_Habit, ...] = (
    _hash_comments,
    _backticks,
    _delete_join,
    _truncate_where,
    _insert_ignore,
    _pattern,
    _direction,
    _field_in_a_sum,
    _dual,
    _interval,
    _interval_of_parameter,
    _inline_enum,
)
