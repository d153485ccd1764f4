"""Calls functions and aggregates with many arguments and judges when they yield NULL."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import asyncpg

from .null_functions import ASKED_BY_ANYONE, samples
from .null_samples import DATE_FIELDS, FAMILIES, POLYMORPHIC

SETUP = """
    CREATE FUNCTION probe.ask(queries text[], fields text[]) RETURNS SETOF int[]
    LANGUAGE plpgsql AS $$
    DECLARE
        each text;
        counts text := 'count(*)::int, count(*) FILTER (WHERE x IS NOT DISTINCT FROM NULL)::int';
        answer int[];
    BEGIN
        FOREACH each IN ARRAY fields LOOP
            counts := counts
                || format(', count(*) FILTER (WHERE (x).%I IS NOT DISTINCT FROM NULL)::int', each);
        END LOOP;
        FOREACH each IN ARRAY queries LOOP
            answer := NULL;
            BEGIN
                EXECUTE format('SELECT ARRAY[%s] FROM (%s) s', counts, each) INTO answer;
            EXCEPTION WHEN OTHERS THEN
            END;
            RETURN NEXT answer;
        END LOOP;
    END $$
"""
"""Runs queries with one column x: how many rows, in how many x is NULL, and each of its fields;
NULL where the query fails.
"""

_MOST_CALLS = 1000
_MOST_CALLS_BY_PATTERN = 400
_MOST_ARGUMENTS_IN_FULL = 4
_MOST_SLOW = 4


@dataclass(frozen=True, slots=True)
class Callable:
    """A function as the probe sees it; types by their names in pg_type."""

    oid: int
    schema: str
    name: str
    signature: str
    kind: str
    strict: bool
    arguments: tuple[str, ...]
    variadic: str
    fields: tuple[str, ...]
    aggregate: str = ""
    direct: int = 0


@dataclass(slots=True)
class Tally:
    """What calls of one kind gave."""

    rows: int = 0
    nulls: int = 0
    field_nulls: list[int] = field(default_factory=list)

    def add(self, answer: Sequence[int]) -> None:
        self.rows += answer[0]
        self.nulls += answer[1]
        counts = answer[2:]
        if not self.field_nulls:
            self.field_nulls = [0] * len(counts)
        self.field_nulls = [a + b for a, b in zip(self.field_nulls, counts, strict=True)]

    @property
    def never(self) -> bool:
        return self.nulls == 0

    @property
    def always(self) -> bool:
        return self.nulls == self.rows


async def ask(
    connection: asyncpg.Connection, queries: Sequence[str], fields: Sequence[str]
) -> Tally:
    """Run queries; those that fail count for nothing, and so do those after too many slow ones."""
    tally = Tally()
    pending = [list(queries)]
    slow = 0
    while pending and slow < _MOST_SLOW:
        batch = pending.pop()
        if not batch:
            continue
        try:
            async with connection.transaction():
                answers = await connection.fetch(
                    "SELECT * FROM probe.ask($1, $2)", batch, list(fields)
                )
                for (answer,) in answers:
                    if answer is not None:
                        tally.add(answer)
                raise _UndoError
        except _UndoError:
            pass
        except asyncpg.QueryCanceledError:
            slow += 1
            if len(batch) > 1:
                pending += [batch[: len(batch) // 2], batch[len(batch) // 2 :]]
    return tally


class _UndoError(Exception):
    """Ends a transaction whose changes are not wanted."""


# Arguments


def instantiations(types: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The argument types with real ones in place of the polymorphic, in every way we have."""
    if not any(each in POLYMORPHIC for each in types):
        yield tuple(types)
        return
    for family in FAMILIES:
        chosen = [family.get(POLYMORPHIC[each]) if each in POLYMORPHIC else each for each in types]
        if all(each is not None for each in chosen):
            yield tuple(each for each in chosen if each is not None)


def _values(function: Callable, type_name: str, infinite: bool) -> tuple[str, ...]:
    if type_name == "any":
        special = samples(function.name, "any", infinite=False)
        return special or ("1::int4", "'abc'::text", "'[1]'::jsonb")
    return samples(function.name, type_name, infinite=infinite)


def _chosen(pools: Sequence[Sequence[str]], most: int, seed: int) -> Iterator[tuple[str, ...]]:
    """Every combination, or as many as are allowed, always the same ones."""
    if math.prod(map(len, pools)) <= most:
        yield from itertools.product(*pools)
        return
    numbers = random.Random(seed)
    for _ in range(most):
        yield tuple(numbers.choice(pool) for pool in pools)


def _null_of(type_name: str) -> str:
    if type_name == "any":
        return "NULL::text"
    if type_name in ("mood", "_mood", "pair", "_pair"):
        element = type_name.lstrip("_")
        return f"NULL::probe.{element}{'[]' if type_name.startswith('_') else ''}"
    return f'NULL::"{type_name}"'


def _call(function: Callable, arguments: Sequence[str]) -> str:
    written = list(arguments)
    if function.variadic == "any":
        written += written[-1:]
    elif function.variadic:
        written[-1] = f"VARIADIC {written[-1]}"
    call = f'"{function.schema}"."{function.name}"({", ".join(written)})'
    if function.kind == "w":
        # The second frame is empty for the last row.
        call = f"unnest(ARRAY[{call} OVER w, {call} OVER v])"
        return f"SELECT {call} AS x FROM generate_series(1, 3) n {_WINDOWS}"
    return f"SELECT {call} AS x LIMIT 50"


def _calls(
    function: Callable, nulls: frozenset[int] = frozenset(), *, infinite: bool, most: int
) -> list[str]:
    """Calls with NULL at some places and samples at the others."""
    calls: dict[str, None] = {}
    for types in instantiations(function.arguments):
        pools = [
            (_null_of(each),) if place in nulls else _values(function, each, infinite)
            for place, each in enumerate(types)
        ]
        for arguments in _chosen(pools, most, function.oid):
            calls[_call(function, arguments)] = None
    return list(calls)


_WINDOWS = "WINDOW w AS (ORDER BY n), v AS (ORDER BY n ROWS BETWEEN 1 FOLLOWING AND 1 FOLLOWING)"

# Functions


@dataclass(frozen=True, slots=True)
class Verdict:
    """When a function yields NULL, as `catalog.nulls` reads it; `fields` are those of its result
    that never do, given arguments that are not NULL.
    """

    when: str
    places: tuple[int, ...] = ()
    fields: tuple[int, ...] = ()


async def judge_function(connection: asyncpg.Connection, function: Callable) -> Verdict | None:
    """The verdict on a function, None if no call of it went through."""
    plain = await ask(
        connection, _calls(function, infinite=False, most=_MOST_CALLS), function.fields
    )
    situation = "search_path = ''" if not function.arguments else ""
    if ASKED_BY_ANYONE.search(function.name):
        situation = "role = probe_user"
    if situation:
        await connection.execute(f"SET {situation}")
        calls = _calls(function, infinite=False, most=_MOST_CALLS)
        other = await ask(connection, calls, function.fields)
        await connection.execute("RESET search_path; RESET role")
        plain.rows, plain.nulls = plain.rows + other.rows, plain.nulls + other.nulls
    if not plain.rows:
        return None
    infinite = await ask(
        connection, _calls(function, infinite=True, most=_MOST_CALLS), function.fields
    )
    fields = tuple(
        place
        for place, (one, other) in enumerate(
            zip(plain.field_nulls, infinite.field_nulls, strict=True)
        )
        if not one and not other
    )
    if not plain.never:
        return Verdict("maybe", (), fields)
    if function.strict:
        when = "arguments" if infinite.never else "edge"
        return Verdict(when, tuple(range(len(function.arguments))), fields)
    if not infinite.never:
        return Verdict("maybe", (), fields)
    return await _judge_by_patterns(connection, function, fields)


def _patterns(count: int) -> Iterator[frozenset[int]]:
    sizes: Iterable[int] = range(1, count + 1)
    if count > _MOST_ARGUMENTS_IN_FULL:
        sizes = (1, 2, count)
    for size in sizes:
        yield from map(frozenset, itertools.combinations(range(count), size))


async def _judge_by_patterns(
    connection: asyncpg.Connection, function: Callable, fields: tuple[int, ...]
) -> Verdict:
    """The verdict on a function that is not strict and has not yielded NULL unprovoked."""
    tallies: dict[frozenset[int], Tally] = {}
    for nulls in _patterns(len(function.arguments)):
        calls = _calls(function, nulls, infinite=False, most=_MOST_CALLS_BY_PATTERN)
        tally = await ask(connection, calls, function.fields)
        if tally.rows:
            tallies[nulls] = tally
    if all(tally.never for tally in tallies.values()):
        return Verdict("never", (), fields)
    guilty = {
        place
        for place in range(len(function.arguments))
        if frozenset((place,)) in tallies and tallies[frozenset((place,))].always
    }
    if guilty and all(
        tally.always if nulls & guilty else tally.never for nulls, tally in tallies.items()
    ):
        return Verdict("arguments", tuple(sorted(guilty)), fields)
    yielding = [nulls for nulls, tally in tallies.items() if not tally.never]
    together = frozenset.intersection(*yielding)
    if len(together) > 1 and all(
        tally.always for nulls, tally in tallies.items() if nulls >= together
    ):
        return Verdict("all", tuple(sorted(together)), fields)
    return Verdict("maybe", (), fields)


async def blank_places(connection: asyncpg.Connection, function: Callable) -> tuple[int, ...]:
    """The places at which an empty text gives NULL, other arguments being ordinary."""
    found = []
    for place, type_name in enumerate(function.arguments):
        if type_name != "text":
            continue
        calls = []
        for types in instantiations(function.arguments):
            pools = [_values(function, each, infinite=False) for each in types]
            pools[place] = ("''::text",)
            calls += [_call(function, each) for each in _chosen(pools, 40, function.oid)]
        if not (await ask(connection, calls, ())).never:
            found.append(place)
    return tuple(found)


async def infinite_fields(connection: asyncpg.Connection, function: Callable) -> tuple[str, ...]:
    """The fields, which the first argument names, that infinity and minus infinity have."""
    found = []
    for name in DATE_FIELDS:
        calls = [
            _call(function, (f"'{name}'::text", f"'{value}'::\"{function.arguments[1]}\""))
            for value in ("infinity", "-infinity")
        ]
        tally = await ask(connection, calls, ())
        if tally.rows == len(calls) and tally.never:
            found.append(name)
    return tuple(found)


# Aggregates


def _aggregation(function: Callable, types: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A query over these rows; ordered-set aggregates take their direct arguments from the first.

    Over no rows at all the arguments are given as one row that a WHERE takes away.
    """
    name = f'"{function.schema}"."{function.name}"'
    given = rows or [tuple(map(_null_of, types))]
    columns = [f"a{place}" for place in range(len(types))]
    values = ", ".join(f"({', '.join(row)})" for row in given)
    source = f"(VALUES {values}) v({', '.join(columns)})" if types else "(VALUES (1)) v(n)"
    where = "" if rows else " WHERE false"
    if function.aggregate == "n":
        return f"SELECT {name}({', '.join(columns) or '*'}) AS x FROM {source}{where}"
    direct = ", ".join(given[0][: function.direct])
    ordered = ", ".join(columns[function.direct :])
    return f"SELECT {name}({direct}) WITHIN GROUP (ORDER BY {ordered}) AS x FROM {source}{where}"


def _aggregate_types(function: Callable) -> tuple[str, ...]:
    """The argument types; a hypothetical-set aggregate takes what it orders by."""
    return ("int4", "int4") if function.aggregate == "h" else function.arguments


async def judge_aggregate(connection: asyncpg.Connection, function: Callable) -> Verdict | None:
    """The verdict on an aggregate; the places are the arguments that must not be NULL for a row to
    count. None if no call of it went through.
    """
    none, one, two, absent = [], [], [], []
    by_place: dict[int, list[str]] = {}
    types = _aggregate_types(function)
    direct = 1 if function.aggregate == "h" else function.direct
    probed = replace(function, direct=direct)
    for chosen in instantiations(types):
        pools = [_values(probed, each, infinite=False) for each in chosen]
        rows = list(_chosen(pools, 60, function.oid))
        none.append(_aggregation(probed, chosen, []))
        one += [_aggregation(probed, chosen, [row]) for row in rows]
        two += [_aggregation(probed, chosen, [row, row]) for row in rows]
        two += [_aggregation(probed, chosen, [a, b]) for a, b in itertools.pairwise(rows)]
        empty = tuple(map(_null_of, chosen))
        absent += [
            _aggregation(probed, chosen, [(*row[:direct], *empty[direct:])]) for row in rows[:5]
        ]
        for place in range(len(chosen)):
            by_place.setdefault(place, []).extend(
                _aggregation(probed, chosen, [(*row[:place], empty[place], *row[place + 1 :])])
                for row in rows[:20]
            )
    single = await ask(connection, one, ())
    if not single.rows:
        return None
    if not single.never or not (await ask(connection, two, ())).never:
        return Verdict("maybe")
    if (await ask(connection, none, ())).never and (await ask(connection, absent, ())).never:
        return Verdict("never")
    places = tuple(
        [place for place in by_place if not (await ask(connection, by_place[place], ())).never]
    )
    if places:
        return Verdict("no values", places)
    return Verdict("no rows" if (await ask(connection, absent, ())).never else "maybe")
