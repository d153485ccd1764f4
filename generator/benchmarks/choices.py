"""Filters, orders and pages that the caller chooses: a text for each choice next to one for all."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from functools import partial
from types import ModuleType
from typing import Any

from benchmarks.measure import Contestant, Result, race

FLOOR = "sqlwright: a text for the choice"
ONE_TEXT = "one text: IS NULL OR, CASE, OFFSET"
MODES = {"auto": "plans as PostgreSQL chooses", "force_generic_plan": "a generic plan forced"}
SKIPPED = 100_000


async def run(
    conn: Any, package: ModuleType, rounds: int, only: re.Pattern[str]
) -> AsyncIterator[tuple[str, list[Result]]]:
    """Each choice under each way of planning, of those in whose titles `only` is found. That both
    give the same rows is seen first."""
    choices = await _choices(conn, package)
    for mode, told in MODES.items():
        for choice, contestants in choices.items():
            title = f"20 of 200,000 rows, {choice}, {told}"
            if not only.search(title):
                continue
            await conn.execute(f"SET plan_cache_mode = {mode}")
            mine, other = [await contestant() for contestant in contestants.values()]
            assert mine == other
            yield title, await race(contestants, FLOOR, rounds, 20)
    await conn.execute("RESET plan_cache_mode")


async def _choices(conn: Any, package: ModuleType) -> dict[str, dict[str, Contestant]]:
    """The same rows, asked for in both ways."""
    goods = partial(package.goods, conn)
    one_text = partial(package.goods_in_one_text, conn, **dict.fromkeys(("kind", "shelf", "least")))
    newest = partial(one_text, sort="newest")
    [last, *_] = await newest(skipped=SKIPPED - 1)
    page = partial(goods, sort="newest", after=package.GoodsPosition.of(last))
    plain = partial(one_text, sort=None, skipped=0)
    ordered = partial(newest, skipped=0)
    return {
        "one filter of three": {FLOOR: partial(goods, kind=7), ONE_TEXT: partial(plain, kind=7)},
        "no filter": {FLOOR: goods, ONE_TEXT: plain},
        "another order": {FLOOR: partial(goods, sort="newest"), ONE_TEXT: ordered},
        "page 5,001": {FLOOR: page, ONE_TEXT: partial(newest, skipped=SKIPPED)},
    }
