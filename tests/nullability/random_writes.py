"""Random INSERT, UPDATE, DELETE and MERGE, each with RETURNING."""

from __future__ import annotations

from typing import TYPE_CHECKING

from random_parts import TABLES, Column, Level

if TYPE_CHECKING:
    from random_queries import Queries


def written_pair(made: Queries) -> str:
    """A write that returns `a` (int) and `b` (text), as a CTE."""
    number, text = (made.expression(each, Level((), (), 0), 2) for each in ("int", "text"))
    return made.random.choice((
        f"DELETE FROM notes{_where_of(made, 'notes')} RETURNING stars AS a, line AS b",
        f"INSERT INTO notes (stars, line) VALUES ({number}, {text}) "
        "RETURNING stars AS a, line AS b",
        f"UPDATE tasks SET body = {text}{_where_of(made, 'tasks')} "
        "RETURNING points AS a, body AS b",
        f"UPDATE starred_notes SET line = {text} RETURNING stars AS a, line AS b",
    ))  # fmt: skip


def write(made: Queries) -> str:
    """DELETE, INSERT or UPDATE, the row shown as it is, was or becomes."""
    table = made.random.choice(("notes", "tasks", "teams"))
    columns = tuple(Column(f"{table}.{each}", type_) for each, type_ in TABLES[table].items())
    level = Level(columns, (), 1)
    where = f" WHERE {made.condition(level, 2)}"
    returned = made.random.choice(("", "old.", "new."))
    shown = ", ".join(
        f"{returned}{each} AS {each}" for each in TABLES[table] if each not in ("id",)
    )
    if made.random.random() < 0.35:
        return f"DELETE FROM notes{_where_of(made, 'notes')} RETURNING stars AS a, line AS b"
    if made.random.random() < 0.3:
        a, b = (
            made.expression("int", Level((), (), 0), 2),
            made.expression("text", Level((), (), 0), 2),
        )
        return f"INSERT INTO notes (stars, line) VALUES ({a}, {b}) RETURNING stars, line, task_id"
    nullable = {
        "notes": ("stars", "line"),
        "tasks": ("points", "body"),
        "teams": ("deputy_id", "mascot"),
    }
    a, b = nullable[table]
    value = "NULL" if table == "teams" else made.expression("int", level, 2)
    changed = f"{a} = {value}, {b} = {made.expression('text', level, 2)}"
    return f"UPDATE {table} SET {changed}{where} RETURNING {shown}"


def merge(made: Queries) -> str:
    """Every WHEN may have a condition, and need not act."""
    source = made.select(1, ()).sql
    mine = tuple(Column(f"c.{each}", type_) for each, type_ in TABLES["counters"].items())
    theirs = (Column("s.a", "int"), Column("s.b", "text"))
    both, only = Level((*mine, *theirs), (), 0), Level(theirs, (), 0)
    matched = made.random.choice(("", f" AND {made.condition(both, 1)}"))
    new = made.random.choice(("", "", f" AND {made.condition(only, 1)}"))
    number, text = made.expression("int", both, 2), made.expression("text", both, 2)
    whens = [
        f"WHEN MATCHED{matched} THEN "
        + made.random.choice((f"UPDATE SET value = {number}, label = {text}", "DELETE",
                              f"UPDATE SET label = {text}")),
        f"WHEN NOT MATCHED{new} THEN INSERT (id, value, label) VALUES (s.a, "
        f"{made.expression('int', only, 2)}, {made.expression('text', only, 2)})",
    ]  # fmt: skip
    if made.random.random() < 0.2:
        whens.append("WHEN NOT MATCHED BY SOURCE THEN UPDATE SET value = 1")
    chosen = " ".join(made.random.sample(whens, made.random.randint(1, len(whens))))
    returned = made.random.choice(("c", "c", "old", "new"))
    shown = ", ".join(f"{returned}.{each} AS {each}" for each in TABLES["counters"])
    return (
        f"MERGE INTO counters c USING (SELECT DISTINCT ON (q.a) q.a, q.b FROM ({source}) q) s "
        f"ON c.id = s.a {chosen} RETURNING {shown}, s.a AS sa, s.b AS sb"
    )


def upsert(made: Queries) -> str:
    """INSERT with ON CONFLICT."""
    old = tuple(Column(f"counters.{each}", type_) for each, type_ in TABLES["counters"].items())
    proposed = tuple(
        Column(f"excluded.{each}", TABLES["counters"][each]) for each in ("value", "label")
    )
    level = Level((*old, *proposed), (), 0)
    nothing = Level((), (), 0)
    number, text = made.expression("int", nothing, 2), made.expression("text", nothing, 2)
    where = made.random.choice(("", f" WHERE {made.condition(level, 1)}"))
    conflict = made.random.choice((
        "DO NOTHING",
        f"DO UPDATE SET value = {made.expression('int', level, 2)}{where}",
        "DO UPDATE SET value = excluded.value, label = excluded.label",
        "DO UPDATE SET label = coalesce(counters.label, excluded.label)",
    ))  # fmt: skip
    returned = made.random.choice(("counters", "old", "new"))
    shown = ", ".join(f"{returned}.{each} AS {each}" for each in TABLES["counters"])
    return (
        f"INSERT INTO counters (id, value, label) VALUES ({made.random.randint(1, 4)}, {number}, "
        f"{text}) ON CONFLICT (id) {conflict} RETURNING {shown}"
    )


def _where_of(made: Queries, table: str) -> str:
    columns = tuple(Column(f"{table}.{each}", type_) for each, type_ in TABLES[table].items())
    return f" WHERE {made.condition(Level(columns, (), 1), 2)}"
