"""The options that several commands share, and the configuration they lead to."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sqlwright.cli.reports import Form
from sqlwright.config import Config, load_config
from sqlwright.dataclass import replace
from sqlwright.processes import available_processors
from sqlwright.store import NOTHING, Store, default_folder

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Command = TypeVar("Command", bound=Callable[..., Any])


class File(click.ParamType):  # type: ignore[type-arg] # it takes some since click 8.5
    """A path that click may ask the system about."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, str) and "\0" in value:
            self.fail("a path has no NUL in it", param, ctx)
        return _path().convert(value, param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return _path().shell_complete(ctx, param, incomplete)


def _path() -> click.Path:
    """Made where there is a path, since it looks for a translation of its name."""
    return click.Path(path_type=Path)


def with_configuration(command: Command) -> Command:
    """The options that every command reading the configuration has."""
    for option in reversed(
        (
            click.option(
                "--config",
                "config_file",
                type=File(),
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
            click.option(
                "--strict",
                is_flag=True,
                expose_value=False,
                callback=_note,
                help="Make errors of warnings.",
            ),
            click.option(
                "-v",
                "--verbose",
                is_flag=True,
                expose_value=False,
                callback=_note,
                help="Show more, such as the places of options that are not used.",
            ),
        )
    ):
        command = option(command)
    return command


def with_jobs(command: Command) -> Command:
    """The option of commands that may infer a great many queries."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=available_processors,
        metavar="N",
        help="Processes to use for many queries; by default as many as there are processors.",
    )(command)


def with_store(command: Command) -> Command:
    """The option of commands that keep what they work out."""
    return click.option(
        "--no-cache",
        "store",
        is_flag=True,
        callback=lambda _, __, off: NOTHING if off else Store(default_folder(os.environ)),
        help="Work everything out anew, and keep nothing for the next run.",
    )(command)


def _remember(ctx: click.Context, _: click.Parameter, value: Form) -> Form:
    ctx.meta["diagnostics"] = value
    return value


def _note(ctx: click.Context, param: click.Parameter, value: bool) -> bool:
    ctx.meta[param.name or ""] = value
    return value


def configuration(
    config_file: Path | None,
    schema: tuple[str, ...],
    queries: tuple[str, ...],
    out: str | None,
    store: Store = NOTHING,
) -> Config:
    """The project's configuration under the command line's overrides."""
    config = load_config(Path(), config_file, store=store)
    if click.get_current_context().meta.get("strict"):
        config = replace(config, strict=True)
    if not (schema or queries or out):
        return config
    if len(config.packages) > 1:
        raise click.UsageError(
            "--schema, --queries and --out work on one package, and the configuration has "
            f"{len(config.packages)}"
        )
    return config.overridden(Path(), schema, queries, out)
