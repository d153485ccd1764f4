"""The commands, one function each."""

from __future__ import annotations

import gc
import io
import os
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sqlwright import terminal
from sqlwright.cli.about import VERSION
from sqlwright.cli.failures import ERRORS, NO_SERVER, Group
from sqlwright.cli.options import configuration, with_configuration, with_jobs, with_store
from sqlwright.cli.reports import (
    Form,
    known_to,
    nothing_written,
    report,
    show_diff,
    stale,
    written,
)
from sqlwright.config import Config, load_config
from sqlwright.diagnostics import Diagnostic, DiagnosticError, pages, unknown
from sqlwright.diagnostics.wording import counted
from sqlwright.output import create, stale_files, unified_diff, write
from sqlwright.store import Store, default_folder

if TYPE_CHECKING:
    from sqlwright import pipeline
    from sqlwright.project.outcomes import Inspected

PAGES = Path(__file__).parent.parent / "docs"
"""Where an installed package has the documentation."""
RARE_COLLECTIONS = (10_000_000, 50, 100)
"""Catalogs and trees are many small values, few of them in circles, which the collector walks in
vain: thousands of queries leave less behind than walking to it takes."""
COLLECTIONS = (1_000_000, 50, 100)
"""For commands that go on and on."""


@click.group(
    cls=Group,
    epilog=f"\b\nThe pages of the documentation are in\n{PAGES}" if PAGES.is_dir() else None,
)
@VERSION
@click.pass_context
def main(ctx: click.Context) -> None:
    """Typed asyncpg functions from annotated PostgreSQL queries, inferred without a database."""
    ctx.color = _colour(os.environ)
    gc.set_threshold(*RARE_COLLECTIONS)
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Names may have characters that the terminal's encoding lacks; standard error does this
        # by itself.
        sys.stdout.reconfigure(errors="backslashreplace")


def _colour(environment: Mapping[str, str]) -> bool | None:
    """Whether the environment asks for colours or against them; None leaves it to the terminal.
    NO_COLOR goes before what forces colours (no-color.org, force-color.org)."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return None


@main.command(short_help="Write the generated package.")
@with_configuration
@with_jobs
@with_store
@click.option(
    "--keep-going",
    is_flag=True,
    help="Write what can be written even if some queries are refused; still exits 1.",
)
@click.option(
    "--replace-sqlc",
    is_flag=True,
    help="Take over files that sqlc's generators wrote: overwrite them, remove the others.",
)
def generate(
    diagnostics: Form,
    keep_going: bool,
    replace_sqlc: bool,
    jobs: int,
    store: Store,
    **options: Any,
) -> None:
    """Write the generated package: all of its files, or none."""
    config = configuration(**options, store=store)
    planned = _generate_once(
        config,
        diagnostics,
        keep_going=keep_going,
        replace_sqlc=replace_sqlc,
        jobs=jobs,
        store=store,
    )
    if any(plan.failed for plan in planned):
        if config.of_sqlc and diagnostics == "text" and not keep_going:
            click.echo(nothing_written(planned), err=True)
        sys.exit(ERRORS)


@main.command(short_help="Show what `generate` would change, as a diff.")
@with_configuration
@with_jobs
@with_store
def check(diagnostics: Form, jobs: int, store: Store, **options: Any) -> None:
    """Show what `generate` would change, as a diff; write nothing. Exit 1 if anything would."""
    from sqlwright import pipeline

    config = configuration(**options, store=store)
    with terminal.progress("query") as progress:
        planned = pipeline.generate_packages(config, progress=progress, jobs=jobs, store=store)
    found = [item for plan in planned for item in plan.diagnostics]
    failed = _failed(found)
    outdated = [plan for plan in planned if not plan.changes.empty and not failed]
    if diagnostics != "text":
        found += [item for plan in outdated for item in stale_files(plan.changes, config.root)]
    report([*config.warnings, *found], diagnostics, known_to(config, store), whole=True)
    if failed:
        sys.exit(ERRORS)
    if diagnostics != "json":
        for plan in outdated:
            show_diff(unified_diff(plan.changes, config.root))
    if outdated:
        if diagnostics != "json":
            click.echo(f"{stale(outdated)}; run `sqlwright generate`", err=True)
        sys.exit(ERRORS)
    total = sum(len(plan.changes.unchanged) for plan in planned)
    click.echo(f"up to date: {counted(total, 'file')}")


@main.command(short_help="Show the types, NULLs and row counts that were inferred.")
@with_configuration
@with_jobs
@with_store
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="A table for people, or JSON.",
)
@click.argument("query", required=False)
def inspect(
    diagnostics: Form, form: str, jobs: int, store: Store, query: str | None, **options: Any
) -> None:
    """Show what was inferred of every query, or of one: parameters, columns, types, NULLs, row
    counts."""
    from sqlwright import pipeline

    config = configuration(**options, store=store)
    with terminal.progress("query") as progress:
        inspected = pipeline.inspect(config, progress, jobs, store)
    if query is not None:
        inspected = _of_query(inspected, query)
    found = [item for one in inspected for item in one.diagnostics]
    if form == "json":
        import json

        from sqlwright.diagnostics import formats

        document = {
            "queries": [each for one in inspected for each in one.queries],
            "diagnostics": [formats.as_json(item) for item in (*config.warnings, *found)],
        }
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        for one in inspected:
            click.echo("".join(one.texts), nl=False)
        report([*config.warnings, *found], diagnostics, known_to(config, store))
    if _failed(found):
        sys.exit(ERRORS)


def _of_query(inspected: list[Inspected], name: str) -> list[Inspected]:
    """What there is of one query; an error where there is no such query, unless it was refused."""
    found = [one.of(name) for one in inspected]
    refused = any(item.query == name for one in found for item in one.diagnostics)
    if not refused and not any(one.queries for one in found):
        known = [each["name"] for one in inspected for each in one.queries]
        raise DiagnosticError(unknown.unknown("query", name, known))
    return found


@main.command(short_help="Start a project here.")
@click.option("--from-sqlc", is_flag=True, help="Take over sqlc's configuration.")
def init(from_sqlc: bool) -> None:
    """Start a project here: a configuration, a schema and one working query. Never overwrites."""
    from sqlwright import scaffold

    folder = Path()
    if from_sqlc:
        config = load_config(folder, upwards=False)
        if not config.of_sqlc:
            raise click.UsageError("there is no sqlc.yaml, sqlc.yml or sqlc.json here")
        report(config.warnings, "text")
        files = list(scaffold.from_sqlc(folder, config))
    else:
        files = list(scaffold.new_project(folder))
    create(files)
    for file in files:
        click.echo(f"wrote {file.path}")
    if not files:
        click.echo("nothing to write: sqlwright.toml is there already")


@main.command(short_help="Generate again whenever an input changes.")
@with_configuration
@with_store
def watch(diagnostics: Form, store: Store, **options: Any) -> None:
    """Generate again whenever an input changes, until stopped."""
    from sqlwright import watching

    gc.set_threshold(*COLLECTIONS)
    config = configuration(**options, store=store)

    def current() -> Config:
        return config

    try:
        for changed in watching.changes(current):
            if changed:
                click.echo(f"{time.strftime('%H:%M:%S')} {', '.join(changed)}")
            else:
                click.echo(f"watching {', '.join(watching.watched(config))}; Ctrl-C ends it")
            try:
                config = configuration(**options, store=store)
                _generate_once(config, diagnostics, store=store)
            except DiagnosticError as error:
                report([error.diagnostic], diagnostics)
    except KeyboardInterrupt:
        pass  # being stopped is how watching ends


@main.command(short_help="Give the reasons for a type, or the page of a code.")
@with_configuration
@click.argument("name", metavar="QUERY[.COLUMN or .$PARAM] | CODE")
def explain(diagnostics: Form, name: str, **options: Any) -> None:
    """Say why a type and a nullability came out as they did, with the places they rest on; or what
    the code of a report means."""
    if (page := pages.page(name)) is not None:
        click.echo(pages.for_terminal(page), nl=False)
        return
    from sqlwright import explanation, pipeline

    if explanation.is_code(name):
        raise DiagnosticError(explanation.unknown_code(name))
    config = configuration(**options)
    with terminal.progress("query") as progress:
        inferred = pipeline.infer_packages(config, progress)
    with_it = next(
        (one for one in inferred if any(q.name == name.partition(".")[0] for q in one.queries)),
        inferred[0],
    )
    try:
        shown = explanation.explain(with_it.catalog, with_it.queries, name)
    except DiagnosticError as error:
        # A query that was refused is not there to be explained, and its report says more.
        found = with_it.diagnostics
        report(found if _about(found, name) else [*found, error.diagnostic], diagnostics)
        sys.exit(ERRORS)
    click.echo(shown, nl=False)


def _about(found: Iterable[Diagnostic], name: str) -> bool:
    """Whether there is an error that explains why a query is not known."""
    return any(
        item.severity == "error" and item.query in (None, name.partition(".")[0]) for item in found
    )


@main.command(short_help="Compare everything with a real PostgreSQL.")
@with_configuration
@click.option("--database-url", metavar="URL", help="A server of one's own; prepares only.")
@click.option(
    "--scratch", metavar="URL", help="A server to make a database on, which is dropped afterwards."
)
@click.option("--write", is_flag=True, help="Run queries there too, in rolled back transactions.")
@click.option("--seed", type=int, default=0, help="Of the random data; 0 unless given.")
def verify(
    diagnostics: Form,
    database_url: str | None,
    scratch: str | None,
    write: bool,
    seed: int,
    **options: Any,
) -> None:
    """Compare every query with a real PostgreSQL, and try to refute NOT NULL and row counts."""
    from sqlwright import pipeline
    from sqlwright.verification.report import report as verification_report
    from sqlwright.verification.server import NoServerError

    gc.set_threshold(*COLLECTIONS)
    if database_url and scratch:
        raise click.UsageError("--database-url and --scratch are two ways to name the server")
    config = configuration(**options)
    verbose = bool(click.get_current_context().meta.get("verbose"))
    equal, lacking = True, False
    inferences = pipeline.infer_packages(config)
    for package, inferred in zip(config.packages, inferences, strict=True):
        found_here = [*config.warnings, *inferred.diagnostics]
        report(found_here, diagnostics, known_to(config, Store(default_folder(os.environ))))
        if inferred.failed and not inferred.queries:
            equal = False
            continue
        try:
            with terminal.progress("verifying: step") as progress:
                found = pipeline.verify(
                    config, package, inferred, database_url, scratch, write, progress, seed
                )
        except NoServerError as error:
            report([error.diagnostic], diagnostics)
            sys.exit(NO_SERVER)
        report(found.ungenerated, diagnostics)
        for line in verification_report(found, inferred.queries, verbose=verbose):
            click.echo(line)
        equal = equal and found.equal and not inferred.failed
        lacking = lacking or bool(found.missing)
    if not equal:
        sys.exit(ERRORS)
    if lacking:
        sys.exit(NO_SERVER)


def _generate_once(
    config: Config,
    form: Form,
    *,
    store: Store,
    keep_going: bool = False,
    replace_sqlc: bool = False,
    jobs: int = 1,
) -> list[pipeline.Plan]:
    """Generate every package, or none if any has an error."""
    from sqlwright import pipeline

    with terminal.progress("query") as progress:
        planned = pipeline.generate_packages(
            config,
            keep_going=keep_going,
            progress=progress,
            jobs=jobs,
            store=store,
            replace_sqlc=replace_sqlc,
        )
    found = [*config.warnings, *(item for plan in planned for item in plan.diagnostics)]
    report(found, form, known_to(config, store), whole=True)
    if keep_going or not any(plan.failed for plan in planned):
        made = write(*(plan.changes for plan in planned))
        for plan, changes in zip(planned, made, strict=True):
            click.echo(written(plan, changes))
    return planned


def _failed(found: Iterable[Diagnostic]) -> bool:
    return any(item.severity == "error" for item in found)
