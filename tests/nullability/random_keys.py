"""Random queries of few rows: keys that are fixed in one way or another, and what comes between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from random_parts import CONSTANTS, TABLES, Column, Level

if TYPE_CHECKING:
    from random_queries import Queries

KEYS = (
    ("people", ("id",)),
    ("teams", ("id",)),
    ("tasks", ("id",)),
    ("bookings", ("id",)),
    ("counters", ("id",)),
    ("members", ("team_id", "person_id")),
    ("team_points", ("team_id",)),
    ("team_heads", ("id",)),
    ("nicked_people", ("id",)),
)
"""Tables and views with a key; `bookings (person_id)` is one only of the open ones."""


def keyed(made: Queries) -> str:
    """A query whose rows are fixed by a key, or nearly."""
    table, key = made.random.choice(KEYS)
    x, y = made.alias(), made.alias()
    other = made.random.choice(("people", "teams", "tasks", "notes", "counters"))
    mine = tuple(Column(f"{x}.{each}", type_) for each, type_ in TABLES[table].items())
    theirs = tuple(Column(f"{y}.{each}", type_) for each, type_ in TABLES[other].items())
    where = " AND ".join(_fixed(made, f"{x}.{each}", mine) for each in key)
    source, columns = f"{table} {x}", mine
    if made.random.random() < 0.6:
        source, columns = _joined(made, source, mine, f"{other} {y}", theirs), (*mine, *theirs)
    level = Level(columns, (), 1)
    more = f" AND {made.condition(level, 1)}" if made.random.random() < 0.3 else ""
    a, b = made.expression("int", level, 2), made.expression("text", level, 2)
    return _around(made, f"{source} WHERE {where}{more}", a, b)


def _fixed(made: Queries, key: str, columns: tuple[Column, ...]) -> str:
    """A condition that fixes a column, and some that only seem to."""
    numbers = [each.sql for each in columns if each.type == "int"]
    other = made.random.choice(numbers)
    constant = made.random.choice(("1", "2", "sqlc.arg(m)::int", "sqlc.narg(n)::int"))
    return made.random.choice((
        f"{key} = {constant}", f"{key} = {constant}", f"{constant} = {key}",
        f"{key} IN ({constant})", f"{key} IN ({constant}, 1)", f"{key} = ANY (ARRAY[{constant}])",
        f"{key} IS NOT DISTINCT FROM {constant}", f"{key} BETWEEN {constant} AND {constant}",
        f"NOT ({key} <> {constant})", f"({key}, {other}) = ({constant}, 1)",
        f"{key} = (SELECT max(s.id) FROM tasks s WHERE s.points > {constant})",
        f"{key} IN (SELECT s.team_id FROM tasks s WHERE s.id = {constant})",
        f"{key} = {other}", f"coalesce({key}, 0) = {constant}", f"{key} = {constant} + 1",
        f"({key} = {constant} OR {other} = {constant})", f"({key} = 1 OR {key} = 1)",
        f"CASE WHEN {constant} > 1 THEN {key} = {constant} ELSE {key} = 2 END",
        f"CASE WHEN {other} > 1 THEN {key} = {constant} ELSE {key} = 2 END",
        f"CASE WHEN {constant} IS NULL THEN {key} = 1 WHEN {constant} > 1 THEN false "
        f"ELSE {key} = {constant} END",
        f"CASE WHEN {constant} > 1 THEN {key} = {constant} ELSE {other} = 2 END",
        f"CASE {constant} WHEN 1 THEN {key} = 1 ELSE {key} = 2 END",
        f"CASE {other} WHEN {constant} THEN {key} = 1 ELSE {key} = 2 END",
        f"({key} = {constant}) IS TRUE", f"({key} = {constant}) IS NOT FALSE",
    ))  # fmt: skip


def _joined(
    made: Queries, left: str, mine: tuple[Column, ...], right: str, theirs: tuple[Column, ...]
) -> str:
    kind = made.random.choice(("JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"))
    ours = made.random.choice([each.sql for each in mine if each.type == "int"])
    found = [each.sql for each in theirs if each.type == "int"]
    on = f"{made.random.choice((found[0], found[0], made.random.choice(found)))} = {ours}"
    if kind != "FULL JOIN" and made.random.random() < 0.2:
        on += f" AND {made.condition(Level((*mine, *theirs), (), 0), 1)}"
    return f"{left} {kind} {right} ON {on}"


def _around(made: Queries, source: str, a: str, b: str) -> str:
    """The rows themselves, grouped, distinct, numbered, united, behind a CTE or looked up."""
    plain = f"SELECT {a} AS a, {b} AS b FROM {source}"
    q = made.alias()
    fallback = f"SELECT 0, {made.random.choice(CONSTANTS['text'])}"
    return made.random.choice((
        plain, plain, plain, f"SELECT DISTINCT {a} AS a, {b} AS b FROM {source}",
        f"SELECT {q}.a, count(*)::int AS n, max({q}.b) AS b FROM ({plain}) {q} GROUP BY {q}.a",
        f"SELECT max({q}.a) AS a, max({q}.b) AS b FROM ({plain}) {q}",
        f"WITH {q} AS ({plain}) SELECT {q}.a, p.name FROM {q} LEFT JOIN people p ON p.id = {q}.a",
        f"WITH {q} AS ({plain}) SELECT * FROM {q} UNION ALL {fallback} "
        f"WHERE NOT EXISTS (SELECT FROM {q})",
        f"WITH {q} AS ({plain} LIMIT 1) SELECT * FROM {q} UNION ALL {fallback} "
        f"WHERE NOT EXISTS (SELECT FROM {q})",
        f"SELECT {q}.a, {q}.b, l.points FROM ({plain}) {q} LEFT JOIN LATERAL (SELECT t.points "
        f"FROM tasks t WHERE t.team_id = {q}.a ORDER BY t.points LIMIT 1) l ON true",
        f"SELECT {q}.a, {q}.b FROM ({plain}) {q} WHERE {q}.a = 1",
        f"({plain}) INTERSECT (SELECT p.id, p.name FROM people p)",
        f"({plain}) EXCEPT (SELECT p.id, p.name FROM people p)",
        f"SELECT {q}.a, {q}.n::int AS n, {q}.b FROM (SELECT s.a, s.b, row_number() OVER "
        f"(PARTITION BY s.a ORDER BY s.b) AS n FROM ({plain}) s) {q} WHERE {q}.n = 1",
    ))  # fmt: skip
