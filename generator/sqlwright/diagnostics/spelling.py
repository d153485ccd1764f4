"""Which known name a misspelt one may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], most: int = 1) -> list[str]:
    """The known names that come near enough to be meant, the nearest first.

    A third of the letters may be wrong; upper and lower case make no difference.
    """
    allowed = max(1, (len(word) + 1) // 3)
    found = []
    for name in dict.fromkeys(known):
        if abs(len(name) - len(word)) <= allowed:
            apart = distance(word.casefold(), name.casefold(), allowed)
            if apart <= allowed and apart < max(len(word), len(name)):
                found.append((apart, name))
                if most == 1:
                    allowed = apart  # what is further away is of no use any more
    return [name for _, name in sorted(found)[:most]]


def distance(first: str, second: str, most: int) -> int:
    """Edits from one word to the other: letters put in, left out, changed, or two neighbours
    swapped. Anything above `most` is `most + 1`.
    """
    if len(set(first) ^ set(second)) > 2 * most:
        return most + 1
    first, second = _different(first, second)
    before: list[int] = []
    previous = list(range(len(second) + 1))
    for row, letter in enumerate(first, 1):
        current = [row]
        for column, other in enumerate(second, 1):
            edits = min(
                previous[column] + 1,
                current[column - 1] + 1,
                previous[column - 1] + (letter != other),
            )
            swapped = (
                row > 1
                and column > 1
                and letter == second[column - 2]
                and other == first[row - 2]
                and letter != other
            )
            current.append(min(edits, before[column - 2] + 1) if swapped else edits)
        if min(current) > most:
            return most + 1
        before, previous = previous, current
    return previous[-1]


def _different(first: str, second: str) -> tuple[str, str]:
    """What is left of two words without the letters that both begin and end with: most names of a
    large catalog differ in few."""
    least = min(len(first), len(second))
    begin = 0
    while begin < least and first[begin] == second[begin]:
        begin += 1
    end = 0
    while end < least - begin and first[-1 - end] == second[-1 - end]:
        end += 1
    return first[begin : len(first) - end], second[begin : len(second) - end]


def did_you_mean(names: Iterable[str]) -> str | None:
    """The question for a help line; None without names."""
    shown = [f"`{name}`" for name in names]
    if not shown:
        return None
    *first, last = shown
    return f"did you mean {', '.join(first)} or {last}?" if first else f"did you mean {last}?"
