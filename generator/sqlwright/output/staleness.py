"""Changes as reports, for programs that show them at their places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlwright.diagnostics import Diagnostic, Label
from sqlwright.output.diff import relative
from sqlwright.output.files import Changes, GeneratedFile, text
from sqlwright.source import SourceFile, Span

HELP = "run `sqlwright generate`"


def stale_files(changes: Changes, shown: Path) -> Iterator[Diagnostic]:
    """A report for every place where a file is not what it should be, and for every file that is
    missing or left over; paths relative to `shown`."""
    for file in sorted(changes.written, key=lambda item: item.path):
        name = relative(file.path, shown)
        if file in changes.created:
            yield _whole(SourceFile(name, ""), f"{name} is missing")
        else:
            yield from _places(file, SourceFile(name, text(file.path)))
    for path in changes.left_over:
        name = relative(path, shown)
        yield _whole(
            SourceFile(name, text(path)), f"{name} is left over: nothing makes it any more"
        )


def _places(file: GeneratedFile, present: SourceFile) -> Iterator[Diagnostic]:
    import difflib  # which up to date packages have no need of

    before, after = present.text.splitlines(), file.text.splitlines()
    starts = [0]
    for line in present.text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for kind, first, last, begin, end in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            continue
        at = min(first, len(before) - 1) if before else 0
        until = starts[last - 1] + len(before[last - 1]) if last > first else starts[at]
        lines = (
            *(f"-{line}" for line in before[first:last]),
            *(f"+{line}" for line in after[begin:end]),
        )
        yield Diagnostic(
            "stale-file",
            "error",
            f"{present.path} is out of date",
            (Label(Span(present, starts[at], until)),),
            notes=("\n".join(lines),),
            help=HELP,
        )


def _whole(source: SourceFile, message: str) -> Diagnostic:
    end = source.text.find("\n")
    place = Label(Span(source, 0, max(0, end)))
    return Diagnostic("stale-file", "error", message, (place,), help=HELP)
