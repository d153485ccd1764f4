"""Changes as people and programs read them: a unified diff."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlwright.output.files import Changes, text


def unified_diff(changes: Changes, shown: Path) -> Iterator[str]:
    """The changes as unified diff lines, paths relative to `shown`; missing files come from and
    left-over ones go to /dev/null, as in git."""
    for file in sorted(changes.written, key=lambda item: item.path):
        name = relative(file.path, shown)
        before = text(file.path) if file.path.exists() else None
        origin = f"a/{name}" if before is not None else "/dev/null"
        yield from _diff(before or "", file.text, origin, f"b/{name}")
    for path in changes.left_over:
        yield from _diff(text(path), "", f"a/{relative(path, shown)}", "/dev/null")


def relative(path: Path, root: Path) -> str:
    """A path as seen from a folder above it, with slashes."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def _diff(before: str, after: str, origin: str, target: str) -> Iterator[str]:
    import difflib  # which up to date packages have no need of

    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), origin, target, lineterm=""
    )
    yield from lines
