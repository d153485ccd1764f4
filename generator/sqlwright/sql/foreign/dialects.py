"""Statements of other databases, translated by sqlglot. Nothing but advice rests on it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from sqlwright.dataclass import dataclass
from sqlwright.patterns import pattern
from sqlwright.resources import resource
from sqlwright.sql.foreign.changes import Change, Hidden, changes, hidden

if TYPE_CHECKING:
    from sqlglot import exp

DATABASES = {
    "mysql": "MySQL",
    "tsql": "SQL Server",
    "oracle": "Oracle",
    "sqlite": "SQLite",
    "bigquery": "BigQuery",
    "snowflake": "Snowflake",
}
_SIGNS = {
    "mysql": "` limit, auto_increment curdate date_add date_format date_sub datediff div engine "
    "enum group_concat if ifnull isnull last_insert_id lcase locate longtext mediumint mediumtext "
    "rand regexp rlike separator str_to_date timestampdiff tinyint ucase unix_timestamp unsigned",
    "tsql": "[ top getdate dateadd datediff isnull len charindex newid convert nvarchar datetime2 "
    "iif nolock identity uniqueidentifier bit",
    "oracle": "nvl nvl2 decode sysdate listagg minus varchar2 number add_months",
    "sqlite": "autoincrement julianday 'now' strftime",
    "bigquery": "safe_cast string int64",
    "snowflake": "iff qualify",
}
"""Words that tell by whom a statement is read."""
_DISPENSABLE = "day innodb myisam charset collate utf8 utf8mb4 key double within"
"""Words that need not come back in a translation."""
_SQLITE_NOW = pattern(r"\b(?:date|time|datetime|julianday)\s*\(\s*'now'", re.IGNORECASE)
_SIGN = pattern(r"\w+|`|(?<![\w\]])\[(?=[^\W\d])")
"""Words, and marks around a name; the bracket of a subscript or an array is none."""
_LIMIT_WITH_COMMA = pattern(r"\blimit\s+[^\s,()]+\s*,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Translation:
    """What a statement becomes; `dialect` is the name of the database that reads it, empty where
    several may."""

    dialect: str
    statement: Hidden
    groups: Sequence[tuple[Change, ...]]


def translations(text: str, *, guess: bool) -> Iterator[Translation]:
    """What other databases may have meant by a statement, the most likely first; where no word
    tells which, what any of them may have, if that is to be guessed."""
    statement = hidden(text)
    if statement is None:
        return
    signs = set(_SIGN.findall(text.lower()))
    if _LIMIT_WITH_COMMA.search(text):
        signs.add("limit,")
    if _SQLITE_NOW.search(text):
        signs.add("'now'")
    told = [each for each in DATABASES if signs & set(_SIGNS[each].split())]
    dispensable = {*_DISPENSABLE.split(), *" ".join(_SIGNS.values()).split()}
    for dialect in told or (DATABASES if guess else ()):
        translated = _translated(statement.text, dialect)
        groups = changes(statement, translated, dispensable) if translated is not None else []
        if groups:
            yield Translation(DATABASES[dialect] if dialect in told else "", statement, groups)


def known_elsewhere(function: str) -> bool:
    """Whether a function is one that other databases have, so that its name is not misspelt."""
    return function.lower() in _functions()


@cache
def _functions() -> frozenset[str]:
    names = resource("sql", "foreign", "functions.txt").read_text(encoding="utf-8")
    return frozenset(names.split())


def _translated(text: str, dialect: str) -> str | None:
    """None for what sqlglot does not read, or cannot say in PostgreSQL's words."""
    import sqlglot
    from sqlglot.errors import ErrorLevel

    logger = logging.getLogger("sqlglot")
    level, logger.disabled = logger.disabled, True
    try:
        read = sqlglot.parse(text, read=dialect)
        meant = [each.transform(_meant) for each in read if each is not None]
        said = [each.sql("postgres", unsupported_level=ErrorLevel.RAISE) for each in meant]
        return ";\n".join(said)
    except Exception:  # whatever ails it, there is no advice
        return None
    finally:
        logger.disabled = level


def _meant(node: exp.Expression) -> exp.Expression:
    """What sqlglot leaves as it is or says at length: SQLite's moments, days between dates, MySQL's
    numbers without a sign and how it stores tables."""
    from sqlglot import exp
    from sqlglot.errors import UnsupportedError

    if isinstance(node, exp.Anonymous) and node.name.lower() in ("date", "datetime"):
        return _moment(node)
    if isinstance(node, exp.UniqueColumnConstraint) and isinstance(node.this, exp.Schema):
        node.this.set("this", None)
    if isinstance(node, exp.DateDiff) and node.text("unit").upper() in ("", "DAY", "DD", "D"):
        days = (exp.cast(each, "date") for each in (node.this, node.expression))
        return exp.Paren(this=exp.Sub(this=next(days), expression=next(days)))
    if isinstance(node, exp.TimestampDiff) and node.text("unit").upper() == "DAY":
        apart = exp.Sub(this=node.this, expression=node.expression)
        return exp.Extract(this=exp.var("DAY"), expression=apart)
    cut_off = isinstance(node, exp.DateTrunc | exp.TimestampTrunc)
    if cut_off and node.text("unit").lower() not in _UNITS:
        raise UnsupportedError
    if isinstance(node, exp.DataType) and node.this.value in _UNSIGNED:
        return exp.DataType.build(_UNSIGNED[node.this.value])
    if isinstance(node, exp.Create) and node.args.get("kind") == "TABLE":
        node.set("properties", None)
    return node


def _moment(node: exp.Anonymous) -> exp.Expression:
    """`datetime('now', '-7 days')`, SQLite's date functions."""
    from sqlglot import exp

    first, *steps = node.expressions or [None]
    stretches = [each.name for each in steps if isinstance(each, exp.Literal)]
    if not isinstance(first, exp.Literal) or first.name.lower() != "now":
        return node
    if len(stretches) != len(steps) or not all(_STRETCH.fullmatch(each) for each in stretches):
        return node
    made: exp.Expression = exp.CurrentTimestamp()
    for each in stretches:
        step = exp.Interval(this=exp.Literal.string(each))
        made = exp.Add(this=made, expression=step)
    return made if node.name.lower() == "datetime" else exp.cast(made, "date")


_UNITS = frozenset(
    (
        "microseconds",
        "milliseconds",
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "quarter",
        "year",
        "decade",
        "century",
        "millennium",
    )
)
"""What a moment can be cut off at; others cut off at a format."""
_UNSIGNED = {"UTINYINT": "smallint", "USMALLINT": "int", "UMEDIUMINT": "int", "UINT": "bigint"}
"""The smallest types that hold what MySQL's hold."""
_STRETCH = pattern(r"[+-]?\d+ (second|minute|hour|day|month|year)s?")
