"""The `sqlwright` command: the only place that prints, colours and chooses an exit code.

What takes long to import is imported by the commands that need it, since shells that complete run
this module at every press of a key.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from sqlwright import scaffold, terminal, watching
from sqlwright.config import Config, load_config
from sqlwright.config.model import PackageConfig
from sqlwright.diagnostics import Diagnostic, DiagnosticError, formats, pages, text
from sqlwright.diagnostics.consequences import folded
from sqlwright.output import Changes, unified_diff, write

if TYPE_CHECKING:
    from sqlwright import pipeline
    from sqlwright.analysis.facts import QueryFacts

ERRORS = 1
NO_SERVER = 3
INTERNAL = 70
"""EX_SOFTWARE of sysexits.h."""

RARE_COLLECTIONS = (100_000, 50, 100)
"""Catalogs and trees are many small values without circles, which the collector walks in vain."""

DiagnosticsForm = Literal["text", "concise", "json", "github"]
Command = TypeVar("Command", bound=Callable[..., Any])

COLOURS: dict[text.Style, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"fg": "green", "bold": True},
    "help": {"fg": "cyan", "bold": True},
    "frame": {"fg": "blue", "bold": True},
    "message": {"bold": True},
    "plain": {},
}


class _Group(click.Group):
    """Turns a diagnostic that ends a command into a report, and a bug into exit code 70."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DiagnosticError as error:
            form: DiagnosticsForm = ctx.meta.get("diagnostics") or "text"
            report([error.diagnostic], form)
            ctx.exit(ERRORS)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception:
            traceback.print_exc()
            click.echo(
                "\nThis is a bug in sqlwright. Please report it with the lines above and, if you "
                "can, the query and the schema that led to it.",
                err=True,
            )
            ctx.exit(INTERNAL)


def with_configuration(command: Command) -> Command:
    """The options that every command reading the configuration has."""
    for option in reversed(
        (
            click.option(
                "--config",
                "config_file",
                type=click.Path(path_type=Path),
                metavar="FILE",
                help="Configuration file, instead of the project's own.",
            ),
            click.option(
                "--schema",
                multiple=True,
                metavar="PATH",
                help="Schema file or folder, instead of the configured ones. Repeatable.",
            ),
            click.option(
                "--queries",
                multiple=True,
                metavar="PATH",
                help="Query file or folder, instead of the configured ones. Repeatable.",
            ),
            click.option("--out", metavar="DIR", help="Folder of the generated package."),
            click.option(
                "--diagnostics",
                type=click.Choice(["text", "concise", "json", "github"]),
                default="text",
                help="Form of errors and warnings.",
                callback=_remember,
                is_eager=True,
            ),
        )
    ):
        command = option(command)
    return command


def _remember(ctx: click.Context, _: click.Parameter, value: DiagnosticsForm) -> DiagnosticsForm:
    ctx.meta["diagnostics"] = value
    return value


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sqlwright", prog_name="sqlwright")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Typed asyncpg functions from annotated PostgreSQL queries, inferred without a database."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    gc.set_threshold(*RARE_COLLECTIONS)


@main.command()
@with_configuration
@click.option(
    "--keep-going",
    is_flag=True,
    help="Write what can be written even if some queries are refused; still exits 1.",
)
def generate(diagnostics: DiagnosticsForm, keep_going: bool, **options: Any) -> None:
    """Write the generated package: all of its files, or none."""
    config = _configuration(**options)
    if not _generate_once(config, diagnostics, keep_going=keep_going):
        sys.exit(ERRORS)


@main.command()
@with_configuration
def check(diagnostics: DiagnosticsForm, **options: Any) -> None:
    """Show what `generate` would change, as a diff; write nothing. Exit 1 if anything would."""
    from sqlwright import pipeline

    config = _configuration(**options)
    planned = [pipeline.generate(config, package) for package in config.packages]
    found = [item for plan in planned for item in plan.diagnostics]
    report([*config.warnings, *found], diagnostics)
    if _failed(found):
        sys.exit(ERRORS)
    stale = [plan for plan in planned if not plan.changes.empty]
    for plan in stale:
        _show_diff(unified_diff(plan.changes, config.root))
    if stale:
        click.echo(f"{_stale(stale)}; run `sqlwright generate`", err=True)
        sys.exit(ERRORS)
    total = sum(plan.changes.unchanged for plan in planned)
    click.echo(f"up to date: {_count(total, 'file')}")


@main.command()
@with_configuration
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="A table for people, or JSON.",
)
def inspect(diagnostics: DiagnosticsForm, form: str, **options: Any) -> None:
    """Show what was inferred of every query: parameters, columns, types, NULLs, row counts."""
    from sqlwright import pipeline

    config = _configuration(**options)
    inspected = [pipeline.inspect(config, package) for package in config.packages]
    found = [item for one in inspected for item in one.diagnostics]
    if form == "json":
        document = {
            "queries": [query for one in inspected for query in one.queries],
            "diagnostics": [formats.as_json(item) for item in (*config.warnings, *found)],
        }
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        for one in inspected:
            click.echo(one.text, nl=False)
        report([*config.warnings, *found], diagnostics)
    if _failed(found):
        sys.exit(ERRORS)


@main.command()
@click.option("--from-sqlc", is_flag=True, help="Take over sqlc's configuration.")
def init(from_sqlc: bool) -> None:
    """Start a project here: a configuration, a schema and one working query. Never overwrites."""
    folder = Path()
    if from_sqlc:
        config = load_config(folder)
        if config.origin is None or config.origin.suffix == ".toml":
            raise click.UsageError("there is no sqlc.yaml, sqlc.yml or sqlc.json here")
        report(config.warnings, "text")
        files = list(scaffold.from_sqlc(folder, config))
    else:
        files = list(scaffold.new_project(folder))
    write(Changes(tuple(files), (), (), 0))
    for file in files:
        click.echo(f"wrote {file.path}")
    if not files:
        click.echo("nothing to write: sqlwright.toml is there already")


@main.command()
@with_configuration
def watch(diagnostics: DiagnosticsForm, **options: Any) -> None:
    """Generate again whenever an input changes, until stopped."""
    config = _configuration(**options)

    def current() -> Config:
        return config

    _generate_once(config, diagnostics)
    for _ in watching.changes(current):
        try:
            config = _configuration(**options)
            _generate_once(config, diagnostics)
        except DiagnosticError as error:
            report([error.diagnostic], diagnostics)


@main.command()
@with_configuration
@click.argument("name", metavar="QUERY[.COLUMN or .$PARAM] | CODE")
def explain(diagnostics: DiagnosticsForm, name: str, **options: Any) -> None:
    """Say why a type and a nullability came out as they did, with the places they rest on; or what
    the code of a report means."""
    if (page := pages.page(name)) is not None:
        click.echo(pages.for_terminal(page), nl=False)
        return
    from sqlwright import explanation, pipeline

    config = _configuration(**options)
    inferred = [pipeline.infer(config, package) for package in config.packages]
    with_it = next(
        (one for one in inferred if any(q.name == name.partition(".")[0] for q in one.queries)),
        inferred[0],
    )
    try:
        shown = explanation.explain(with_it.catalog, with_it.queries, name)
    except DiagnosticError as error:
        report([*with_it.diagnostics, error.diagnostic], diagnostics)
        sys.exit(ERRORS)
    click.echo(shown, nl=False)


@main.command()
@with_configuration
@click.option("--database-url", metavar="URL", help="A server of one's own; prepares only.")
@click.option("--write", is_flag=True, help="Run queries there too, in rolled back transactions.")
@click.option("--verbose", is_flag=True, help="Show how many rows each column was seen in.")
def verify(
    diagnostics: DiagnosticsForm,
    database_url: str | None,
    write: bool,
    verbose: bool,
    **options: Any,
) -> None:
    """Compare every query with a real PostgreSQL, and try to refute NOT NULL and row counts."""
    from sqlwright import pipeline
    from sqlwright.verification.report import report as verification_report
    from sqlwright.verification.server import NoServerError

    config = _configuration(**options)
    equal, lacking = True, False
    for package in config.packages:
        inferred = pipeline.infer(config, package)
        report([*config.warnings, *inferred.diagnostics], diagnostics)
        try:
            found = pipeline.verify(config, package, inferred, database_url, write, _progress())
        except NoServerError as error:
            report([error.diagnostic], diagnostics)
            sys.exit(NO_SERVER)
        for line in verification_report(found, inferred.queries, verbose=verbose):
            click.echo(line)
        equal = equal and found.equal and not inferred.failed
        lacking = lacking or bool(found.missing_extensions)
    if not equal:
        sys.exit(ERRORS)
    if lacking:
        sys.exit(NO_SERVER)


def _progress() -> Callable[[QueryFacts], None]:
    """Shows the query at work on one line of standard error, on a terminal only."""

    def show(facts: QueryFacts) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[Kverifying {facts.name}\r", nl=False, err=True)

    return show


def _generate_once(config: Config, form: DiagnosticsForm, *, keep_going: bool = False) -> bool:
    """Generate every package, or none if any has an error; whether it worked out."""
    from sqlwright import pipeline

    with terminal.progress("query") as progress:
        planned = [
            pipeline.generate(config, package, keep_going=keep_going, progress=progress)
            for package in config.packages
        ]
    found = [item for plan in planned for item in plan.diagnostics]
    report([*config.warnings, *found], form)
    if _failed(found) and not keep_going:
        return False
    for plan in planned:
        write(plan.changes)
        click.echo(_written(plan.package, plan.changes, plan.functions))
    return not _failed(found)


def report(found: Sequence[Diagnostic], form: DiagnosticsForm) -> None:
    """Print diagnostics to standard error in the form asked for; all but JSON leave out errors
    that only follow from others."""
    if form == "json":
        if found:
            click.echo(json.dumps([formats.as_json(item) for item in found], indent=2), err=True)
        return
    found = folded(found)
    if form == "text":
        for item in found:
            click.echo(_coloured(text.render(item)) + "\n", err=True)
        if closing := text.summary(found):
            click.echo(closing, err=True)
        return
    one_line = formats.concise if form == "concise" else formats.github
    for item in found:
        click.echo(one_line(item), err=True)


def _coloured(lines: Iterable[text.Line]) -> str:
    """Styled pieces as terminal text; click drops the colours where they do not belong."""
    return "\n".join(
        "".join(click.style(piece.text, **COLOURS[piece.style]) for piece in line).rstrip()
        for line in lines
    )


def _configuration(
    config_file: Path | None,
    schema: tuple[str, ...],
    queries: tuple[str, ...],
    out: str | None,
) -> Config:
    """The project's configuration under the command line's overrides."""
    config = load_config(Path(), config_file)
    if not (schema or queries or out):
        return config
    if len(config.packages) > 1:
        raise click.UsageError(
            "--schema, --queries and --out work on one package, and the configuration has "
            f"{len(config.packages)}"
        )
    return config.overridden(Path(), schema, queries, out)


def _failed(found: Iterable[Diagnostic]) -> bool:
    return any(item.severity == "error" for item in found)


def _written(package: PackageConfig, changes: Changes, functions: int) -> str:
    if changes.empty:
        return f"{package.out}: up to date, {_count(functions, 'query', 'queries')}"
    parts = [
        _count(len(files), "file") + f" {verb}"
        for files, verb in (
            (changes.created, "written"),
            (changes.changed, "updated"),
            (changes.left_over, "removed"),
        )
        if files
    ]
    return f"{package.out}: {', '.join(parts)}, {_count(functions, 'query', 'queries')}"


def _stale(plans: Sequence[pipeline.Plan]) -> str:
    missing = sum(len(plan.changes.created) for plan in plans)
    changed = sum(len(plan.changes.changed) for plan in plans)
    left = sum(len(plan.changes.left_over) for plan in plans)
    parts = [
        f"{_count(number, 'file')} {word}"
        for number, word in ((changed, "out of date"), (missing, "missing"), (left, "left over"))
        if number
    ]
    return ", ".join(parts)


def _count(number: int, noun: str, plural: str | None = None) -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def _show_diff(lines: Iterable[str]) -> None:
    for line in lines:
        if line.startswith(("+++", "---")):
            click.secho(line, bold=True)
        elif line.startswith("+"):
            click.secho(line, fg="green")
        elif line.startswith("-"):
            click.secho(line, fg="red")
        else:
            click.echo(line)
