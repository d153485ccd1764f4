"""Random queries over the schema of this folder: joins, conditions, groups, windows, subqueries.

Every expression is of a type the generator knows, so that nearly all queries are ones PostgreSQL
accepts. They look at NULLs from all sides rather than at what anybody would want to know.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from random_parts import CONSTANTS, TABLES, Column, Item, Level, Select
from random_writes import merge, upsert, write, written_pair


@dataclass
class Queries:
    """Makes queries; `random` decides everything."""

    random: Random
    _aliases: int = 0

    def query(self) -> str:
        """A statement: mostly a SELECT, sometimes with a CTE, sometimes a write or a look-up."""
        kind = self.random.random()
        if kind < 0.12:
            return self.random.choice((write, write, merge, upsert))(self)
        if kind < 0.16:
            return self._lookup()
        if kind < 0.22:
            left, right = self.select(2, ()).sql, self.select(2, ()).sql
            return f"({left}) {self._set_operator()} ({right})"
        if kind < 0.34:
            name = self.alias()
            columns = (Column(f"{name}.a", "int"), Column(f"{name}.b", "text"))
            outer = self.select(2, (), extra=(Item(name, columns, name),))
            return f"{self._common_table(name, columns)} {outer.sql}"
        return self.select(3, ()).sql

    # Queries

    def _common_table(self, name: str, columns: tuple[Column, ...]) -> str:
        """A CTE with the columns `a` and `b`: a query, one that goes on from its rows, a write."""
        kind = self.random.random()
        if kind < 0.2:
            return f"WITH {name} AS ({written_pair(self)})"
        first = self.select(2, ()).sql
        if kind < 0.45:
            again = self.expression("text", Level(columns, (), 0), 2)
            step = f"SELECT {name}.a + 1, {again} FROM {name} WHERE {name}.a BETWEEN 0 AND 2"
            return f"WITH RECURSIVE {name} (a, b) AS (({first}) UNION ALL {step})"
        if kind < 0.6:
            return f"WITH {name} AS (({first}) UNION ALL ({self.select(1, ()).sql}))"
        return f"WITH {name} AS ({first})"

    def _lookup(self) -> str:
        """By a key, with another table joined, so that few rows are there to come."""
        table = self.random.choice(("people", "teams", "tasks", "bookings", "counters"))
        other = self.random.choice(("people", "teams", "tasks"))
        columns = tuple(
            Column(f"{alias}.{each}", type_)
            for alias, name in (("x", table), ("y", other))
            for each, type_ in TABLES[name].items()
        )
        level = Level(columns, (), 0)
        join = self.random.choice(("JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN"))
        ours = self.random.choice([each for each, type_ in TABLES[table].items() if type_ == "int"])
        theirs = self.random.choice(("id", "id", *(["team_id"] if other == "tasks" else [])))
        key = self.random.choice(("x.id = 1", "x.id = 1", "y.id = 2", f"x.id = 1 AND {ours} > 0"))
        where = key.replace(f" {ours} ", f" x.{ours} ")
        a, b = self.expression("int", level, 2), self.expression("text", level, 2)
        end = self.random.choice(("", "", " LIMIT 1", f" GROUP BY x.id, {a}, {b}"))
        return (
            f"SELECT {a} AS a, {b} AS b FROM {table} x {join} {other} y ON y.{theirs} = x.{ours} "
            f"WHERE {where}{end}"
        )

    def _set_operator(self) -> str:
        return self.random.choice(
            ("UNION", "UNION ALL", "INTERSECT", "INTERSECT ALL", "EXCEPT", "EXCEPT ALL")
        )

    def select(self, depth: int, outer: tuple[Column, ...], extra: tuple[Item, ...] = ()) -> Select:
        """A SELECT with the columns `a` (int) and `b` (text)."""
        source, columns = self._from(depth, outer, extra)
        level = Level(columns, outer, depth)
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
        return Select(sql, (Column("a", "int"), Column("b", "text")))

    def _grouped(self, level: Level) -> tuple[Level, str]:
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
        self, depth: int, outer: tuple[Column, ...], extra: tuple[Item, ...]
    ) -> tuple[str, tuple[Column, ...]]:
        tree = self._item(depth, outer, extra)
        for _ in range(self.random.choice((0, 0, 1, 1, 2, 3))):
            tree = self._joined(tree, depth, outer, extra)
        return tree.sql, tree.columns

    def _joined(
        self, left: Item, depth: int, outer: tuple[Column, ...], extra: tuple[Item, ...]
    ) -> Item:
        kind = self.random.choice(("JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN"))
        lateral = kind in ("JOIN", "LEFT JOIN") and self.random.random() < 0.2 and depth > 0
        if lateral and self.random.random() < 0.4:
            right = self._set_item(left)
        elif lateral:
            inner = self.select(depth - 1, (*outer, *left.columns))
            name = self.alias()
            right = Item(
                f"LATERAL ({inner.sql}) {name}",
                tuple(Column(f"{name}.{each.sql}", each.type) for each in inner.columns),
                name,
            )
        else:
            right = self._item(depth, outer, extra)
            if self.random.random() < 0.15:
                nested = self._joined(right, depth, outer, ())
                right = Item(f"({nested.sql})", nested.columns, "")
        columns = (*left.columns, *right.columns)
        on = self._join_condition(kind, left, right, Level(columns, outer, 0))
        return Item(f"{left.sql} {kind} {right.sql} ON {on}", columns, "")

    def _set_item(self, left: Item) -> Item:
        """A set that is made from columns of the other side."""
        name = self.alias()
        numbers, texts = (
            [each.sql for each in left.columns if each.type == type_] or [CONSTANTS[type_][0]]
            for type_ in ("int", "text")
        )
        x, y = self.random.choice(numbers), self.random.choice(numbers)
        text = self.random.choice(texts)
        call, type_ = self.random.choice((
            (f"unnest(ARRAY[{x}, {y}])", "int"),
            (f"unnest(ARRAY[{x}, 1])", "int"),
            (f"generate_series({x} % 3, 2)", "int"),
            (f"string_to_table({text}, 'b')", "text"),
            (f"unnest(string_to_array({text}, 'b'))", "text"),
        ))  # fmt: skip
        columns = (Column(f"{name}.u", type_), Column(f"{name}.n::int", "int"))
        return Item(f"LATERAL {call} WITH ORDINALITY AS {name} (u, n)", columns, name)

    def _join_condition(self, kind: str, left: Item, right: Item, level: Level) -> str:
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

    def _item(self, depth: int, outer: tuple[Column, ...], extra: tuple[Item, ...]) -> Item:
        if extra and self.random.random() < 0.5:
            chosen = self.random.choice(extra)
            name = self.alias()
            columns = tuple(
                Column(f"{name}.{each.sql.rpartition('.')[2]}", each.type)
                for each in chosen.columns
            )
            return Item(f"{chosen.sql} {name}", columns, name)
        name = self.alias()
        if depth > 0 and self.random.random() < 0.2:
            inner = self.select(depth - 1, ())
            columns = tuple(Column(f"{name}.{each.sql}", each.type) for each in inner.columns)
            return Item(f"({inner.sql}) {name}", columns, name)
        table = self.random.choice(list(TABLES))
        columns = tuple(Column(f"{name}.{each}", type_) for each, type_ in TABLES[table].items())
        return Item(f"{table} {name}", columns, name)

    def alias(self) -> str:
        """A name that the query has not used."""
        self._aliases += 1
        return f"t{self._aliases}"

    # Conditions

    def condition(self, level: Level, depth: int) -> str:
        """A boolean expression of the kinds that say something of NULLs."""
        pick = self.random.random()
        if depth > 0 and pick < 0.35:
            word = self.random.choice(("AND", "OR"))
            return f"({self.condition(level, depth - 1)} {word} {self.condition(level, depth - 1)})"
        if depth > 0 and pick < 0.45:
            return f"NOT ({self.condition(level, depth - 1)})"
        return self._atom(level, depth)

    def _atom(self, level: Level, depth: int) -> str:
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

    def _subquery_conditions(self, x: str, kind: str, level: Level) -> list[str]:
        inner = self.select(0, level.columns).sql
        column = "a" if kind == "int" else "b"
        one = f"(SELECT s.{column} FROM ({inner}) s)"
        return [
            f"EXISTS ({inner})", f"NOT EXISTS ({inner})", f"{x} IN {one}", f"{x} NOT IN {one}",
            f"{x} = ANY {one}", f"{x} <> ALL {one}",
        ]  # fmt: skip

    # Expressions

    def expression(self, type_: str, level: Level, depth: int) -> str:
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

    def _typed_forms(self, type_: str, x: str, y: str, level: Level) -> list[str]:
        if type_ == "int":
            text = self._leaf("text", level)
            return [f"({x} + {y})", f"length({text})", f"num_nulls({x}, {y})", f"abs({x})"]
        number = self._leaf("int", level)
        return [
            f"({x} || {y})", f"concat({x}, {y})", f"upper({x})", f"substring({x} FROM 'b')",
            f"({number})::text", f"concat_ws({x}, {y}, 'x')",
        ]  # fmt: skip

    def _scalar_subquery(self, type_: str, level: Level) -> str:
        inner = self.select(0, level.columns)
        column = "a" if type_ == "int" else "b"
        form = self.random.choice(
            (f"SELECT max(s.{column}) FROM ({{}}) s", f"SELECT s.{column} FROM ({{}}) s LIMIT 1")
        )
        return f"({form.format(inner.sql)})"

    def _aggregate(self, type_: str, level: Level) -> str:
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

    def _window(self, type_: str, level: Level) -> str:
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

    def _leaf(self, type_: str, level: Level) -> str:
        usable = [column.sql for column in level.visible if column.type == type_]
        if usable and self.random.random() < 0.75:
            return self.random.choice(usable)
        return self.random.choice(CONSTANTS[type_])
