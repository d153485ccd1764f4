"""Timing of contestants that take turns, so that what the machine does meanwhile hits all alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

Contestant = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Result:
    """What one contestant took: the median of its times relative to the floor's in the same round,
    and its own median in milliseconds."""

    name: str
    ratio: float
    milliseconds: float


async def race(
    contestants: Mapping[str, Contestant], floor: str, rounds: int, repeats: int
) -> list[Result]:
    """Run every contestant once a round, each round beginning with another one."""
    names = list(contestants)
    for name in names:
        await contestants[name]()
    times: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        start = number % len(names)
        for name in names[start:] + names[:start]:
            times[name].append(await _timed(contestants[name], repeats))
    return [
        Result(name, ratio(times[name], times[floor]), statistics.median(times[name]) * 1000)
        for name in names
    ]


async def _timed(contestant: Contestant, repeats: int) -> float:
    gc.collect()
    start = time.perf_counter()
    for _ in range(repeats):
        await contestant()
    return (time.perf_counter() - start) / repeats


def ratio(times: Sequence[float], floor: Sequence[float]) -> float:
    """The median of the ratios round by round."""
    return statistics.median(mine / other for mine, other in zip(times, floor, strict=True))
