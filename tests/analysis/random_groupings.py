"""Random queries with GROUP BY, aggregates of several levels, windows and subqueries."""

from __future__ import annotations

import random

COLUMNS = {
    "rider": ["id", "nick", "size", "tiny", "mood", "born", "balance", "tags", "doc", "active"],
    "race": ["id", "rider_id", "name", "run_on", "distance", "place", "notes"],
    "lap": ["race_id", "number", "seconds"],
}
Level = list[tuple[str, str]]
"""The FROM items of a query level: what they are called and which table they are."""


class GroupingWriter:
    """Writes one query after another from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._aliases = 0

    def query(self, depth: int) -> str:
        """A query over one or two of the tables."""
        self._aliases = 0
        return self._select([], depth, None)

    def _some(self, *choices: str) -> str:
        return self._random.choice(choices)

    def _column(self, levels: list[Level]) -> str:
        inner = self._random.random() < 0.8
        alias, table = self._random.choice(levels[-1] if inner else self._random.choice(levels))
        column = self._random.choice(COLUMNS[table])
        return f"{alias}.{column}" if self._random.random() < 0.7 else column

    def _expression(self, levels: list[Level], depth: int, *, calls: bool = True) -> str:
        column = self._column(levels)
        forms = [column, column, self._some("1", "'a'", "2.5"), f"{column}::text"]
        if calls:
            forms += [self._aggregate(levels), self._aggregate(levels)]
        if depth > 0:
            inner = self._expression(levels, depth - 1, calls=calls)
            forms += [
                f"coalesce({column}, {inner})",
                f"{column} {self._some('+', '=', '||')} {inner}",
                f"CASE WHEN {inner} IS NULL THEN {column} END",
            ]
        if depth > 0 and calls:
            forms += [
                f"({self._select(levels, depth - 1, 1)})",
                f"EXISTS ({self._select(levels, depth - 1, None)})",
                f"{column} IN ({self._select(levels, depth - 1, 1)})",
                f"grouping({column})",
                self._window(levels),
            ]
        return self._random.choice(forms)

    def _aggregate(self, levels: list[Level]) -> str:
        if self._random.random() < 0.3:
            return "count(*)"
        name = self._some("count", "max", "sum", "array_agg")
        distinct = self._some("", "", "DISTINCT ")
        order = self._some("", "", f" ORDER BY {self._column(levels)}")
        kept = self._some("", "", f" FILTER (WHERE {self._column(levels)} IS NULL)")
        return f"{name}({distinct}{self._column(levels)}{order}){kept}"

    def _window(self, levels: list[Level]) -> str:
        partition = self._some("", f"PARTITION BY {self._expression(levels, 0)} ")
        order = self._some("", f"ORDER BY {self._expression(levels, 0)}")
        return f"{self._some('rank()', 'sum(1)', 'row_number()')} OVER ({partition}{order})"

    def _from(self) -> tuple[Level, str]:
        level: Level = []
        items: list[str] = []
        for _ in range(self._random.choice([1, 1, 2])):
            self._aliases += 1
            table = self._random.choice(list(COLUMNS))
            level.append((f"t{self._aliases}", table))
            items.append(f"{table} t{self._aliases}")
        if len(items) == 1:
            return level, items[0]
        shared = [each for each in COLUMNS[level[0][1]] if each in COLUMNS[level[1][1]]]
        join = self._some("JOIN", "LEFT JOIN", "FULL JOIN")
        condition = f"USING ({shared[0]})" if shared else "ON true"
        return level, f"{items[0]} {join} {items[1]} {condition}"

    def _group_by(self, keys: list[str]) -> str:
        written = ", ".join(keys)
        return self._some(
            f" GROUP BY {written}",
            f" GROUP BY {written}",
            f" GROUP BY {written}",
            f" GROUP BY ROLLUP ({written})",
            f" GROUP BY CUBE ({written})",
            f" GROUP BY GROUPING SETS (({written}), ({keys[0]}))",
            " GROUP BY 1",
        )

    def _shown(self, levels: list[Level], depth: int, keys: list[str]) -> str:
        if not keys or self._random.random() < 0.35:
            return self._expression(levels, depth)
        key = self._random.choice(keys)
        return self._some(
            key,
            key,
            f"{key}::text",
            f"max({key})",
            f"(SELECT {key})",
            f"grouping({key})",
            f"count(*) FILTER (WHERE {key} IS NULL)",
            f"rank() OVER (ORDER BY {key})",
        )

    def _select(self, outer: list[Level], depth: int, columns: int | None) -> str:
        level, tables = self._from()
        levels = [*outer, level]
        keys: list[str] = []
        if self._random.random() < 0.6:
            count = self._random.randint(1, 2)
            keys = [
                self._expression(levels, self._random.randint(0, 1), calls=False)
                for _ in range(count)
            ]
        count = columns or self._random.randint(1, 3)
        shown = [self._shown(levels, depth, keys) for _ in range(count)]
        query = f"SELECT {self._some('', '', '', 'DISTINCT ')}{', '.join(shown)} FROM {tables}"
        if self._random.random() < 0.3:
            query += f" WHERE {self._expression(levels, depth, calls=False)} IS NOT NULL"
        if keys:
            query += self._group_by(keys)
        if self._random.random() < 0.3:
            query += f" HAVING {self._expression(levels, depth)} IS NULL"
        if self._random.random() < 0.3:
            query += f" ORDER BY {self._some('1', shown[0], 'count(*)')}"
        return query
