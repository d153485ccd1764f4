"""Choices that try every pair of values of every two options, in few combinations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any


def pairwise(options: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Combinations of one value for each option, in which every two values of two options meet:
    each time the one in which most of them meet that have not yet."""
    every = [
        tuple(zip(options, places, strict=True))
        for places in product(*(range(len(values)) for values in options.values()))
    ]
    bits: defaultdict[object, int] = defaultdict(lambda: 1 << len(bits))
    pairs = [sum(bits[pair] for pair in combinations(choice, 2)) for choice in every]
    left = sum(bits.values())
    while left:
        best = max(range(len(every)), key=lambda at: (pairs[at] & left).bit_count())
        left &= ~pairs[best]
        yield {name: options[name][place] for name, place in every[best]}
