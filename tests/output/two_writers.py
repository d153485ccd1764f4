"""Two runs of the command that begin together, with other queries for the same folder.

As a program: `python two_writers.py FOLDER TIMES`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

COMMAND = [sys.executable, "-m", "sqlwright", "generate"]


def projects(area: Path) -> dict[str, Path]:
    """Two projects that differ in every file, with one folder for their packages."""
    for name, kind in (("one", "int"), ("other", "text")):
        (area / name).mkdir(parents=True)
        (area / name / "schema.sql").write_text(f"CREATE TABLE t (a {kind}, b {kind});\n")
        (area / name / "sqlwright.toml").write_text(
            'schema = ["schema.sql"]\nqueries = ["queries"]\nout = "../generated"\n'
        )
        (area / name / "queries").mkdir()
        for file in ("same", *(f"{name}{number}" for number in range(6))):
            query = f"-- name: {file.capitalize()} :many\nSELECT a, b FROM t;\n"
            (area / name / "queries" / f"{file}.sql").write_text(query)
    return {name: area / name for name in ("one", "other")}


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def race(area: Path, times: int) -> Counter[str]:
    """Whose package was there in the end how often; `mixture` if it was nobody's."""
    places = projects(area)
    alone = {}
    for name, place in places.items():
        subprocess.run(COMMAND, cwd=place, check=True, capture_output=True)
        alone[name] = contents(area / "generated")
    results: Counter[str] = Counter()
    for number in range(times):
        if number % 2:
            shutil.rmtree(area / "generated")
        runs = [
            subprocess.Popen(COMMAND, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            for place in places.values()
        ]
        for run in runs:
            _, said = run.communicate()
            assert run.returncode == 0, said.decode()
        found = contents(area / "generated")
        results[next((name for name, files in alone.items() if found == files), "mixture")] += 1
        assert {path.name for path in area.iterdir()} == {"one", "other", "generated"}
    return results


if __name__ == "__main__":
    print(dict(race(Path(sys.argv[1]), int(sys.argv[2]))))
