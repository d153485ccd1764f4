"""Which known name a misspelt one may have meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def nearest(word: str, known: Iterable[str], most: int = 1) -> list[str]:
    """The known names that come near enough to be meant, the nearest first.

    A third of the letters may be wrong; upper and lower case make no difference.
    """
    allowed = max(1, (len(word) + 1) // 3)
    found = []
    distance_to = _distances(word.casefold())
    for name in dict.fromkeys(known):
        if abs(len(name) - len(word)) <= allowed:
            apart = distance_to(name.casefold(), allowed)
            if apart <= allowed and apart < max(len(word), len(name)):
                found.append((apart, name))
                if most == 1:
                    allowed = apart  # what is further away is of no use any more
    return [name for _, name in sorted(found)[:most]]


def distance(first: str, second: str, most: int) -> int:
    """Edits from one word to the other: letters put in, left out, changed, or two neighbours
    swapped. Anything above `most` is `most + 1`."""
    return _distances(first)(second, most)


def _distances(first: str) -> Callable[[str, int], int]:
    """`distance` from one word to many.

    One step a letter: the columns of the usual table are numbers, a bit for each letter of `first`
    that says whether the distance grows or falls there (Hyyro, "A bit-vector algorithm for
    computing Levenshtein and Damerau edit distances", 2003).
    """
    places: dict[str, int] = {}
    for at, letter in enumerate(first):
        places[letter] = places.get(letter, 0) | 1 << at
    letters = places.keys()
    every = (1 << len(first)) - 1
    last = 1 << max(0, len(first) - 1)

    def distance_to(second: str, most: int) -> int:
        if len(letters ^ set(second)) > 2 * most:
            return most + 1
        if not first:
            return min(len(second), most + 1)
        grows, falls, same, before, found = every, 0, 0, 0, len(first)
        for letter in second:
            here = places.get(letter, 0)
            swapped = ((~same & here) << 1) & before
            same = ((((here & grows) + grows) ^ grows) | here | falls | swapped) & every
            up = falls | (every & ~(same | grows))
            down = same & grows
            found += bool(up & last) - bool(down & last)
            up = up << 1 | 1
            grows = ((down << 1) | ~(same | up)) & every
            falls = up & same & every
            before = here
        return min(found, most + 1)

    return distance_to


def did_you_mean(names: Iterable[str]) -> str | None:
    """The question for a help line; None without names."""
    shown = [f"`{name}`" for name in names]
    if not shown:
        return None
    *first, last = shown
    return f"did you mean {', '.join(first)} or {last}?" if first else f"did you mean {last}?"
