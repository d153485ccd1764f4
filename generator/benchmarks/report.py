"""What was measured: printed as it comes, kept as JSON, and drawn."""

from __future__ import annotations

import json
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.measure import Result


@dataclass(frozen=True)
class Row:
    """A command of ours next to sqlc's: medians of the ratios run by run with their spread, of the
    processors' time and of the clock's, and the medians of the seconds themselves."""

    name: str
    goal: str
    runs: int
    processor: float
    processor_spread: tuple[float, float]
    clock: float
    clock_spread: tuple[float, float]
    seconds: tuple[float, float]
    sqlc_seconds: tuple[float, float]

    @classmethod
    def of(
        cls,
        name: str,
        goal: str,
        ours: Sequence[float],
        theirs: Sequence[float],
        our_clock: Sequence[float],
        their_clock: Sequence[float],
    ) -> Row:
        """The row of what runs took in turn."""
        processor = [a / b for a, b in zip(ours, theirs, strict=True)]
        clock = [a / b for a, b in zip(our_clock, their_clock, strict=True)]
        median = statistics.median
        return cls(
            name,
            goal,
            len(ours),
            median(processor),
            (min(processor), max(processor)),
            median(clock),
            (min(clock), max(clock)),
            (median(ours), median(our_clock)),
            (median(theirs), median(their_clock)),
        )


@dataclass
class Report:
    """All that one run of the benchmarks found."""

    rows: list[Row] = field(default_factory=list)
    races: dict[str, list[Result]] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Print and keep a row."""
        if not self.rows:
            print(
                f"\n{'relative to sqlc generate':58} {'CPU':>6} {'spread':>13} {'clock':>7} "
                f"{'spread':>13} {'CPU s':>7} {'sqlc':>6} {'goal':>8}"
            )
        low, high = row.processor_spread
        first, last = row.clock_spread
        print(
            f"{row.name:58} {row.processor:6.2f} {low:6.2f}-{high:<6.2f} {row.clock:7.2f} "
            f"{first:6.2f}-{last:<6.2f} {row.seconds[0]:7.2f} {row.sqlc_seconds[0]:6.2f} "
            f"{row.goal:>8}",
            flush=True,
        )
        self.rows.append(row)

    def race(self, title: str, results: Sequence[Result]) -> None:
        """Print and keep a race, the quickest first."""
        print(f"\n{title}")
        self.races[title] = sorted(results, key=lambda result: result.ratio)
        for result in self.races[title]:
            print(
                f"  {result.ratio:6.2f}  {result.milliseconds:10.3f} ms  {result.name}", flush=True
            )

    def say(self, what: str, found: str) -> None:
        """Print and keep something else."""
        print(f"{what}: {found}", flush=True)
        self.said[what] = found

    def save(self, folder: Path) -> None:
        """Write `benchmarks.json`, and `benchmarks.svg` if commands were measured."""
        folder.mkdir(parents=True, exist_ok=True)
        machine = {"python": platform.python_version(), "machine": platform.machine()}
        text = json.dumps({**machine, **asdict(self)}, indent=2)
        (folder / "benchmarks.json").write_text(text + "\n")
        if self.rows:
            self._draw(folder / "benchmarks.svg")

    def _draw(self, path: Path) -> None:
        import matplotlib as mpl
        from matplotlib.figure import Figure

        mpl.rcParams["svg.hashsalt"] = "sqlwright"
        rows = self.rows[::-1]
        figure = Figure(figsize=(9, 0.32 * len(rows) + 1), layout="constrained")
        axes: Any = figure.add_subplot()
        ratios = [row.processor for row in rows]
        below = [row.processor - row.processor_spread[0] for row in rows]
        above = [row.processor_spread[1] - row.processor for row in rows]
        axes.barh([row.name for row in rows], ratios, xerr=[below, above], color="#4477aa")
        axes.axvline(1, color="black", linewidth=0.8)
        axes.set_xscale("log")
        axes.set_xlabel("CPU time relative to sqlc generate")
        figure.savefig(path, metadata={"Date": None})
