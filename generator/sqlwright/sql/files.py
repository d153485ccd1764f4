"""Finding and reading the `.sql` files that a configuration names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.patterns import pattern
from sqlwright.source import SourceFile, Span
from sqlwright.sql.lexing.line_ends import with_plain_line_ends

Kind = Literal["schema", "queries"]

_BYTE_ORDER_MARK = "\ufeff"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_WILDCARD = pattern(r"[*?\[]")
_LONGEST = 200
_DIGITS = pattern(r"([0-9]+)")


def read_sources(
    paths: Sequence[str | Path], kind: Kind, root: Path | None = None
) -> tuple[list[SourceFile], list[Diagnostic]]:
    """Read every file that `paths` stand for, in the order they are to be applied.

    A path is a file, a folder (its `*.sql` files, not those of its subfolders) or a pattern with
    `*`, `?` or `[...]`. Folders and patterns leave out hidden files and `*.down.sql`, and sort
    with numbers compared as numbers, so that `2_b.sql` comes before `10_a.sql`. Paths are relative
    to `root` and are shown as they were given. A file named twice is read once.

    Line ends of Windows become plain ones outside of literals and quoted names, where they are what
    the server gets. Whatever cannot be read becomes a diagnostic: a missing path, a file that the
    system will not open or that is not UTF-8, and a folder without any `*.sql` file.
    """
    sources: list[SourceFile] = []
    diagnostics: list[Diagnostic] = []
    seen: set[str] = set()
    for given in paths:
        try:
            found = _expand(Path(given), kind, root or Path())
        except DiagnosticError as error:
            diagnostics.append(error.diagnostic)
            continue
        except OSError as error:
            reason = error.strerror or type(error).__name__
            diagnostics.append(_unreadable(_shown(given), reason).diagnostic)
            continue
        except (ValueError, IndexError, RecursionError) as error:  # what no path or pattern can be
            diagnostics.append(_unreadable(_shown(given), str(error)).diagnostic)
            continue
        for shown, file in found:
            identity = os.path.realpath(file)  # which, unlike `resolve`, takes links in a circle
            if identity in seen:
                continue
            seen.add(identity)
            try:
                sources.append(_read(shown, file))
            except DiagnosticError as error:
                diagnostics.append(error.diagnostic)
    return sources, diagnostics


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """A sort key under which the numbers within names compare by their value."""
    return [
        (0, int(part), part) if part.isdigit() else (1, 0, part)
        for part in _DIGITS.split(name)
        if part
    ]


def is_folder(path: Path) -> bool:
    """Whether there is a folder, as far as the system lets us see."""
    try:
        return path.is_dir()
    except OSError:  # such as a name that is too long
        return False


def _expand(given: Path, kind: Kind, root: Path) -> list[tuple[str, Path]]:
    actual = root / given
    if is_folder(actual):
        return _folder(given, actual, kind)
    if os.path.lexists(actual):
        return [(given.as_posix(), actual)]
    if _WILDCARD.search(given.as_posix()):
        return _matches(given, kind, root)
    raise DiagnosticError(
        Diagnostic(
            "missing-path",
            "error",
            f"{_noun(kind)} path {_shown(given)} does not exist",
            help=f"create it, or change the configured {kind} paths",
        )
    )


def _folder(given: Path, actual: Path, kind: Kind) -> list[tuple[str, Path]]:
    try:
        names = [entry.name for entry in actual.iterdir() if not entry.is_dir()]
    except OSError as error:
        raise _unreadable(given.as_posix(), error.strerror or type(error).__name__) from error
    found = [(_joined(given, name), actual / name) for name in _selected(names)]
    if not found:
        raise DiagnosticError(
            Diagnostic(
                "no-sql-files",
                "error",
                f"{_noun(kind)} folder {given.as_posix()} contains no .sql files",
                help=_elsewhere(given, actual, names),
            )
        )
    return found


def _elsewhere(given: Path, actual: Path, names: Iterable[str]) -> str | None:
    """Advice on files that are passed over: of another ending, or in folders within the folder."""
    capital = next((name for name in sorted(names) if name.lower().endswith(".sql")), None)
    if capital is not None and not capital.endswith(".sql"):
        return f"{capital} is passed over: name it with a small `.sql`"
    if next(actual.glob("*/**/*.sql"), None) is not None:
        return f"those of the folders in it are taken too where it is `{given.as_posix()}/**`"
    return None


def _matches(given: Path, kind: Kind, root: Path) -> list[tuple[str, Path]]:
    """Files that a pattern matches, and those of the folders that it matches."""
    base = Path(given.anchor) if given.is_absolute() else root
    pattern = given.relative_to(given.anchor) if given.is_absolute() else given
    found: list[tuple[str, Path]] = []
    for match in base.glob(pattern.as_posix()):
        shown = match if given.is_absolute() else match.relative_to(root)
        if match.is_dir():
            names = [entry.name for entry in match.iterdir() if not entry.is_dir()]
            found += [(_joined(shown, name), match / name) for name in _selected(names)]
        elif _selected([match.name]):
            found.append((shown.as_posix(), match))
    if not found:
        raise DiagnosticError(
            Diagnostic(
                "missing-path",
                "error",
                f"{_noun(kind)} pattern {given.as_posix()} matches no .sql files",
            )
        )
    return sorted(found, key=lambda item: natural_key(item[0]))


def _selected(names: Iterable[str]) -> list[str]:
    return sorted(
        (
            name
            for name in names
            if name.endswith(".sql") and not name.endswith(".down.sql") and name[0] != "."
        ),
        key=natural_key,
    )


def _joined(folder: Path, name: str) -> str:
    return (folder / name).as_posix()


def _shown(given: str | Path) -> str:
    """A path as it can be shown, and not more of it than anybody reads."""
    text = Path(given).as_posix()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _is_handed_over(shown: str) -> bool:
    """Whether a path stands for what another program writes, as `<(...)` of a shell does."""
    return shown.startswith(("/dev/fd/", "/dev/stdin", "/proc/self/fd/"))


def _noun(kind: Kind) -> str:
    return "schema" if kind == "schema" else "query"


def _read(shown: str, file: Path) -> SourceFile:
    if not shown.isprintable():
        raise _unreadable(shown, "its name has characters that cannot be shown: rename it")
    try:
        if not file.is_file() and not _is_handed_over(shown) and file.exists():
            raise _unreadable(shown, "it is not a file")
        data = file.read_bytes()
    except OSError as error:
        raise _unreadable(shown, error.strerror or type(error).__name__) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _not_utf8(shown, data, error) from error
    text = with_plain_line_ends(text.removeprefix(_BYTE_ORDER_MARK))
    if (at := text.find("\0")) != -1:
        raise _bad_bytes(SourceFile(shown, text), at, "0x00", "a text of PostgreSQL cannot have it")
    return SourceFile(shown, text)


def _unreadable(shown: str, reason: str) -> DiagnosticError:
    return DiagnosticError(
        Diagnostic("unreadable-file", "error", f"could not read {shown}: {reason}")
    )


def _not_utf8(shown: str, data: bytes, error: UnicodeDecodeError) -> DiagnosticError:
    """Point at the first bad byte, in the text as far as it can be shown."""
    before = data[: error.start].decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
    after = data[error.start :].decode("utf-8", errors="replace")
    source = SourceFile(shown, before + after)
    bad = " ".join(f"0x{byte:02x}" for byte in data[error.start : error.end])
    looks = "it looks like UTF-16: " if data.startswith(_UTF_16_MARKS) else ""
    return _bad_bytes(source, len(before), bad, f"{looks}save the file as UTF-8")


def _bad_bytes(source: SourceFile, at: int, bad: str, advice: str) -> DiagnosticError:
    return DiagnosticError(
        Diagnostic(
            "invalid-encoding",
            "error",
            f'invalid byte sequence for encoding "UTF8": {bad}',
            (Label(Span(source, at, at + 1)),),
            help=advice,
            sqlstate="22021",
        )
    )
