"""The values that one filling of the tables draws from."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sqlwright.verification.quoting import element
from sqlwright.verification.values import ValuePool

WIDE = 0.15
"""How often a value is drawn from all that are known, however narrow the palette."""

_FAVOUR = 3.0


class Palette:
    """Few values of each type out of the many known, the same ones all over the database.

    A text has one rank in all types, so that columns of like types hold like values and joins find
    partners. Constants of the queries are favoured: conditions ask for them.
    """

    def __init__(self, pool: ValuePool, random: Random, variety: int) -> None:
        self._pool = pool
        self._random = random
        self._variety = variety
        self._ranks: dict[str, float] = {}
        self._narrow: dict[tuple[int, int], tuple[str, ...]] = {}

    async def draw(self, oid: int, modifier: int = -1, *, wide: bool = False) -> str | None:
        """A value of the type as text, None where none is known."""
        if wide or not self._variety or self._random.random() < WIDE:
            texts = await self._pool.of_type(oid, modifier)
        else:
            texts = await self.few(oid, modifier)
        return self._random.choice(texts) if texts else None

    async def few(self, oid: int, modifier: int = -1) -> tuple[str, ...]:
        """The values of the type in this palette."""
        key = (oid, modifier)
        if key not in self._narrow:
            type_ = self._pool.catalog.type(oid)
            if type_.is_array and self._variety:
                self._narrow[key] = self._arrays(await self.few(type_.element), type_.delimiter)
            else:
                self._narrow[key] = self.narrow(await self._pool.of_type(oid, modifier))
        return self._narrow[key]

    def narrow(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Those of the texts that belong to the palette."""
        if not self._variety or len(texts) <= self._variety:
            return tuple(texts)
        return tuple(sorted(texts, key=self._rank)[: self._variety])

    def _rank(self, text: str) -> float:
        if text not in self._ranks:
            weight = _FAVOUR if self._pool.is_asked_for(text) else 1.0
            self._ranks[text] = self._random.random() / weight
        return self._ranks[text]

    @staticmethod
    def _arrays(items: Sequence[str], delimiter: str) -> tuple[str, ...]:
        shown = [element(item) for item in items]
        texts = [f"{{{item}}}" for item in shown]
        texts += [f"{{{delimiter.join(shown)}}}"] * len(texts)
        return tuple(dict.fromkeys([*texts, "{}", f"{{{delimiter.join([*shown[:1], 'NULL'])}}}"]))
