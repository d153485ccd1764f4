"""Random writes that join other tables, go through views, or stand in CTEs that a query reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from random_parts import TABLES, Column, Level

if TYPE_CHECKING:
    from random_queries import Queries

SETTABLE = {
    "notes": (("stars", "int"), ("line", "text"), ("task_id", "int"), ("author_id", "int")),
    "starred_notes": (("stars", "int"), ("line", "text")),
    "tasks": (("points", "int"), ("body", "text"), ("parent_id", "int"), ("team_id", "int")),
    "teams": (("deputy_id", "int"), ("mascot", "text")),
    "counters": (("value", "int"), ("label", "text")),
    "nicked_people": (("nick", "text"),),
    "ledger": (("entry", "text"),),
}
"""Tables and views with columns that may be set to NULL."""

COLUMNS = TABLES | {
    "starred_notes": {"stars": "int", "line": "text"},
    "ledger": {"id": "int", "entry": "text", "memo": "text"},
}


def change(made: Queries) -> str:
    """UPDATE, DELETE, MERGE or INSERT, by itself or read by what stands around it."""
    text, shown = made.random.choice((_update, _update, _delete, _merge, _insert))(made)
    if made.random.random() < 0.6:
        return text
    w, p, q = made.alias(), made.alias(), made.alias()
    numbers = [name for name, type_ in shown if type_ == "int"]
    key = f"{w}.{made.random.choice(numbers)}" if numbers else "1"
    other, columns = made.random.choice((
        ("people", ("name", "nick")), ("teams", ("title", "mascot")), ("tasks", ("title", "body"))
    ))  # fmt: skip
    kind = made.random.choice(("JOIN", "LEFT JOIN", "LEFT JOIN", "FULL JOIN"))
    found = ", ".join(f"{p}.{each} AS {p}{each}" for each in columns)
    looked = f"(SELECT {q}.{columns[0]} FROM {other} {q} WHERE {q}.id = {key}) AS looked"
    end = made.random.choice(("", "", " LIMIT 1"))
    return (
        f"WITH {w} AS ({text}) SELECT {w}.*, {found}, {looked} "
        f"FROM {w} {kind} {other} {p} ON {p}.id = {key}{end}"
    )


def _columns(table: str, alias: str) -> tuple[Column, ...]:
    return tuple(Column(f"{alias}.{each}", type_) for each, type_ in COLUMNS[table].items())


Shown = list[tuple[str, str]]


def _returned(
    made: Queries, table: str, alias: str, level: Level, *, versions: bool = True
) -> tuple[str, Shown]:
    """RETURNING: columns as they are, were or become, and expressions over those and others."""
    parts, shown = [], []
    for at, (name, type_) in enumerate(COLUMNS[table].items()):
        version = made.random.choice((alias, "old", "new")) if versions else alias
        parts.append(f"{version}.{name} AS r{at}")
        shown.append((f"r{at}", type_))
    for type_ in ("int", "text"):
        parts.append(f"{made.expression(type_, level, 2)} AS x{type_}")
        shown.append((f"x{type_}", type_))
    return f" RETURNING {', '.join(parts)}", shown


def _source(made: Queries, key: str) -> tuple[str, tuple[Column, ...], str]:
    """Another item, its columns, and a condition that joins it."""
    name = made.alias()
    if made.random.random() < 0.4:
        pair = Column(f"{name}.a", "int"), Column(f"{name}.b", "text")
        return f"({made.select(1, ()).sql}) {name}", pair, f"{name}.a = {key}"
    table = made.random.choice(("people", "teams", "counters"))
    columns = tuple(Column(f"{name}.{each}", type_) for each, type_ in TABLES[table].items())
    return f"{table} {name}", columns, f"{name}.id = {key}"


def _number(made: Queries, table: str, alias: str) -> str:
    numbers = [name for name, type_ in COLUMNS[table].items() if type_ == "int"]
    return f"{alias}.{made.random.choice(numbers)}" if numbers else "1"


def _assignments(made: Queries, table: str, level: Level) -> str:
    chosen = made.random.sample(SETTABLE[table], made.random.randint(1, len(SETTABLE[table])))
    values = []
    for name, type_ in chosen:
        key = name.endswith("_id")
        value = "NULL" if key else made.expression(type_, level, 2)
        values.append(f"{name} = {made.random.choice((value, value, 'DEFAULT'))}")
    return ", ".join(values)


def _update(made: Queries) -> tuple[str, Shown]:
    table, t = made.random.choice(list(SETTABLE)), made.alias()
    mine = _columns(table, t)
    source, where = "", made.condition(Level(mine, (), 1), 1)
    others: tuple[Column, ...] = ()
    if made.random.random() < 0.5:
        item, others, on = _source(made, _number(made, table, t))
        source, where = f" FROM {item}", f"{on} AND {where}"
        if made.random.random() < 0.4:
            y = made.alias()
            source += f" LEFT JOIN people {y} ON {y}.id = {others[0].sql}"
            others = (*others, Column(f"{y}.name", "text"), Column(f"{y}.nick", "text"))
    level = Level((*mine, *others), (), 0)
    returned, shown = _returned(made, table, t, level)
    changed = _assignments(made, table, level)
    return f"UPDATE {table} {t} SET {changed}{source} WHERE {where}{returned}", shown


def _delete(made: Queries) -> tuple[str, Shown]:
    table, t = made.random.choice(("notes", "starred_notes", "counters")), made.alias()
    mine = _columns(table, t)
    source, where = "", made.condition(Level(mine, (), 1), 1)
    others: tuple[Column, ...] = ()
    if made.random.random() < 0.5:
        item, others, on = _source(made, _number(made, table, t))
        source, where = f" USING {item}", f"{on} AND {where}"
    returned, shown = _returned(made, table, t, Level((*mine, *others), (), 0))
    return f"DELETE FROM {table} {t}{source} WHERE {where}{returned}", shown


def _insert(made: Queries) -> tuple[str, Shown]:
    table = made.random.choice(("notes", "starred_notes", "counters"))
    first, second = ("id", "label") if table == "counters" else ("stars", "line")
    rows = made.select(1, ()).sql
    if table == "counters":
        q = made.alias()
        rows = f"SELECT DISTINCT ON ({q}.a) coalesce({q}.a, 0), {q}.b FROM ({rows}) {q}"
        rows = made.random.choice((rows, f"SELECT {made.random.randint(1, 5)}, 'a'"))
    level = Level(_columns(table, table), (), 0)
    conflict = ""
    if table == "counters":
        where = made.random.choice(("", f" WHERE {made.condition(level, 1)}"))
        conflict = made.random.choice((
            " ON CONFLICT DO NOTHING",
            f" ON CONFLICT (id) DO UPDATE SET {_assignments(made, table, level)}{where}",
        ))  # fmt: skip
    returned, shown = _returned(made, table, table, level)
    return f"INSERT INTO {table} ({first}, {second}) {rows}{conflict}{returned}", shown


def _merge(made: Queries) -> tuple[str, Shown]:
    """Several WHEN of a kind, some of which do nothing, on a table or a view."""
    table, t = made.random.choice(("counters", "notes", "starred_notes", "tasks")), made.alias()
    mine = _columns(table, t)
    s = made.alias()
    theirs = (Column(f"{s}.a", "int"), Column(f"{s}.b", "text"))
    q = made.alias()
    source = f"(SELECT DISTINCT ON ({q}.a) {q}.a, {q}.b FROM ({made.select(1, ()).sql}) {q}) {s}"
    both, only, own = (Level(each, (), 0) for each in ((*mine, *theirs), theirs, mine))
    whens = []
    for _ in range(made.random.randint(1, 3)):
        kind = made.random.choice(("MATCHED", "MATCHED", "NOT MATCHED", "NOT MATCHED BY SOURCE"))
        level = {"MATCHED": both, "NOT MATCHED": only}.get(kind, own)
        test = f" AND {made.condition(level, 1)}" if made.random.random() < 0.7 else ""
        acts = [f"UPDATE SET {_assignments(made, table, level)}", "DO NOTHING"]
        acts += ["DELETE"] if table != "tasks" else []
        if kind == "NOT MATCHED":
            acts = ["DO NOTHING"]
            if table == "counters":
                text = made.expression("text", only, 2)
                acts = [f"INSERT (id, label) VALUES (coalesce({s}.a, 0), {text})", "DO NOTHING"]
            elif table != "tasks":
                acts = [f"INSERT (stars, line) VALUES ({s}.a, {made.expression('text', only, 2)})"]
        whens.append((kind, test, f"WHEN {kind}{test} THEN {made.random.choice(acts)}"))
    # What follows a WHEN of its kind without a condition is never reached, which is refused.
    whens.sort(key=lambda each: not each[1])
    seen: set[str] = set()
    kept = []
    for kind, test, text in whens:
        if kind not in seen:
            kept.append(text)
        seen |= {kind} if not test else set()
    key = _number(made, table, t)
    on = f"{key} = {s}.a" + (
        f" AND {made.condition(both, 1)}" if made.random.random() < 0.3 else ""
    )
    returned, shown = _returned(made, table, t, both)
    return f"MERGE INTO {table} {t} USING {source} ON {on} {' '.join(kept)}{returned}", shown
