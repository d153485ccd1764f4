"""`make bench`: print what the commands take next to sqlc, and what generated packages cost over
raw asyncpg, next to other ways."""

from __future__ import annotations

import argparse
import asyncio
import re
import tempfile
from pathlib import Path

from benchmarks import commands, database, races
from benchmarks.report import Report


def main() -> None:
    """Run everything, print a table for each, and save what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="rounds of each race")
    parser.add_argument(
        "--only",
        type=re.compile,
        default=re.compile(""),
        metavar="REGEX",
        help="run what has this in its name, such as 'start-up|501 queries|import'",
    )
    parser.add_argument("--part", choices=("commands", "races"), help="run one of the parts")
    parser.add_argument(
        "--project", type=Path, help="a folder with a configuration of both to measure as well"
    )
    parser.add_argument(
        "--compiled",
        type=Path,
        metavar="PYTHON",
        help="the interpreter of an environment with a compiled build, to measure it as well",
    )
    parser.add_argument("--save", type=Path, default=Path("docs"), help="where the results go")
    arguments = parser.parse_args()
    rounds, only, report = arguments.rounds, arguments.only, Report()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.part != "races":
            compiled = arguments.compiled and arguments.compiled.absolute()
            commands.run(report, rounds, only, Path(folder), arguments.project, compiled)
        if arguments.part != "commands":
            with database.server() as uri:
                asyncio.run(races.run(uri, Path(folder), rounds, only, report))
    report.save(arguments.save)


if __name__ == "__main__":
    main()
