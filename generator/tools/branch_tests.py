"""Print the tests of what differs from another branch: those of the rooms that changed.

    python -m generator.tools.branch_tests [BASE]

The rule: tests that changed are run; a changed room of the package has the tests that ROOMS names,
besides those of whole packages and reports, which say whether the rooms still fit together; all
tests are run where anything else changed that tests may depend on. `make test` is for the rest.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
PACKAGE = "generator/sqlwright"
ROOMS = {
    f"{PACKAGE}/analysis/nullability": ("nullability",),
    f"{PACKAGE}/analysis/premises": ("nullability", "row_counts"),
    f"{PACKAGE}/analysis/row_counts": ("row_counts", "nullability"),
    f"{PACKAGE}/analysis/violations": ("violations", "verification/test_violations.py"),
    f"{PACKAGE}/analysis": ("analysis", "nullability", "row_counts", "violations"),
    f"{PACKAGE}/catalog": ("catalog", "schemas", "analysis"),
    f"{PACKAGE}/sql": ("sql", "schemas"),
    f"{PACKAGE}/codegen": ("codegen", "runtime"),
    f"{PACKAGE}/render": ("codegen", "runtime"),
    f"{PACKAGE}/config": ("config", "codegen"),
    f"{PACKAGE}/project": ("config", "cli", "store"),
    f"{PACKAGE}/diagnostics": ("diagnostics", "cli"),
    f"{PACKAGE}/diagnostics/codes.py": ("diagnostics", "cli", "config"),
    f"{PACKAGE}/verification": ("verification", "cli/test_verify.py"),
    f"{PACKAGE}/watching.py": ("cli/test_watch.py",),
    f"{PACKAGE}/terminal.py": ("cli/test_terminal.py",),
    f"{PACKAGE}/cli": ("cli", "docs"),
    f"{PACKAGE}/pipeline.py": ("cli", "docs", "store"),
    f"{PACKAGE}/making.py": ("codegen", "cli"),
    f"{PACKAGE}/packing.py": ("store", "foundation/test_processes.py"),
    f"{PACKAGE}/store.py": ("store",),
    f"{PACKAGE}/explanation.py": ("cli", "docs"),
    f"{PACKAGE}/inspection.py": ("cli", "docs"),
    f"{PACKAGE}/interface.py": ("cli",),
    f"{PACKAGE}/output": ("output", "cli"),
    f"{PACKAGE}/scaffold.py": ("cli",),
    f"{PACKAGE}/__main__.py": ("cli", "foundation/test_byte_code.py"),
    f"{PACKAGE}/byte_code.py": ("foundation",),
    f"{PACKAGE}/constructors.py": ("foundation",),
    f"{PACKAGE}/dataclass.py": ("foundation",),
    f"{PACKAGE}/processes.py": ("foundation",),
    "generator/benchmarks": ("tools/test_benchmarks.py",),
    "generator/tools": ("catalog", "tools"),
    "generator/tools/carrier_samples.py": ("runtime/test_carriers.py",),
    "generator/tools/compile_templates.py": ("codegen",),
    "generator/tools/extension_cases.py": ("runtime",),
    "generator/tools/extract_foreign_functions.py": ("diagnostics/test_fixes.py",),
    "generator/tools/type_cases.py": ("runtime",),
    "generator/tools/write_constructors.py": ("foundation",),
    "queries": ("runtime",),
    "schema": ("runtime",),
    "generated": ("runtime",),
    "docs": ("docs",),
    "README.md": ("docs",),
    "CHANGELOG.md": ("docs",),
    ".pre-commit-hooks.yaml": ("cli",),
}
"""What tests a room; of a path the entry that is longest."""

WHOLE = (
    "codegen/test_packages.py",
    "docs/test_examples.py",
    "diagnostics/test_mistakes.py",
    "runtime/test_chat_debug.py",
)
"""What goes through all rooms."""

CASES = "tests/cases"
EXAMPLES = "docs/examples"
NO_TESTS = (".ci", ".gitignore", "LICENSE")


def relevant_tests(changed: Iterable[str]) -> set[str]:
    """The tests that the rule gives for changed paths, as paths from the root."""
    found: set[str] = set()
    for path in changed:
        found |= _tests_of(PurePosixPath(path))
    return {"tests"} if "tests" in found else found


def _tests_of(path: PurePosixPath) -> set[str]:
    name = path.as_posix()
    if name.startswith(NO_TESTS):
        return set()
    if name.startswith(f"{CASES}/"):
        return _reading(path.parts[2])
    if name.startswith(f"{EXAMPLES}/"):
        return {EXAMPLES, "tests/docs"}
    if path.parts[0] == "tests" and len(path.parts) > 2:
        whole_file = path.name.startswith("test_") and (ROOT / path).exists()
        return {name} if whole_file else {f"tests/{path.parts[1]}"}
    room = max((each for each in ROOMS if path.is_relative_to(each)), key=len, default=None)
    if room is None:
        return {"tests"}
    tests = ROOMS[room] + (WHOLE if room.startswith(PACKAGE) else ())
    return {f"tests/{each}" for each in tests}


def _reading(topic: str) -> set[str]:
    """The files of tests that read cases of a topic: those that name it."""
    return {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "tests").glob("*/test_*.py")
        if f'"{topic}"' in file.read_text(encoding="utf-8")
    }


def changed_since(base: str) -> list[str]:
    """Paths that differ from where this branch left another one, new files too."""
    fork = _git("merge-base", base, "HEAD")[0]
    return _git("diff", "--name-only", fork) + _git("ls-files", "--others", "--exclude-standard")


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout.splitlines()


def main() -> int:
    tests = relevant_tests(changed_since(sys.argv[1] if len(sys.argv) > 1 else "main"))
    within = {each for each in tests if {p.as_posix() for p in PurePosixPath(each).parents} & tests}
    print(f"tests of this branch: {' '.join(sorted(tests - within)) or 'none'}", file=sys.stderr)
    print(" ".join(sorted(tests - within)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
