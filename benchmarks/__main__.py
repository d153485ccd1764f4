"""`make bench`: print what generated packages cost over raw asyncpg, next to other ways."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks import database, races


def main() -> None:
    """Run all races and print a table for each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="rounds of each race")
    parser.add_argument("--only", default="", help="run the races whose names contain this")
    arguments = parser.parse_args()
    with database.server() as uri, tempfile.TemporaryDirectory() as folder:
        asyncio.run(races.run(uri, Path(folder), arguments.rounds, arguments.only))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
