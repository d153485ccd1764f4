"""Choices that try every pair of values of every two options, in few combinations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

Pair = frozenset[tuple[str, int]]


def pairwise(options: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Combinations of one value for each option, in which every two values of two options meet:
    each time the one in which most of them meet that have not yet."""
    every = [
        tuple(zip(options, places, strict=True))
        for places in product(*(range(len(values)) for values in options.values()))
    ]
    pairs = {choice: _pairs(choice) for choice in every}
    left = set().union(*pairs.values())
    while left:
        best = max(every, key=lambda choice: len(pairs[choice] & left))
        left -= pairs[best]
        yield {name: options[name][place] for name, place in best}


def _pairs(choice: tuple[tuple[str, int], ...]) -> set[Pair]:
    return {frozenset(pair) for pair in combinations(choice, 2)}
