"""Random expressions that are right more often than not: operators and functions by their types."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import asyncpg

LITERALS: dict[str, list[str]] = {
    "integer": ["1", "-2", "'3'"],
    "bigint": ["3000000000", "'5'"],
    "smallint": ["'1'"],
    "numeric": ["2.5", "1e2", "'7.1'"],
    "real": ["'1.5'"],
    "double precision": ["'1.5'"],
    "text": ["'a'", "'x'::text"],
    "character varying": ["'a'::varchar(5)"],
    "name": ["'n'"],
    "boolean": ["true", "'f'"],
    "date": ["'2024-01-01'", "current_date"],
    "time without time zone": ["'10:00'"],
    "timestamp without time zone": ["localtimestamp", "'2024-01-01'"],
    "timestamp with time zone": ["now()", "'2024-01-01'"],
    "interval": ["'1 day'", "interval '2 h'"],
    "json": ["'{}'"],
    "jsonb": ["'{}'", "'[1]'"],
    "uuid": ["gen_random_uuid()"],
    "bytea": ["'x'"],
    "inet": ["'1.1.1.1'"],
    "mood": ["'calm'"],
    "int4range": ["'[1,2)'"],
    "text[]": ["'{a}'", "ARRAY['a']"],
    "integer[]": ["ARRAY[1]", "'{1}'"],
}
TYPES = [*LITERALS, "character", "email", "points", "spot", "daterange", "mood[]", "spot[]"]
STANDS_FOR_ANY = frozenset(
    (
        '"any"',
        "anyelement",
        "anynonarray",
        "anycompatible",
        "anycompatiblenonarray",
    )
)
ELEMENTS = ["integer", "text", "numeric", "date", "jsonb", "mood", "timestamp with time zone"]

_FUNCTIONS = """
SELECT proname::text AS name, prokind::text AS kind, format_type(prorettype, NULL) AS result,
       ARRAY(SELECT format_type(each, NULL) FROM unnest(proargtypes::oid[])
             WITH ORDINALITY AS argument(each, at) ORDER BY at) AS arguments,
       provariadic <> 0 AS variadic
FROM pg_proc
WHERE NOT proretset AND pronamespace = 'pg_catalog'::regnamespace
  AND 'internal'::regtype <> ALL (proargtypes::oid[])
  AND 'cstring'::regtype <> ALL (proargtypes::oid[])
  AND proname !~ '^pg_|in$|out$|recv$|send$|sel$|^ri_|^lo_|typmod|xml|cursor|_to_|binary_upgrade'
ORDER BY proname, proargtypes
"""
_OPERATORS = """
SELECT oprname::text AS name, CASE WHEN oprleft <> 0 THEN format_type(oprleft, NULL) END AS left,
       format_type(oprright, NULL) AS right, format_type(oprresult, NULL) AS result
FROM pg_operator ORDER BY oprname, oprleft, oprright
"""
_CASTS = """
SELECT format_type(castsource, NULL) AS source, format_type(casttarget, NULL) AS target,
       castcontext::text AS context
FROM pg_cast ORDER BY castsource, casttarget
"""
_COLUMNS = """
SELECT attname::text AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
WHERE attrelid = 'rider'::regclass AND attnum > 0 ORDER BY attnum
"""

Signature = tuple[str, Sequence[str | None]]


@dataclass
class Vocabulary:
    """What there is to write expressions of a type with, read from the server."""

    columns: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    operators: dict[str, list[Signature]] = field(default_factory=lambda: defaultdict(list))
    functions: dict[str, list[Signature]] = field(default_factory=lambda: defaultdict(list))
    aggregates: dict[str, list[Signature]] = field(default_factory=lambda: defaultdict(list))
    windows: dict[str, list[Signature]] = field(default_factory=lambda: defaultdict(list))
    castable: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    implicit: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


async def read_vocabulary(connection: asyncpg.Connection) -> Vocabulary:
    """Columns of the table `rider`, and the server's operators, functions and casts."""
    words = Vocabulary()
    for row in await connection.fetch(_COLUMNS):
        words.columns[row["type"]].append(row["name"])
    for row in await connection.fetch(_OPERATORS):
        words.operators[row["result"]].append((row["name"], (row["left"], row["right"])))
    for row in await connection.fetch(_CASTS):
        if row["source"] in TYPES:
            words.castable[row["target"]].append(row["source"])
            if row["context"] == "i":
                words.implicit[row["target"]].append(row["source"])
    for row in await connection.fetch(_FUNCTIONS):
        arguments = list(row["arguments"])
        if row["variadic"]:
            arguments[-1] = arguments[-1].removesuffix("[]")
        results = ELEMENTS if row["result"].startswith("any") else [row["result"]]
        for result in results:
            _enter(words, row["kind"], result, (row["name"], arguments))
    return words


def _enter(words: Vocabulary, kind: str, result: str, signature: Signature) -> None:
    if kind == "f":
        words.functions[result].append(signature)
    else:
        words.windows[result].append(signature)
        if kind == "a":
            words.aggregates[result].append(signature)


class Writer:
    """Writes one query after another from a source of random choices."""

    def __init__(self, words: Vocabulary, choices: random.Random) -> None:
        self._words = words
        self._random = choices
        self._parameters = 0
        self._aggregated = False
        self._inside_aggregate = False

    def query(self, depth: int) -> str:
        """A query of one or two expressions over `rider`."""
        self._parameters = 0
        self._aggregated = self._random.random() < 0.15
        shown = [self._of(self._type(), depth) for _ in range(self._random.randint(1, 2))]
        query = f"SELECT {', '.join(shown)} FROM rider"
        if self._aggregated or self._random.random() < 0.6:
            return query
        return f"{query} WHERE {self._of('boolean', depth)}"

    def _type(self) -> str:
        return self._random.choice(TYPES)

    def _parameter(self) -> str:
        if self._parameters and self._random.random() < 0.3:
            return f"${self._random.randint(1, self._parameters)}"
        self._parameters += 1
        return f"${self._parameters}"

    def _leaf(self, wanted: str) -> str:
        chance = self._random.random()
        columns = self._words.columns.get(wanted, [])
        if self._aggregated and not self._inside_aggregate:
            columns = []
        if columns and chance < 0.55:
            return self._random.choice(columns)
        if chance < 0.8 and wanted in LITERALS:
            return self._random.choice(LITERALS[wanted])
        if chance < 0.9:
            return self._parameter()
        return "NULL" if chance < 0.93 else f"{self._parameter()}::{wanted}"

    def _near(self, wanted: str, depth: int) -> str:
        """Mostly of the type, sometimes of one that converts to it, rarely of any."""
        chance = self._random.random()
        if chance < 0.8:
            return self._of(wanted, depth)
        sources = self._words.implicit.get(wanted, [])
        if sources and chance < 0.97:
            return self._of(self._random.choice(sources), depth)
        return self._of(self._type(), depth)

    def _arguments(self, types: Sequence[str | None], depth: int) -> list[str]:
        element = self._random.choice(ELEMENTS)
        return [self._argument(each, element, depth) for each in types if each is not None]

    def _argument(self, declared: str, element: str, depth: int) -> str:
        if declared in STANDS_FOR_ANY:
            return self._near(element, depth)
        if declared in ("anyarray", "anycompatiblearray"):
            return f"ARRAY[{self._near(element, depth)}, {self._near(element, depth)}]"
        if declared == "anyenum":
            return self._near("mood", depth)
        if declared in ("anyrange", "anycompatiblerange"):
            return self._near("int4range", depth)
        return self._near("text" if declared == "character" else declared, depth)

    def _of(self, wanted: str, depth: int) -> str:
        if depth <= 0:
            return self._leaf(wanted)
        ways: list[Callable[[str, int], str | None]] = [
            self._operator,
            self._operator,
            self._operator,
            self._function,
            self._function,
            self._cast,
            self._case,
            self._common,
            self._subscript,
            self._subquery,
            self._aggregate,
            self._window,
            self._test,
        ]
        made = self._random.choice(ways)(wanted, depth - 1)
        return self._leaf(wanted) if made is None else made

    def _operator(self, wanted: str, depth: int) -> str | None:
        offered = self._words.operators.get(wanted)
        if not offered:
            return None
        name, operands = self._random.choice(offered)
        if operands[0] is None:
            return f"({name} {self._arguments(operands, depth)[0]})"
        return f" {name} ".join(self._arguments(operands, depth)).join("()")

    def _function(self, wanted: str, depth: int) -> str | None:
        offered = self._words.functions.get(wanted)
        if not offered:
            return None
        name, types = self._random.choice(offered)
        return f"{name}({', '.join(self._arguments(types, depth))})"

    def _cast(self, wanted: str, depth: int) -> str:
        source = self._random.choice(self._words.castable.get(wanted) or [wanted])
        return f"({self._of(source, depth)})::{wanted}"

    def _case(self, wanted: str, depth: int) -> str:
        results = f"THEN {self._near(wanted, depth)} ELSE {self._near(wanted, depth)} END"
        if self._random.random() < 0.5:
            return f"CASE WHEN {self._of('boolean', depth)} {results}"
        tested = self._type()
        return f"CASE {self._of(tested, depth)} WHEN {self._near(tested, depth)} {results}"

    def _common(self, wanted: str, depth: int) -> str:
        name = self._random.choice(["coalesce", "nullif", "greatest", "least"])
        count = 2 if name == "nullif" else self._random.randint(1, 3)
        return f"{name}({', '.join(self._near(wanted, depth) for _ in range(count))})"

    def _subscript(self, wanted: str, depth: int) -> str | None:
        if wanted.endswith("]"):
            return None
        return f"(ARRAY[{self._near(wanted, depth)}])[{self._near('integer', depth)}]"

    def _subquery(self, wanted: str, depth: int) -> str:
        return f"(SELECT {self._near(wanted, depth)})"

    def _aggregate(self, wanted: str, depth: int) -> str | None:
        offered = self._words.aggregates.get(wanted)
        if not offered or not self._aggregated or self._inside_aggregate:
            return None
        self._inside_aggregate = True
        name, types = self._random.choice(offered)
        arguments = ", ".join(self._arguments(types, depth)) or "*"
        distinct = self._random.choice(["", "", "DISTINCT "])
        order = self._random.choice(["", f" ORDER BY {self._leaf(self._type())}"])
        kept = self._random.choice(["", f" FILTER (WHERE {self._leaf('boolean')})"])
        self._inside_aggregate = False
        return f"{name}({distinct}{arguments}{order}){kept}"

    def _window(self, wanted: str, _: int) -> str | None:
        offered = self._words.windows.get(wanted)
        if not offered or self._aggregated:
            return None
        name, types = self._random.choice(offered)
        partition = self._random.choice(["", f"PARTITION BY {self._leaf(self._type())} "])
        order = self._random.choice(["", f"ORDER BY {self._leaf(self._type())}"])
        return f"{name}({', '.join(self._arguments(types, 0))}) OVER ({partition}{order})"

    def _test(self, wanted: str, depth: int) -> str | None:
        if wanted != "boolean":
            return None
        tested, other = self._type(), self._type()

        def some() -> str:
            return self._near(tested, depth)

        def pair() -> str:
            return f"({some()}, {self._near(other, 0)})"

        forms = [
            lambda: f"({some()} IN ({some()}, {some()}, {some()}))",
            lambda: f"({some()} NOT IN ({some()}))",
            lambda: f"({some()} BETWEEN {some()} AND {some()})",
            lambda: f"({some()} = ANY (ARRAY[{some()}]))",
            lambda: f"({some()} <> ALL ({self._parameter()}))",
            lambda: f"({some()} IS NOT DISTINCT FROM {some()})",
            lambda: f"({some()} IS NULL)",
            lambda: f"({pair()} = {pair()})",
            lambda: f"({pair()} < {pair()})",
            lambda: f"({pair()} IN ({pair()}, {pair()}))",
            lambda: f"({some()} IN (SELECT {some()}))",
            lambda: f"EXISTS (SELECT {some()})",
            lambda: f"({self._near('text', depth)} LIKE {self._near('text', 0)})",
            lambda: f"({self._of('boolean', depth)} AND NOT {self._of('boolean', depth)})",
        ]
        return self._random.choice(forms)()
