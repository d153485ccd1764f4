"""What is shown to people and programs: reports, diffs, and one line for what was done."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import click

from sqlwright import terminal
from sqlwright.cli.known import Known, as_before
from sqlwright.config import Config
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Diagnostic, text
from sqlwright.diagnostics.consequences import folded
from sqlwright.diagnostics.repetition import of_one_type, once, shortened
from sqlwright.diagnostics.wording import counted
from sqlwright.store import Store

if TYPE_CHECKING:
    from sqlwright import pipeline
    from sqlwright.output import Changes

Form = Literal["text", "concise", "json", "github"]

COLOURS: dict[text.Style, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"fg": "green", "bold": True},
    "help": {"fg": "cyan", "bold": True},
    "frame": {"fg": "blue", "bold": True},
    "message": {"bold": True},
    "plain": {},
}


def known_to(config: Config, store: Store) -> Known | None:
    """What the one who reads the reports has been told before. Where no terminal is, as in CI,
    nobody is taken to know anything."""
    return Known(store, config) if store and terminal.is_shown() else None


def _columns() -> int | None:
    """How wide the terminal is that reports go to, None where there is none."""
    if not terminal.is_shown():
        return None
    try:
        seen = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError):  # it says it is one, and has no size
        return None
    import shutil

    return shutil.get_terminal_size((seen.columns or 80, seen.lines)).columns


def report(
    found: Sequence[Diagnostic], form: Form, known: Known | None = None, *, whole: bool = False
) -> None:
    """Print diagnostics to standard error in the form asked for; all but JSON leave out errors
    that only follow from others. The form for people has the errors first, then what is new, and
    of warnings that are `known` how many there are; `whole` says that this is all there is to tell
    of the project."""
    if form == "json":
        if found:
            import json

            from sqlwright.diagnostics import formats

            click.echo(json.dumps([formats.as_json(item) for item in found], indent=2), err=True)
        return
    found = folded(once(found))
    if form == "text":
        _for_people(found, known)
        if known is not None and whole:
            known.told(found)
        return
    if not found:
        return
    from sqlwright.diagnostics import formats

    one_line = formats.concise if form == "concise" else formats.github
    for item in found:
        click.echo(one_line(item), err=True)


def _for_people(found: Sequence[Diagnostic], known: Known | None) -> None:
    verbose = bool(click.get_current_context().meta.get("verbose"))
    new, before = known.split(found) if known is not None else (list(found), [])
    errors = [item for item in of_one_type(new) if item.severity == "error"]
    others = [item for item in new if item.severity != "error"]
    shown = [errors, others, before] if verbose else [errors, list(map(_brief, others))]
    for item in (item for group in shown for item in shortened(group)):
        click.echo(_coloured(text.render(item, _columns())) + "\n", err=True)
    closing = [text.summary([item for group in shown for item in group])]
    if not verbose:
        closing.append(as_before(before))
    for line in filter(None, closing):
        click.echo(line, err=True)


def _brief(item: Diagnostic) -> Diagnostic:
    """What only concerns another tool is a line; its places are for those who ask."""
    if item.code != "sqlc-options-ignored":
        return item
    return replace(item, labels=(), notes=())


def _coloured(lines: Iterable[text.Line]) -> str:
    """Styled pieces as terminal text; click drops the colours where they do not belong."""
    return "\n".join(
        "".join(click.style(piece.text, **COLOURS[piece.style]) for piece in line).rstrip()
        for line in lines
    )


def written(plan: pipeline.Plan, changes: Changes) -> str:
    """What was written of a package."""
    parts = [
        counted(len(files), "file") + f" {verb}"
        for files, verb in (
            (changes.created, "written"),
            (changes.changed, "updated"),
            (changes.left_over, "removed"),
        )
        if files
    ] or ["up to date"]
    if plan.functions is not None:
        parts.append(counted(plan.functions, "query", "queries"))
    if plan.refused:
        parts.append(f"{len(plan.refused)} left out")
    return f"{plan.out}: {', '.join(parts)}"


def nothing_written(plans: Sequence[pipeline.Plan]) -> str:
    """Tells those who move a project over that all is as it was, and how to have most of it."""
    fine = sum(plan.functions or 0 for plan in plans)
    if not fine:
        return "nothing was written"
    return (
        f"nothing was written; `sqlwright generate --keep-going` writes the "
        f"{counted(fine, 'query', 'queries')} without errors"
    )


def stale(plans: Sequence[pipeline.Plan]) -> str:
    missing = sum(len(plan.changes.created) for plan in plans)
    changed = sum(len(plan.changes.changed) for plan in plans)
    left = sum(len(plan.changes.left_over) for plan in plans)
    parts = [
        f"{counted(number, 'file')} {word}"
        for number, word in ((changed, "out of date"), (missing, "missing"), (left, "left over"))
        if number
    ]
    return ", ".join(parts)


def show_diff(lines: Iterable[str]) -> None:
    for line in lines:
        if line.startswith(("+++", "---")):
            click.secho(line, bold=True)
        elif line.startswith("+"):
            click.secho(line, fg="green")
        elif line.startswith("-"):
            click.secho(line, fg="red")
        else:
            click.echo(line)
