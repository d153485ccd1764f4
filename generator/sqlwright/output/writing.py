"""Writing packages: each of them all or not at all, by one run at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.interruptions import uninterrupted
from sqlwright.output import in_place, swap
from sqlwright.output.exchange import SYSTEM_CAN, UnsupportedError
from sqlwright.output.files import Changes, GeneratedFile, changes
from sqlwright.output.in_place import HalfWrittenError, InPlace
from sqlwright.output.locking import writing
from sqlwright.output.mounts import mounted_within
from sqlwright.output.swap import Swap

Replacement = Swap | InPlace


def write(*wanted: Changes) -> list[Changes]:
    """Carry out the changes and return those that were made: what another run has written in the
    meantime is looked at again.

    Every new text is on disk before the first one takes its place, so a full disk, a missing
    permission or Ctrl-C leaves the folders as they were. Where the system can exchange folders,
    a package takes the place of the one before in one step.

    Raises DiagnosticError `foreign-file`, or `cannot-write` with the system's reason.
    """
    needed = [each for each in wanted if not each.empty or _remains(each.folder.resolve())]
    try:
        with ExitStack() as held:
            for folder in sorted({each.folder for each in needed}, key=Path.resolve):
                held.enter_context(writing(folder))
            for each in needed:
                _clean(each.folder.resolve())
            now = {
                each.folder: changes(each.folder, each.files, replace_sqlc=each.replaces_sqlc)
                for each in needed
            }
            _carry_out([each for each in now.values() if not each.empty])
    except OSError as error:
        raise DiagnosticError(_cannot_write(error)) from error
    return [now.get(each.folder, each) for each in wanted]


def create(files: Iterable[GeneratedFile]) -> None:
    """Write files whose places are free, or none of them.

    Raises DiagnosticError `cannot-write` with the system's reason.
    """
    made: list[Path] = []
    try:
        for file in files:
            file.path.parent.mkdir(parents=True, exist_ok=True)
            with file.path.open("x", encoding="utf-8", newline="\n") as opened:
                made.append(file.path)
                opened.write(file.text)
    except BaseException as error:
        for path in made:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise DiagnosticError(_cannot_write(error)) from error
        raise


def _carry_out(needed: Sequence[Changes]) -> None:
    """Packages in folders of others come first and by themselves: the outer ones take them along
    as they take along what is somebody else's."""
    folders = {each.folder.resolve() for each in needed}
    inner = [each for each in needed if not folders.isdisjoint(each.folder.resolve().parents)]
    if inner:
        _carry_out(inner)
    replacements: list[Replacement] = []
    try:
        for each in needed:
            if each not in inner:
                replacements.append(_replacement(each))
                replacements[-1].stage()
        with uninterrupted():
            _commit(replacements)
    finally:
        with uninterrupted():
            for replacement in replacements:
                replacement.finish()


def _commit(replacements: list[Replacement]) -> None:
    done: list[Replacement] = []
    try:
        for index in range(len(replacements)):
            try:
                replacements[index].commit()
            except UnsupportedError:
                replacements[index].finish()
                replacements[index] = _one_by_one(replacements[index].changes)
                replacements[index].stage()
                replacements[index].commit()
            done.append(replacements[index])
    except BaseException:
        for replacement in reversed(done):
            replacement.undo()
        raise


def _replacement(changes: Changes) -> Replacement:
    """One file alone takes its place in one step anyway; the folder that a command is run in, or
    one above it, had better stay the same folder, and so had one with sqlc's files."""
    folder = changes.folder.resolve()
    one = len(changes.written) + len(changes.left_over) == 1
    writable = os.access(folder, os.W_OK) and os.access(folder.parent, os.W_OK)
    fixed = Path.cwd().is_relative_to(folder) or mounted_within(folder)
    fixed = fixed or changes.replaces_sqlc
    if one or not SYSTEM_CAN or not writable or fixed:
        return _one_by_one(changes)
    return Swap(changes, folder)


def _one_by_one(changes: Changes) -> InPlace:
    return InPlace(changes, changes.folder.resolve())


def _remains(folder: Path) -> bool:
    return in_place.remains(folder) or bool(swap.remains(folder))


def _clean(folder: Path) -> None:
    """Finish what a run that was killed has left to do."""
    with suppress(OSError):
        in_place.clean(folder)
        for work in swap.remains(folder):
            swap.settle(work, folder, {})


def _cannot_write(error: OSError) -> Diagnostic:
    message = f"cannot write {error.filename}: {error.strerror}"
    if not isinstance(error, HalfWrittenError):
        return Diagnostic("cannot-write", "error", message)
    note = "what was there could not be put back either; the package cannot be imported"
    advice = "when the cause is gone, run `sqlwright generate` again"
    return Diagnostic("cannot-write", "error", message, notes=(note,), help=advice)
