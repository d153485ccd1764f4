"""Whatever is put in, what comes out is a package or reports, and soon.

As a program: `python fuzz.py --count 20000 --seed 7`; `--only NUMBER` does one input again and
keeps its files.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import sqlwright
from inputs import Project, project
from sqlwright.diagnostics import formats, text

SECONDS = 5
"""Of the processor, so that a busy machine makes nothing slow."""


@dataclass(frozen=True)
class Fault:
    """What should not have come of an input."""

    seed: int
    number: int
    kind: str
    where: str

    def __str__(self) -> str:
        return f"--seed {self.seed} --only {self.number}: {self.kind} at {self.where}"


class TooSlowError(BaseException):
    """The time is up."""


def write(folder: Path, files: Project) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def outcome(folder: Path) -> str:
    """What comes of the project: `package`, or the code of the first error. Queries without errors
    are generated in any case."""
    generated = sqlwright.generate(folder, keep_going=True)
    for item in generated.diagnostics:
        text.plain(text.render(item))
        formats.as_json(item)
        formats.github(item)
        formats.concise(item)
    for file in generated.files:
        compile(file.text, file.path.name, "exec")
    errors = [item.code for item in generated.diagnostics if item.severity == "error"]
    return errors[0] if errors else "package"


def attempt(folder: Path, seed: int, number: int) -> str | Fault:
    files = project(Random(f"{seed} {number}"))
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    write(folder, files)

    def up(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, up)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return outcome(folder)
    except (Exception, TooSlowError) as error:
        signal.setitimer(signal.ITIMER_PROF, 0)
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if "sqlwright" in frame.filename] or list(frames)
        where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {str(error)[:100]!r}"
        return Fault(seed, number, type(error).__name__, where)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def fuzz(seed: int, numbers: Iterator[int] | range) -> tuple[Counter[str], list[Fault]]:
    """What came of the inputs of these numbers."""
    outcomes: Counter[str] = Counter()
    faults: list[Fault] = []
    with tempfile.TemporaryDirectory() as area:
        for number in numbers:
            result = attempt(Path(area) / "project", seed, number)
            if isinstance(result, Fault):
                faults.append(result)
                print(result, flush=True)
            else:
                outcomes[result] += 1
    return outcomes, faults


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", type=int)
    options.add_argument("--from", dest="first", type=int, default=0)
    asked = options.parse_args()
    if asked.only is not None:
        folder = Path(tempfile.mkdtemp())
        write(folder, project(Random(f"{asked.seed} {asked.only}")))
        print(folder)
        print(outcome(folder))
        return 0
    print(f"seed {asked.seed}, {asked.count} inputs")
    outcomes, faults = fuzz(asked.seed, range(asked.first, asked.first + asked.count))
    print(f"{outcomes['package']} packages; refused: {outcomes.total() - outcomes['package']}")
    print(", ".join(f"{code} {count}" for code, count in outcomes.most_common()))
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
