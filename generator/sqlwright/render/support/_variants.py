"""Queries with several texts: parts are left out where parameters are not given, and
rows come in the order that is asked for."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

__all__ = ["ApartError", "ComposedVariants", "Piece", "Variants"]

Key: TypeAlias = tuple[Any, ...]
"""Which of the parameters that need not be given are, and behind them the order."""
Text: TypeAlias = tuple[str, tuple[int, ...]]
"""What to send, and which of all values it has places for."""


class ApartError(ValueError):
    """Of parameters that go together some are given and some are not."""


class OrderError(ValueError):
    """An order is asked for that the query does not have."""


class Variants:
    """The texts of a query by what is given. `options` are the names of the parameters
    that need not be given, those together that go together; `orders` those of the
    orders beside the usual one, where None is that."""

    def __init__(
        self,
        query: str,
        options: tuple[tuple[str, ...], ...],
        texts: dict[Key, Text],
        orders: tuple[str, ...] = (),
    ) -> None:
        self._query = query
        self._options = options
        self._texts = texts
        self._orders = orders

    def pick(self, key: Key, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """The text to send and, behind it, the values that it has places for.

        Raises ApartError where parameters that go together are given apart, and
        OrderError for an order that there is not.
        """
        try:
            text, places = self._texts[key]
        except KeyError:
            text, places = self._other(key)
        return (text, *[values[at] for at in places])

    def _other(self, key: Key) -> Text:
        self._check(key)
        raise KeyError(key)

    def _check(self, key: Key) -> None:
        for names, given in zip(self._options, self._given(key), strict=True):
            if any(given) != all(given):
                listed = " and ".join(names)
                raise ApartError(f"{self._query} takes {listed} together or not at all")
        order = self._order(key)
        if order is not None and order not in self._orders:
            listed = " or ".join(map(repr, self._orders))
            raise OrderError(f"{self._query} can be sorted by {listed}, not {order!r}")

    def _order(self, key: Key) -> Any:
        return key[-1] if self._orders else None

    def _given(self, key: Key) -> list[Key]:
        """What is given of each option."""
        found: list[Key] = []
        at = 0
        for names in self._options:
            found.append(key[at : at + len(names)])
            at += len(names)
        return found


class Piece(NamedTuple):
    """A stretch of a text, or the number of a value. It is there if for each of `needs`
    one of those options is given; with `absent`, if not. With an `order`, None among
    them, it is there in that one alone."""

    text: str | int
    needs: tuple[tuple[int, ...], ...] = ()
    absent: bool = False
    order: str | bool | None = True


class ComposedVariants(Variants):
    """A query with more texts than one would write down: each is put together when it
    is first asked for, and kept."""

    def __init__(
        self,
        query: str,
        options: tuple[tuple[str, ...], ...],
        pieces: tuple[Piece, ...],
        orders: tuple[str, ...] = (),
    ) -> None:
        super().__init__(query, options, {}, orders)
        self._pieces = pieces

    def _other(self, key: Key) -> Text:
        self._check(key)
        options, asked = self._given(key), self._order(key)
        there = [
            text
            for text, needs, absent, order in self._pieces
            if order in (True, asked)
            and absent
            != all(any(all(options[at]) for at in either) for either in needs)
        ]
        places = sorted({each for each in there if isinstance(each, int)})
        numbers = {place: f"${number}" for number, place in enumerate(places, 1)}
        texts = (numbers[each] if isinstance(each, int) else each for each in there)
        self._texts[key] = made = "".join(texts), tuple(places)
        return made
