"""Random queries over the schema of this folder: joins, conditions, groups, windows, subqueries.

Every expression is of a type the generator knows, so that nearly all queries are ones PostgreSQL
accepts. They look at NULLs from all sides rather than at what anybody would want to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

TABLES: dict[str, dict[str, str]] = {
    "people": {"id": "int", "name": "text", "nick": "text", "boss_id": "int", "active": "bool"},
    "teams": {"id": "int", "title": "text", "lead_id": "int", "deputy_id": "int", "mascot": "text"},
    "members": {"team_id": "int", "person_id": "int"},
    "tasks": {"id": "int", "team_id": "int", "title": "text", "body": "text", "points": "int",
              "done": "bool", "parent_id": "int"},
    "notes": {"task_id": "int", "author_id": "int", "line": "text", "stars": "int"},
    "nicked_people": {"id": "int", "name": "text", "nick": "text"},
    "team_heads": {"id": "int", "title": "text", "head": "text", "deputy": "text"},
    "team_points": {"team_id": "int", "tasks": "int", "points": "int"},
}  # fmt: skip

CONSTANTS = {
    "int": ("0", "1", "2", "3", "NULL::int", "sqlc.narg(n)::int", "sqlc.arg(m)::int"),
    "text": ("'a'::text", "''::text", "'abc'::text", "NULL::text", "sqlc.narg(s)::text"),
    "bool": ("true", "false", "NULL::bool"),
}
TYPES = ("int", "text", "bool")


@dataclass(frozen=True)
class Column:
    """Something that can be referred to, of a type."""

    sql: str
    type: str


@dataclass
class Queries:
    """Makes queries; `random` decides everything."""

    random: Random
    _aliases: int = 0

    def query(self) -> str:
        """A statement: mostly a SELECT, sometimes with a CTE, sometimes a write."""
        kind = self.random.random()
        if kind < 0.12:
            return self._write()
        if kind < 0.22:
            left, right = self._select(2, ()).sql, self._select(2, ()).sql
            return f"({left}) {self._set_operator()} ({right})"
        if kind < 0.34:
            inner = self._select(2, ())
            name = self._alias()
            columns = [Column(f"{name}.{column.sql}", column.type) for column in inner.columns]
            outer = self._select(2, (), extra=(_Item(name, tuple(columns), name),))
            return f"WITH {name} AS ({inner.sql}) {outer.sql}"
        return self._select(3, ()).sql

    # Queries

    def _set_operator(self) -> str:
        return self.random.choice(
            ("UNION", "UNION ALL", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL")
        )

    def _select(
        self, depth: int, outer: tuple[Column, ...], extra: tuple[_Item, ...] = ()
    ) -> _Select:
        """A SELECT with the columns `a` (int) and `b` (text)."""
        source, columns = self._from(depth, outer, extra)
        level = _Level(columns, outer, depth)
        where = f" WHERE {self.condition(level, 2)}" if self.random.random() < 0.6 else ""
        tail = ""
        if self.random.random() < 0.3:
            level, tail = self._grouped(level)
        elif self.random.random() < 0.25:
            level = replace(level, windowed=True)
        a, b = self.expression("int", level, 3), self.expression("text", level, 3)
        if self.random.random() < 0.1:
            tail += f" LIMIT {self.random.choice(('1', '5'))}"
        sql = f"SELECT {a} AS a, {b} AS b FROM {source}{where}{tail}"
        return _Select(sql, (Column("a", "int"), Column("b", "text")))

    def _grouped(self, level: _Level) -> tuple[_Level, str]:
        count = self.random.randint(0, min(3, len(level.columns)))
        keys = tuple(self.random.sample(level.columns, count))
        inside = replace(level, columns=level.columns, grouped=keys)
        listed = ", ".join(key.sql for key in keys)
        groups = ""
        if keys:
            form = self.random.choice(
                ("{}", "{}", "{}", "ROLLUP ({})", "CUBE ({})", "GROUPING SETS (({}))",
                 f"GROUPING SETS (({keys[0].sql}), ({{}}))", "GROUPING SETS (({}), ())")
            )  # fmt: skip
            groups = f" GROUP BY {form.format(listed)}"
        having = f" HAVING {self.condition(inside, 1)}" if self.random.random() < 0.3 else ""
        return inside, groups + having

    # FROM

    def _from(
        self, depth: int, outer: tuple[Column, ...], extra: tuple[_Item, ...]
    ) -> tuple[str, tuple[Column, ...]]:
        tree = self._item(depth, outer, extra)
        for _ in range(self.random.choice((0, 0, 1, 1, 2, 3))):
            tree = self._joined(tree, depth, outer, extra)
        return tree.sql, tree.columns

    def _joined(
        self, left: _Item, depth: int, outer: tuple[Column, ...], extra: tuple[_Item, ...]
    ) -> _Item:
        kind = self.random.choice(("JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"))
        lateral = kind in ("JOIN", "LEFT JOIN") and self.random.random() < 0.15 and depth > 0
        if lateral:
            inner = self._select(depth - 1, (*outer, *left.columns))
            name = self._alias()
            right = _Item(
                f"LATERAL ({inner.sql}) {name}",
                tuple(Column(f"{name}.{each.sql}", each.type) for each in inner.columns),
                name,
            )
        else:
            right = self._item(depth, outer, extra)
            if self.random.random() < 0.15:
                nested = self._joined(right, depth, outer, ())
                right = _Item(f"({nested.sql})", nested.columns, "")
        columns = (*left.columns, *right.columns)
        on = self._join_condition(kind, left, right, _Level(columns, outer, 0))
        return _Item(f"{left.sql} {kind} {right.sql} ON {on}", columns, "")

    def _join_condition(self, kind: str, left: _Item, right: _Item, level: _Level) -> str:
        ints = [
            [column.sql for column in side.columns if column.type == "int"]
            for side in (left, right)
        ]
        equal = f"{self.random.choice(ints[0])} = {self.random.choice(ints[1])}"
        if kind == "FULL JOIN" or self.random.random() < 0.6:
            return equal
        if self.random.random() < 0.2:
            return "true"
        return f"{equal} {self.random.choice(('AND', 'OR'))} {self.condition(level, 1)}"

    def _item(self, depth: int, outer: tuple[Column, ...], extra: tuple[_Item, ...]) -> _Item:
        if extra and self.random.random() < 0.5:
            chosen = self.random.choice(extra)
            name = self._alias()
            columns = tuple(
                Column(f"{name}.{each.sql.rpartition('.')[2]}", each.type)
                for each in chosen.columns
            )
            return _Item(f"{chosen.sql} {name}", columns, name)
        name = self._alias()
        if depth > 0 and self.random.random() < 0.2:
            inner = self._select(depth - 1, ())
            columns = tuple(Column(f"{name}.{each.sql}", each.type) for each in inner.columns)
            return _Item(f"({inner.sql}) {name}", columns, name)
        table = self.random.choice(list(TABLES))
        columns = tuple(Column(f"{name}.{each}", type_) for each, type_ in TABLES[table].items())
        return _Item(f"{table} {name}", columns, name)

    def _alias(self) -> str:
        self._aliases += 1
        return f"t{self._aliases}"

    # Writes

    def _write(self) -> str:
        table = self.random.choice(("notes", "tasks", "teams"))
        columns = tuple(Column(f"{table}.{each}", type_) for each, type_ in TABLES[table].items())
        level = _Level(columns, (), 1)
        where = f" WHERE {self.condition(level, 2)}"
        returned = self.random.choice(("", "old.", "new."))
        shown = ", ".join(
            f"{returned}{each} AS {each}" for each in TABLES[table] if each not in ("id",)
        )
        if self.random.random() < 0.35:
            return f"DELETE FROM notes{self._where_of('notes')} RETURNING stars AS a, line AS b"
        if self.random.random() < 0.3:
            a, b = (
                self.expression("int", _Level((), (), 0), 2),
                self.expression("text", _Level((), (), 0), 2),
            )
            return (
                f"INSERT INTO notes (stars, line) VALUES ({a}, {b}) RETURNING stars, line, task_id"
            )
        nullable = {
            "notes": ("stars", "line"),
            "tasks": ("points", "body"),
            "teams": ("deputy_id", "mascot"),
        }
        a, b = nullable[table]
        value = "NULL" if table == "teams" else self.expression("int", level, 2)
        changed = f"{a} = {value}, {b} = {self.expression('text', level, 2)}"
        return f"UPDATE {table} SET {changed}{where} RETURNING {shown}"

    def _where_of(self, table: str) -> str:
        columns = tuple(Column(f"{table}.{each}", type_) for each, type_ in TABLES[table].items())
        return f" WHERE {self.condition(_Level(columns, (), 1), 2)}"

    # Conditions

    def condition(self, level: _Level, depth: int) -> str:
        """A boolean expression of the kinds that say something of NULLs."""
        pick = self.random.random()
        if depth > 0 and pick < 0.35:
            word = self.random.choice(("AND", "OR"))
            return f"({self.condition(level, depth - 1)} {word} {self.condition(level, depth - 1)})"
        if depth > 0 and pick < 0.45:
            return f"NOT ({self.condition(level, depth - 1)})"
        return self._atom(level, depth)

    def _atom(self, level: _Level, depth: int) -> str:
        kind = self.random.choice(("int", "text"))
        x = self.expression(kind, level, depth)
        y = self.expression(kind, level, depth)
        literals = CONSTANTS[kind][:3]
        forms = [
            f"{x} = {y}", f"{x} <> {y}", f"{x} < {y}", f"{x} IS NULL", f"{x} IS NOT NULL",
            f"{x} IS NOT NULL", f"{x} IS DISTINCT FROM {y}", f"{x} IS NOT DISTINCT FROM {y}",
            f"{x} IN ({', '.join(literals)})", f"{x} NOT IN ({', '.join(literals)})",
            f"{x} IN ({literals[0]}, {y})", f"{x} BETWEEN {literals[0]} AND {y}",
            f"({x} = {y}) IS TRUE", f"({x} = {y}) IS NOT FALSE", f"({x} = {y}) IS UNKNOWN",
            f"({x} < {y}) IS NOT UNKNOWN", f"({x}, {y}) = ({y}, {literals[1]})",
            f"({x}, {y}) < ({literals[1]}, {y})", f"coalesce({x} = {y}, false)",
            f"coalesce({x} = {y}, true)", f"{x} = ANY (ARRAY[{y}, {literals[0]}])",
            f"{x} <> ALL ('{{}}'::{kind}[])", f"nullif({x}, {literals[0]}) IS NOT NULL",
            f"CASE WHEN {x} IS NULL THEN {y} IS NULL ELSE {x} = {literals[1]} END",
            *(column.sql for column in level.visible if column.type == "bool"),
        ]  # fmt: skip
        if level.depth > 0 and not level.grouped_at_all and self.random.random() < 0.25:
            return self.random.choice(self._subquery_conditions(x, kind, level))
        return self.random.choice(forms)

    def _subquery_conditions(self, x: str, kind: str, level: _Level) -> list[str]:
        inner = self._select(0, level.columns).sql
        column = "a" if kind == "int" else "b"
        one = f"(SELECT s.{column} FROM ({inner}) s)"
        return [
            f"EXISTS ({inner})", f"NOT EXISTS ({inner})", f"{x} IN {one}", f"{x} NOT IN {one}",
            f"{x} = ANY {one}", f"{x} <> ALL {one}",
        ]  # fmt: skip

    # Expressions

    def expression(self, type_: str, level: _Level, depth: int) -> str:
        """An expression of the type over what the level shows."""
        if depth <= 0 or self.random.random() < 0.3:
            return self._leaf(type_, level)
        if level.grouped_at_all and self.random.random() < 0.5:
            return self._aggregate(type_, level)
        if level.windowed and self.random.random() < 0.3:
            return self._window(type_, level)
        x, y = (self.expression(type_, level, depth - 1) for _ in range(2))
        condition = self.condition(level, 1)
        forms = [
            f"coalesce({x}, {y})", f"nullif({x}, {y})", f"greatest({x}, {y})",
            f"CASE WHEN {condition} THEN {x} ELSE {y} END", f"CASE WHEN {condition} THEN {x} END",
            f"CASE WHEN {x} IS NULL THEN {y} ELSE {x} END",
            f"CASE WHEN {condition} THEN {x} WHEN {y} IS NOT NULL THEN {y} ELSE {x} END",
            f"CASE {x} WHEN {y} THEN {x} ELSE {y} END", f"(ARRAY[{x}, {y}])[1]",
        ]  # fmt: skip
        forms += self._typed_forms(type_, x, y, level)
        if level.depth > 0 and not level.grouped_at_all and self.random.random() < 0.3:
            return self._scalar_subquery(type_, level)
        return self.random.choice(forms)

    def _typed_forms(self, type_: str, x: str, y: str, level: _Level) -> list[str]:
        if type_ == "int":
            text = self._leaf("text", level)
            return [f"({x} + {y})", f"length({text})", f"num_nulls({x}, {y})", f"abs({x})"]
        number = self._leaf("int", level)
        return [
            f"({x} || {y})", f"concat({x}, {y})", f"upper({x})", f"substring({x} FROM 'b')",
            f"({number})::text", f"concat_ws({x}, {y}, 'x')",
        ]  # fmt: skip

    def _scalar_subquery(self, type_: str, level: _Level) -> str:
        inner = self._select(0, level.columns)
        column = "a" if type_ == "int" else "b"
        form = self.random.choice(
            (f"SELECT max(s.{column}) FROM ({{}}) s", f"SELECT s.{column} FROM ({{}}) s LIMIT 1")
        )
        return f"({form.format(inner.sql)})"

    def _aggregate(self, type_: str, level: _Level) -> str:
        # An outer column alone would make it an aggregate of the outer query.
        rows = replace(level, outer=(), grouped=None, windowed=False)
        value = self.expression(type_, rows, 1)
        filter_ = f" FILTER (WHERE {self.condition(rows, 1)})" if self.random.random() < 0.2 else ""
        forms = [("max({})", ""), ("min({})", ""), ("any_value({})", "")]
        if type_ == "int":
            forms += [("count({})", "::int"), ("count(*)", "::int"), ("sum({})", "::int")]
        else:
            forms += [("string_agg({}, ',')", ""), ("array_agg({})", "::text")]
        call, cast = self.random.choice(forms)
        return f"({call.format(value)}{filter_}){cast}"

    def _window(self, type_: str, level: _Level) -> str:
        plain = replace(level, windowed=False)
        value = self.expression(type_, plain, 1)
        order = self.random.choice([column.sql for column in level.columns])
        window = self.random.choice(
            ("", f"ORDER BY {order}", f"PARTITION BY {order}",
             f"ORDER BY {order} ROWS BETWEEN 1 PRECEDING AND 1 PRECEDING",
             f"ORDER BY {order} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
             f"ORDER BY {order} ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW")
        )  # fmt: skip
        constant = CONSTANTS[type_][0]
        forms = ["max({0})", "first_value({0})", "last_value({0})", "lag({0})", "lead({0}, 1, {1})",
                 "nth_value({0}, 1)", "min({0})"]  # fmt: skip
        return f"{self.random.choice(forms).format(value, constant)} OVER ({window})"

    def _leaf(self, type_: str, level: _Level) -> str:
        usable = [column.sql for column in level.visible if column.type == type_]
        if usable and self.random.random() < 0.75:
            return self.random.choice(usable)
        return self.random.choice(CONSTANTS[type_])


@dataclass(frozen=True)
class _Item:
    """Something in FROM and its columns."""

    sql: str
    columns: tuple[Column, ...]
    name: str


@dataclass(frozen=True)
class _Select:
    sql: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class _Level:
    """What expressions of a query level see; `grouped` are its keys where it has groups."""

    columns: tuple[Column, ...]
    outer: tuple[Column, ...]
    depth: int
    grouped: Sequence[Column] | None = field(default=None)
    windowed: bool = False

    @property
    def grouped_at_all(self) -> bool:
        return self.grouped is not None

    @property
    def visible(self) -> tuple[Column, ...]:
        own = self.columns if self.grouped is None else tuple(self.grouped)
        return (*own, *self.outer)
