"""The variants of a query against the server: each is prepared, and returns what the query with
`x IS NULL OR` in front of each optional condition returns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random
from typing import Any

from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.variant_texts import WRITTEN_ORDER, Variant, VariantTexts
from sqlwright.catalog.catalog import Catalog
from sqlwright.dataclass import dataclass, replace
from sqlwright.patterns import pattern
from sqlwright.verification.arguments import Arguments
from sqlwright.verification.claims import contradictions
from sqlwright.verification.running import RefusedError, prepared
from sqlwright.verification.witnesses import Witness

MOST_PREPARED = 256
"""Of a query with more texts than this, those with none, one, two and all options are prepared."""

MOST_RUN = 12
"""How many texts of a query are run for each state of the tables, if it has no more orders."""

CHANGING = pattern(
    r"\b(TABLESAMPLE|SKIP|random|nextval|gen_random_uuid|uuidv[47]|clock_timestamp)\b",
    re.IGNORECASE,
)
"""What makes two runs of one query give other rows."""

_ANY_ORDER = pattern(rf"\b(LIMIT|OFFSET|FETCH|DISTINCT\s+ON)\b|{CHANGING.pattern}", re.IGNORECASE)
"""The same, or other rows where several are equal in the order."""


def to_prepare(variants: VariantTexts) -> Iterator[Variant]:
    """The variants that are put to the server."""
    if variants.count <= MOST_PREPARED:
        yield from variants.all()
        return
    options = range(len(variants.options))
    few = [set(chosen) for size in (0, 1, 2) for chosen in combinations(options, size)]
    for sort in (WRITTEN_ORDER, *variants.sorts):
        for chosen in (*few, set(options)):
            yield variants.variant(tuple(at in chosen for at in options), sort)


def to_run(variants: VariantTexts, random: Random) -> list[Variant]:
    """Some variants, with at least one in every order, from its first row on and behind a place."""
    known = list(to_prepare(variants))
    shuffled = random.sample(known, len(known))
    kinds: dict[tuple[str, bool], Variant] = {}
    for variant in shuffled:
        kinds.setdefault((variant.sort, variants.paged and variant.given[-1]), variant)
    chosen = list(kinds.values())
    others = [variant for variant in shuffled if variant not in chosen]
    return [*chosen, *others[: max(0, MOST_RUN - len(chosen))]]


def facts_of(facts: QueryFacts, variant: Variant) -> QueryFacts:
    """What is said of one variant, as of a query of its own."""
    by_position = {item.position: item for item in facts.all_parameters}
    parameters = tuple(
        replace(by_position[position], position=number)
        for number, position in enumerate(variant.parameters, 1)
    )
    return replace(facts, sql=variant.sql, parameters=parameters, variants=None, position=())


def described_as(facts: QueryFacts, variants: VariantTexts, variant: Variant) -> str:
    """The query and the variant, for people."""
    names = variants.names(variant)
    parts = [facts.name]
    if variants.options:
        parts.append(f"with {', '.join(names)}" if names else "with no option")
    if variants.sorts:
        parts.append(f'sorted by "{variant.sort}"' if variant.sort else "sorted as written")
    return " ".join(parts)


def or_null(
    catalog: Catalog, facts: QueryFacts, variants: VariantTexts, sort: str = WRITTEN_ORDER
) -> str:
    """The query with `(x IS NULL OR condition)` for each optional condition, in one order and from
    its first row on."""
    types = {item.position: catalog.display_type(item.type) for item in facts.parameters}
    text: list[str] = []
    within = False
    page = len(variants.named)
    for piece in variants.pieces:
        if piece.sort not in (None, sort) or ((page,),) == piece.needs:
            continue
        shown = f"${piece.parameter}" if piece.parameter else piece.text
        if piece.needs and not piece.absent and not within:
            positions = [
                position
                for either in piece.needs
                for at in either
                for position in variants.options[at].positions
            ]
            tests = (f"${position}::{types[position]} IS NULL" for position in positions)
            text.append(f"({' OR '.join(tests)} OR (")
            within = True
        if piece.absent:
            text.append("))")
            within = False
        else:
            text.append(shown)
    return "".join(text)


@dataclass(slots=True)
class Comparison:
    """Runs variants of queries beside the form with IS NULL OR."""

    connection: Any
    catalog: Catalog
    random: Random

    async def compare(self, facts: QueryFacts, arguments: Arguments) -> tuple[int, list[Witness]]:
        """How many runs were compared, and what contradicts that the two are the same, or what is
        said of every variant."""
        variants = facts.variants
        if variants is None:
            return 0, []
        found: list[Witness] = []
        runs = 0
        for variant in to_run(variants, self.random):
            values = self._for(facts, variant, await arguments.make(facts))
            if values is None:
                continue
            try:
                if variants.paged and variant.given[-1]:
                    found += await self._page(facts, variants, variant, values)
                else:
                    found += await self._rows(facts, variants, variant, values)
            except RefusedError:
                continue
            runs += 1
        return runs, found

    async def _rows(
        self,
        facts: QueryFacts,
        variants: VariantTexts,
        variant: Variant,
        values: tuple[str | None, ...],
    ) -> list[Witness]:
        """Run a variant beside the form with IS NULL OR."""
        expected = None
        if not variants.patch:  # What SET leaves out has no such form.
            sql = or_null(self.catalog, facts, variants, variant.sort)
            whole = replace(facts, sql=sql, variants=None)
            async with prepared(self.connection, self.catalog, whole) as runner:
                expected = await runner.run(values)
        own = facts_of(facts, variant)
        sent = tuple(values[position - 1] for position in variant.parameters)
        async with prepared(self.connection, self.catalog, own) as runner:
            rows = await runner.run(sent)
        return list(self._contradictions(facts, variant, values, rows, expected))

    async def _page(
        self,
        facts: QueryFacts,
        variants: VariantTexts,
        variant: Variant,
        values: tuple[str | None, ...],
    ) -> list[Witness]:
        """Run a variant behind one of the rows that the same without a position gives: the rows
        that follow it there have to begin the page."""
        plain = variants.variant((*variant.given[:-1], False), variant.sort)
        before = await self._texts(facts_of(facts, plain), plain, values)
        if not before:
            return []
        at = self.random.randrange(len(before))
        position = tuple(before[at][each.column] for each in facts.position)
        values += position
        page = await self._texts(facts_of(facts, variant), variant, values)
        expected = before[at + 1 :]
        if page[: len(expected)] == expected:
            return []
        name = described_as(facts, variants, variant)
        claim = f"{name} goes on behind row {at + 1}, with {len(expected)} rows that were there"
        return [Witness(facts.name, claim, values, came=len(page))]

    async def _texts(
        self, own: QueryFacts, variant: Variant, values: tuple[str | None, ...]
    ) -> list[tuple[str | None, ...]]:
        """The rows of a variant as texts."""
        names = [f"c{at}" for at in range(len(own.columns))]
        listed = ", ".join(f"rows.{name}::text" for name in names)
        sql = f"SELECT {listed} FROM ({own.sql}\n) AS rows ({', '.join(names)})"
        sent = tuple(values[position - 1] for position in variant.parameters)
        shown = replace(own, sql=sql)
        async with prepared(self.connection, self.catalog, shown) as runner:
            return [tuple(row) for row in await runner.run(sent)]

    @staticmethod
    def _for(
        facts: QueryFacts, variant: Variant, values: Sequence[str | None]
    ) -> tuple[str | None, ...] | None:
        """NULL for what is absent; None where something given is NULL, which it must not be."""
        variants = facts.variants
        assert variants is not None
        made = list(values)
        for option, given in zip(variants.named, variant.given, strict=False):
            for position in option.positions:
                if not given:
                    made[position - 1] = None
                elif made[position - 1] is None and position not in variants.patch:
                    return None
        return tuple(made)

    def _contradictions(
        self,
        facts: QueryFacts,
        variant: Variant,
        values: tuple[str | None, ...],
        rows: Sequence[Any],
        expected: Sequence[Any] | None,
    ) -> Iterator[Witness]:
        assert facts.variants is not None
        name = described_as(facts, facts.variants, variant)
        for contradiction in contradictions(facts, rows):
            yield Witness(facts.name, f"{contradiction.claim} ({name})", values)
        if expected is None:
            return
        if facts.position and not CHANGING.search(facts.sql):  # whose order is total
            same = list(map(repr, rows)) == list(map(repr, expected))
        elif _ANY_ORDER.search(facts.sql):
            same = len(rows) == len(expected)
        else:
            same = _counted(rows) == _counted(expected)
        if not same:
            claim = f"{name} returns what it returns with IS NULL OR, {len(expected)} rows"
            yield Witness(facts.name, claim, values, came=len(rows))


def _counted(rows: Sequence[Any]) -> Counter[str]:
    return Counter(repr(tuple(row)) for row in rows)
