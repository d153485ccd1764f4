"""Find out by trying what asyncpg can read, send and copy, into `codegen/data/carriers.tsv`.

    python -m generator.tools.probe_carriers [--check]

Every type stands in every place: alone, in an array, as a field of a composite value and of an
anonymous row, in a domain, a range and a multirange, in COPY; read and sent; on a connection that
has met the type before and on one that has not; json also where the connection has a codec for it.
PostgreSQL's own types and pgvector's are asked of the embedded server, those of contrib of a server
started from the system's packages. asyncpg is asked in the oldest version that `pyproject.toml`
allows, installed for the purpose into a folder of its own, and in the one that is installed.

An outcome is `yes`, `no` (with the class of the error), `wrong` for another value than the one
sent, or `crash` for a Python that did not survive. Where the versions differ, the worse one is
said. A type that cannot be in a place has nothing there.
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
from contextlib import AbstractContextManager
from pathlib import Path

from .carrier_samples import CONTRIB, CORE, KINDS, VECTOR, Sample
from .carrier_worker import PLACES
from .extract_catalog import write_files
from .servers import contrib_programs, embedded_server, installed_server

CODEGEN = Path(__file__).parents[1] / "sqlwright" / "codegen"
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


def carriers() -> str:
    """Ask every server with every version."""
    programs = contrib_programs()
    if programs is None:
        raise SystemExit("no PostgreSQL with contrib is installed on this machine")
    servers: list[tuple[AbstractContextManager[str], tuple[Sample, ...], str]] = [
        (embedded_server(), CORE + KINDS, ""),
        (embedded_server(), VECTOR, "CREATE EXTENSION vector"),
        (
            installed_server(programs),
            CONTRIB,
            ";".join(
                f"CREATE EXTENSION {each}"
                for each in dict.fromkeys(
                    sample.extension for sample in CONTRIB if sample.extension
                )
            ),
        ),
    ]
    with tempfile.TemporaryDirectory() as oldest:
        wanted = f"asyncpg=={oldest_asyncpg()}.*"
        install = [sys.executable, "-m", "pip", "install", "-q", "--target", oldest, wanted]
        subprocess.run(install, check=True)
        outcomes: Outcomes = {}
        for server, samples, setup in servers:
            with server as uri:
                _run(uri, setup)
                first = probe(uri, samples, oldest)
                second = probe(uri, samples, "")
                outcomes |= {key: worse(first[key], second[key]) for key in second}
    return table(outcomes)


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
    options = parser.parse_args()
    return write_files({"data/carriers.tsv": carriers()}, CODEGEN, options.check)


if __name__ == "__main__":
    sys.exit(main())
