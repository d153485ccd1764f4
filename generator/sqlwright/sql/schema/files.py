"""Which files of a schema folder are read, and in what order: that of the tool that owns them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlwright.diagnostics import Diagnostic
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile
from sqlwright.sql.files import is_folder, natural_key, read_sources

_FLYWAY = pattern(r"(?P<kind>[VBUR])(?P<version>\d[\d._]*)?__.*\.sql\Z")
_BACKWARD_SUFFIXES = (".down.sql", ".undo.sql", ".rollback.sql", ".revert.sql")
_BACKWARD_NAMES = ("down.sql", "revert.sql", "rollback.sql", "verify.sql")
_FORWARD_NAMES = ("up.sql", "migration.sql", "deploy.sql")
_SQITCH_PLAN = "sqitch.plan"


def read_schema_sources(
    paths: Sequence[str | Path], root: Path | None = None
) -> tuple[list[SourceFile], list[Diagnostic]]:
    """Read the schema files that `paths` stand for, in the order a migration tool applies them.

    A folder gives its `*.sql` files, and where these lie in folders of their own (Prisma, Drizzle,
    Diesel, Hasura) those of its subfolders. Files that lead backward are left out. See
    `read_sources` for the rest.
    """
    base = root or Path()
    expanded: list[str | Path] = []
    for path in paths:
        found = schema_folder(base / path) if is_folder(base / path) else []
        if found:
            expanded.extend(Path(path) / each for each in found)
        else:
            expanded.append(path)
    return read_sources(expanded, "schema", base)


def schema_folder(folder: Path) -> list[Path]:
    """The schema files of a folder in the order they are applied, relative to it."""
    try:
        entries = sorted(folder.iterdir(), key=lambda each: natural_key(each.name))
    except OSError:
        return []
    files = [each.name for each in entries if not each.is_dir()]
    own = [Path(name) for name in ordered(files)]
    own = _by_plan(folder, own)
    nested = _nested(folder, [each for each in entries if each.is_dir()])
    return own + nested if nested or own else []


def ordered(names: Iterable[str]) -> list[str]:
    """The files to read among those of one folder, in their tool's order."""
    wanted = [each for each in names if is_forward(each)]
    flyway = [each for each in wanted if _of_flyway(each)]
    if flyway:
        return _flyway(flyway) + sorted(
            (each for each in wanted if each not in flyway), key=natural_key
        )
    return sorted(wanted, key=natural_key)


def is_forward(name: str) -> bool:
    """Whether a file is SQL that leads forward; hidden files and undo scripts do not."""
    if not name.endswith(".sql") or name.startswith("."):
        return False
    flyway = _of_flyway(name)
    if flyway is not None and flyway["kind"] == "U":
        return False
    return not name.endswith(_BACKWARD_SUFFIXES) and name not in _BACKWARD_NAMES


def _of_flyway(name: str) -> re.Match[str] | None:
    return _FLYWAY.match(name) if "__" in name else None


def _flyway(names: list[str]) -> list[str]:
    """The latest baseline, the versions after it as numbers, then the repeatable ones by name."""
    matches = {each: found for each in names if (found := _of_flyway(each)) is not None}

    def version(name: str) -> tuple[int, ...]:
        text = matches[name]["version"] or ""
        return tuple(int(part) for part in re.split(r"[._]", text) if part)

    baselines = sorted((each for each in names if matches[each]["kind"] == "B"), key=version)
    start = baselines[-1:] if baselines else []
    after = version(start[0]) if start else ()
    versions = sorted(
        (
            each
            for each in names
            if matches[each]["kind"] == "V" and (not start or version(each) > after)
        ),
        key=version,
    )
    repeatable = sorted(each for each in names if matches[each]["kind"] == "R")
    return start + versions + repeatable


def _by_plan(folder: Path, files: list[Path]) -> list[Path]:
    """Sqitch's deploy folder in the order of its plan."""
    plan = folder.parent / _SQITCH_PLAN
    if folder.name != "deploy" or not plan.is_file():
        return files
    try:
        lines = plan.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return files
    changes = [line.split()[0] for line in lines if line.strip() and line[0] not in "#%@"]
    order = {f"{name}.sql": index for index, name in enumerate(changes)}
    return sorted(files, key=lambda each: order.get(each.name, len(order)))


def _nested(folder: Path, subfolders: list[Path]) -> list[Path]:
    """`20240101_init/migration.sql` and the like; other subfolders are not looked into."""
    found: list[Path] = []
    for each in subfolders:
        for name in _FORWARD_NAMES:
            if (each / name).is_file():
                found.append(each.relative_to(folder) / name)
    return found
