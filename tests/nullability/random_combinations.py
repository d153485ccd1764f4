"""Random queries that put together what `random_queries` has one by one, and more: rows told apart
by DISTINCT and numbers, chains of CTEs, set operations below joins, whole rows, stand-ins for NULL,
keys that are fixed in every way, and writes that join, through views too."""

from __future__ import annotations

from random_changes import change
from random_keys import keyed
from random_parts import CONSTANTS, TABLES, Column, Item, Level, Select
from random_queries import Queries

MORE_TABLES: dict[str, dict[str, str]] = TABLES | {
    "animals": {"id": "int", "name": "text"},
    "ONLY animals": {"id": "int", "name": "text"},
    "dogs": {"id": "int", "name": "text", "breed": "text"},
    "stock": {"sku": "text", "quantity": "int", "reserved": "int"},
    "ledger": {"id": "int", "entry": "text", "memo": "text"},
    "ledger_lines": {"id": "int", "entry": "text", "memo": "text"},
    "lockers": {"room": "int", "number": "int", "holder": "text"},
    "shelves": {"id": "int", "floor": "int", "load": "int"},
    "promises": {"id": "int", "a": "int", "b": "int", "c": "int"},
    "unkept": {"id": "int", "team_id": "int", "person_id": "int"},
    "relaxed": {"id": "int", "team_id": "int", "person_id": "int"},
    "stubborn": {"id": "int", "follows": "int", "plain": "int"},
    "staff": {"id": "int", "boss_id": "int", "name": "text"},
    "staff_with_boss": {"id": "int", "boss_id": "int", "name": "text", "boss": "text"},
    "sized_tasks": {"id": "int", "title": "text", "body": "text", "points": "int", "words": "text",
                    "size": "text"},
    "summed_tasks": {"team_id": "int", "most": "int", "most_or_none": "int", "last": "text"},
    "followed_tasks": {"id": "int", "points": "int", "before": "int", "before_or_none": "int"},
    "plots": {"owner_id": "int", "id": "int", "loose_id": "int"},
    "plants": {"id": "int", "owner_id": "int", "plot_id": "int"},
    "seeds": {"id": "int", "owner_id": "int", "plot_id": "int"},
    "owners": {"id": "int", "label": "text"},
    "team_list()": {"team": "int", "label": "text", "pet": "text"},
    "(VALUES (1, 'a'), (2, NULL), (NULL, 'b'))": {"column1": "int", "column2": "text"},
    "(VALUES (1, 'a'))": {"column1": "int", "column2": "text"},
}  # fmt: skip


class Combinations(Queries):
    """Makes queries; `random` decides everything."""

    def query(self) -> str:
        kind = self.random.random()
        if kind < 0.2:
            return keyed(self)
        if kind < 0.4:
            return change(self)
        if kind < 0.7:
            return self._chained()
        return self.select(2, ()).sql

    def _chained(self) -> str:
        """CTEs of which each may read those before it."""
        known: list[Item] = []
        texts = []
        for _ in range(self.random.randint(1, 3)):
            name = self.alias()
            word = self.random.choice(("", "", "", "MATERIALIZED ", "NOT MATERIALIZED "))
            texts.append(f"{name} AS {word}({self.select(1, (), tuple(known)).sql})")
            columns = (Column(f"{name}.a", "int"), Column(f"{name}.b", "text"))
            known.append(Item(name, columns, name))
        return f"WITH {', '.join(texts)} {self.select(2, (), tuple(known)).sql}"

    def select(self, depth: int, outer: tuple[Column, ...], extra: tuple[Item, ...] = ()) -> Select:
        pick = self.random.random()
        if depth < 1 or pick < 0.6:
            return super().select(depth, outer, extra)
        columns = (Column("a", "int"), Column("b", "text"))
        inner = super().select(depth - 1, outer, extra).sql
        if pick < 0.7:
            other = super().select(depth - 1, outer, extra).sql
            name = self.alias()
            pair = f"({inner}) {self._set_operator()} ({other})"
            return Select(f"SELECT {name}.a, {name}.b FROM ({pair}) {name}", columns)
        return Select(self._told_apart(inner), columns)

    def _told_apart(self, inner: str) -> str:
        """Some of the rows of a query: different ones, the first of each group, a page."""
        q = self.alias()
        order = self.random.choice((f"{q}.a", f"{q}.b DESC", f"{q}.b NULLS FIRST, {q}.a"))
        key = self.random.choice(("a", "b"))
        number = self.random.choice(("row_number", "row_number", "rank", "dense_rank"))
        over = self.random.choice(("", f"PARTITION BY {q}.{key} "))
        numbered = f"SELECT {q}.*, {number}() OVER ({over}ORDER BY {order}) AS n FROM ({inner}) {q}"
        test = self.random.choice(("= 1", "= 1", "<= 1", "< 2", "= 2", "<= 2", "< 1 + 1"))
        more = self.random.choice(("", f" AND n.{key} IS NOT NULL", " AND n.a = 1"))
        return self.random.choice((
            f"SELECT DISTINCT {q}.a, {q}.b FROM ({inner}) {q}",
            f"SELECT DISTINCT ON ({q}.{key}) {q}.a, {q}.b FROM ({inner}) {q} ORDER BY {q}.{key}",
            f"SELECT {q}.a, {q}.b FROM ({inner}) {q} ORDER BY {order} LIMIT 1",
            f"SELECT {q}.a, {q}.b FROM ({inner}) {q} ORDER BY {order} OFFSET 1",
            f"SELECT {q}.a, {q}.b FROM ({inner}) {q} ORDER BY {order} FETCH FIRST ROW WITH TIES",
            f"SELECT n.a, n.b FROM ({numbered}) n WHERE n.n {test}{more}",
            f"SELECT n.a, n.b FROM ({numbered}) n WHERE n.n {test}{more}",
            f"SELECT {q}.a, max({q}.b) AS b FROM ({inner}) {q} GROUP BY ROLLUP ({q}.a)",
            f"SELECT count({q}.a)::int AS a, max({q}.b) AS b FROM ({inner}) {q}",
        ))  # fmt: skip

    # FROM

    def _item(self, depth: int, outer: tuple[Column, ...], extra: tuple[Item, ...]) -> Item:
        pick = self.random.random()
        if pick < 0.5 or (depth > 0 and pick < 0.6):
            return super()._item(depth, outer, extra)
        table = self.random.choice(list(MORE_TABLES))
        name = self.alias()
        columns = tuple(
            Column(f"{name}.{each}", type_) for each, type_ in MORE_TABLES[table].items()
        )
        sample = ""
        if pick > 0.97 and table in TABLES and table.endswith("s") and "_" not in table:
            sample = " TABLESAMPLE system (50)"
        return Item(f"{table} {name}{sample}", columns, name)

    def _joined(
        self, left: Item, depth: int, outer: tuple[Column, ...], extra: tuple[Item, ...]
    ) -> Item:
        if depth < 1 or self.random.random() < 0.8:
            return super()._joined(left, depth, outer, extra)
        kind, on = self.random.choice((("CROSS JOIN", ""), ("LEFT JOIN", " ON true")))
        inner = self._looked_up(left, depth, outer)
        name = self.alias()
        columns = (Column(f"{name}.a", "int"), Column(f"{name}.b", "text"))
        lateral = f"{left.sql} {kind} LATERAL ({inner}) {name}{on}"
        return Item(lateral, (*left.columns, *columns), "")

    def _looked_up(self, left: Item, depth: int, outer: tuple[Column, ...]) -> str:
        """One row for each of another item: the first, or what they come to together."""
        inner = super().select(depth - 1, (*outer, *left.columns)).sql
        q = self.alias()
        return self.random.choice((
            f"SELECT {q}.a, {q}.b FROM ({inner}) {q} ORDER BY {q}.a LIMIT 1",
            f"SELECT max({q}.a) AS a, min({q}.b) AS b FROM ({inner}) {q}",
            f"SELECT count(*)::int AS a, string_agg({q}.b, ',') AS b FROM ({inner}) {q}",
            f"SELECT max({q}.a) AS a, max({q}.b) AS b FROM ({inner}) {q} HAVING count(*) > 0",
            f"SELECT DISTINCT ON ({q}.a) {q}.a, {q}.b FROM ({inner}) {q}",
        ))  # fmt: skip

    # Conditions

    def _atom(self, level: Level, depth: int) -> str:
        if self.random.random() < 0.7:
            return super()._atom(level, depth)
        number, text = self._leaf("int", level), self._leaf("text", level)
        forms = [
            f"coalesce({text}, '') LIKE 'a%'", f"coalesce({text}, 'a') NOT LIKE 'b%'",
            f"coalesce({text}, '') <> ''", f"length(coalesce({text}, '')) > 0",
            f"coalesce({number}, 0) > 0", f"coalesce({number}, 0) + 1 > 1",
            f"num_nonnulls({number}, {text}) = 2", f"num_nulls({number}, {text}) < 2",
            f"ROW({number}, {text}) IS NOT NULL", f"NOT (ROW({number}, {text}) IS NULL)",
            f"({number} IS NULL) = ({text} IS NULL)", f"({number} IS NULL) <> ({text} IS NULL)",
            f"CASE {text} WHEN 'a' THEN {number} > 0 ELSE {number} IS NOT NULL END",
            f"coalesce({number} > 0, {text} <> 'a')", f"{text} BETWEEN SYMMETRIC 'a' AND {text}",
            f"nullif({number}, 0) > 0", f"greatest({number}, 0) > 0", f"{text} || 'x' IS NOT NULL",
        ]  # fmt: skip
        if not level.grouped_at_all:
            names = {
                each.sql.rpartition(".")[0] for each in level.columns if "::" not in each.sql
            } - {""}
            forms += [f"{name} IS NOT NULL" for name in sorted(names)]
            forms += [f"NOT ({name} IS NULL)" for name in sorted(names)]
        return self.random.choice(forms)

    def expression(self, type_: str, level: Level, depth: int) -> str:
        if depth <= 0 or self.random.random() < 0.85:
            return super().expression(type_, level, depth)
        usable = [each.sql for each in level.visible if each.type == type_]
        x = self.random.choice(usable or CONSTANTS[type_])
        y, z = self._leaf(type_, level), self._leaf(type_, level)
        condition = self.random.choice((f"{x} IS NULL", f"{y} IS NULL", f"{x} = {z}", f"{y} > {z}"))
        return self.random.choice((
            f"CASE WHEN {condition} THEN {y} ELSE {x} END",
            f"CASE WHEN {condition} THEN {x} WHEN {x} IS NULL THEN {y} ELSE {x} END",
            f"CASE WHEN NOT ({condition}) THEN {x} ELSE {y} END",
            f"CASE WHEN {x} IS NOT NULL AND {condition} THEN {x} ELSE {y} END",
            f"CASE {z} WHEN {y} THEN {x} ELSE {y} END", f"CASE {z} WHEN {x} THEN {y} ELSE {x} END",
        ))  # fmt: skip
