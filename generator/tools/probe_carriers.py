"""Find out by trying what asyncpg can read, send and copy, into `codegen/data/carriers.tsv`.

    python -m generator.tools.probe_carriers [--check] [NAME ...]

Every type stands in every place: alone, in an array, as a field of a composite value and of an
anonymous row, in a domain, a range and a multirange, in COPY; read and sent; on a connection that
has met the type before and on one that has not; json also where the connection has a codec for it.
PostgreSQL's own types and pgvector's are asked of the embedded server, those of contrib of a server
started from the system's packages. asyncpg is asked in the oldest version that `pyproject.toml`
allows, installed for the purpose into a folder of its own, and in the one that is installed.

An outcome is `yes`, `no` (with the class of the error), `wrong` for another value than the one
sent, or `crash` for a Python that did not survive. Where the versions differ, the worse one is
said. A type that cannot be in a place has nothing there. With names only those types are tried, and
of the others the table says what it said.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from .carrier_samples import CONTRIB, CORE, KINDS, VECTOR
from .carrier_worker import PLACES
from .extracted_files import write_files
from .servers import contrib_programs, embedded_server, installed_server
from .type_cases import Sample

CODEGEN = Path(__file__).parents[1] / "sqlwright" / "codegen"
FILE = CODEGEN / "data" / "carriers.tsv"
WORKER = Path(__file__).with_name("carrier_worker.py")

Outcomes = dict[tuple[str, str], str]


def rows(samples: tuple[Sample, ...]) -> list[dict[str, str]]:
    """What the worker is told of each type."""
    return [
        {
            "name": sample.name,
            "t": sample.type or sample.name,
            "x": f"'{sample.literal}'::{sample.type or sample.name}"
            if not sample.is_expression
            else sample.literal,
            "setup": sample.setup,
            "codec": sample.codec,
        }
        for sample in samples
    ]


def probe(uri: str, samples: tuple[Sample, ...], path: str) -> Outcomes:
    """The outcomes with the asyncpg that is found first on `path`, or the installed one."""
    found: Outcomes = {}
    waiting = [(row, list(PLACES)) for row in rows(samples)]
    while waiting:
        done = subprocess.run(
            [sys.executable, str(WORKER), uri],
            input=json.dumps(waiting),
            env={**os.environ, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        told = 0
        for line in done.stdout.splitlines():
            name, place, outcome = json.loads(line)
            found[name, place] = outcome
            told += 1
        if not told:
            raise RuntimeError(done.stderr)
        waiting = [
            (row, left)
            for row, todo in waiting
            if (left := [place for place in todo if (row["name"], place) not in found])
        ]
    return found


def worse(first: str, second: str) -> str:
    """The outcome that holds for both versions."""
    return first if second in ("yes", first) else second


def told() -> Outcomes:
    """What the file says."""
    header, *lines = (line.split("\t") for line in FILE.read_text().splitlines())
    return {
        (line[0], place): cell.removeprefix("no ")
        for line in lines
        for place, cell in zip(header[1:], line[1:], strict=False)
    }


def table(outcomes: Outcomes) -> str:
    """The file: a line a type."""
    names = list(dict.fromkeys(name for name, _ in outcomes))
    lines = ["\t".join(["type", *PLACES])]
    for name in names:
        cells = [_cell(outcomes.get((name, place), "")) for place in PLACES]
        lines.append("\t".join([name, *cells]).rstrip("\t"))
    return "\n".join(lines) + "\n"


def _cell(outcome: str) -> str:
    return outcome if outcome in ("yes", "wrong", "crash", "") else f"no {outcome}"


def oldest_asyncpg() -> str:
    """The oldest version that the package allows."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
    bounds = " ".join(project["project"]["dependencies"])
    found = re.search(r"asyncpg>=([\d.]+)", bounds)
    assert found is not None
    return found[1]


def carriers(names: Sequence[str]) -> str:
    """Ask every server with every version, of these types or of all."""
    every = CORE + KINDS + VECTOR + CONTRIB
    if unknown := sorted({*names} - {sample.name for sample in every}):
        raise SystemExit(f"there is no sample of {', '.join(unknown)}")
    before = told() if names else {}
    found: Outcomes = {}
    with tempfile.TemporaryDirectory() as oldest:
        wanted = f"asyncpg=={oldest_asyncpg()}.*"
        install = [sys.executable, "-m", "pip", "install", "-q", "--target", oldest, wanted]
        subprocess.run(install, check=True)
        for server, of_server in ((embedded_server, CORE + KINDS + VECTOR), (_contrib, CONTRIB)):
            samples = tuple(each for each in of_server if not names or each.name in names)
            if samples:
                with server() as uri:
                    found |= _asked(uri, samples, oldest)
    places = [(sample.name, place) for sample in every for place in PLACES]
    return table({key: found.get(key, before.get(key, "")) for key in places})


def _contrib() -> AbstractContextManager[str]:
    programs = contrib_programs()
    if programs is None:
        raise SystemExit("no PostgreSQL with contrib is installed on this machine")
    return installed_server(programs)


def _asked(uri: str, samples: tuple[Sample, ...], oldest: str) -> Outcomes:
    extensions = dict.fromkeys(sample.extension for sample in samples if sample.extension)
    _run(uri, ";".join(f"CREATE EXTENSION {each}" for each in extensions))
    first, second = probe(uri, samples, oldest), probe(uri, samples, "")
    return {key: worse(first[key], second[key]) for key in second}


def _run(uri: str, setup: str) -> None:
    import asyncio

    import asyncpg

    async def run() -> None:
        conn = await asyncpg.connect(uri)
        await conn.execute(setup or "SELECT")
        await conn.close()

    asyncio.run(run())


def main() -> int:
    parser = argparse.ArgumentParser(description="Probe what asyncpg carries.")
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 if it differs")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these types")
    options = parser.parse_args()
    return write_files({"data/carriers.tsv": carriers(options.names)}, CODEGEN, options.check)


if __name__ == "__main__":
    sys.exit(main())
