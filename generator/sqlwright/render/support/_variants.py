"""Queries with parts that are left out where parameters are not given."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

__all__ = ["ApartError", "ComposedVariants", "Piece", "Variants"]

Key: TypeAlias = tuple[Any, ...]
"""Which of the parameters that need not be given are."""
Text: TypeAlias = tuple[str, tuple[int, ...]]
"""What to send, and which of all values it has places for."""


class ApartError(ValueError):
    """Of parameters that go together some are given and some are not."""


class Variants:
    """The texts of a query by what is given. `options` are the names of the parameters
    that need not be given, those together that go together."""

    def __init__(
        self,
        query: str,
        options: tuple[tuple[str, ...], ...],
        texts: dict[Key, Text],
    ) -> None:
        self._query = query
        self._options = options
        self._texts = texts

    def pick(self, key: Key, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """The text to send and, behind it, the values that it has places for.

        Raises ApartError where parameters that go together are given apart.
        """
        try:
            text, places = self._texts[key]
        except KeyError:
            text, places = self._other(key)
        return (text, *[values[at] for at in places])

    def _other(self, key: Key) -> Text:
        raise self._refusal(key)

    def _refusal(self, key: Key) -> Exception:
        for names, given in zip(self._options, self._given(key), strict=True):
            if any(given) != all(given):
                listed = " and ".join(names)
                return ApartError(
                    f"{self._query} takes {listed} together or not at all"
                )
        return KeyError(key)

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
    one of those options is given; with `absent`, if not."""

    text: str | int
    needs: tuple[tuple[int, ...], ...] = ()
    absent: bool = False


class ComposedVariants(Variants):
    """A query with more texts than one would write down: each is put together when it
    is first asked for, and kept."""

    def __init__(
        self,
        query: str,
        options: tuple[tuple[str, ...], ...],
        pieces: tuple[Piece, ...],
    ) -> None:
        super().__init__(query, options, {})
        self._pieces = pieces

    def _other(self, key: Key) -> Text:
        options = self._given(key)
        if any(any(given) != all(given) for given in options):
            raise self._refusal(key)
        there = [
            text
            for text, needs, absent in self._pieces
            if all(any(all(options[at]) for at in either) for either in needs) != absent
        ]
        places = sorted({each for each in there if isinstance(each, int)})
        numbers = {place: f"${number}" for number, place in enumerate(places, 1)}
        texts = (numbers[each] if isinstance(each, int) else each for each in there)
        self._texts[key] = made = "".join(texts), tuple(places)
        return made
