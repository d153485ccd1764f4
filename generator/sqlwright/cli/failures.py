"""How a command ends that does not end well: exit codes, and what is said to a bug."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from sqlwright import __version__
from sqlwright.cli import advice
from sqlwright.cli.about import HELP
from sqlwright.cli.reports import Form, report
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.interruptions import INTERRUPTED

if TYPE_CHECKING:
    import traceback

ERRORS = 1
NO_SERVER = 3
INTERNAL = 70
"""EX_SOFTWARE of sysexits.h."""
TRACEBACK = "SQLWRIGHT_TRACEBACK"
"""The variable that asks for the traceback of a bug."""


class Command(click.Command):
    """Has advice for options and arguments that it does not take."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return HELP

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        given = list(args)
        name = ctx.info_name or ""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise _advised(error, advice.of_option(error.option_name, given, name, ())) from error
        except click.UsageError as error:
            paths = [each for each in given if advice.is_path(each) and each in error.message]
            if not paths or "unexpected extra" not in error.message:
                raise
            raise _advised(error, advice.of_path(paths[0], name)) from error


def _advised(error: click.UsageError, said: str | None) -> click.UsageError:
    """The error with advice in place of what click may guess."""
    return error if said is None else click.UsageError(f"{error.message}\n{said}", error.ctx)


class Group(click.Group):
    """Turns a diagnostic that ends a command into a report, and a bug into exit code 70."""

    command_class = Command

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return HELP

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            said = advice.of_option(error.option_name, given, None, self.commands)
            raise _advised(error, said) from error
        except OSError as error:  # --help and --version write at once
            _end_for(ctx, error)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise _advised(error, advice.of_command(args[0], self.commands)) from error

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DiagnosticError as error:
            _report(ctx, error.diagnostic)
            ctx.exit(ERRORS)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except OSError as error:
            _end_for(ctx, error)
        except Exception as error:
            _tell_bug(error)
            ctx.exit(INTERNAL)


def _end_for(ctx: click.Context, error: OSError) -> NoReturn:
    """End a command whose output could not be written; an error of any other file is a bug."""
    if isinstance(error, BrokenPipeError):
        raise error
    if error.filename is not None:
        _tell_bug(error)
        ctx.exit(INTERNAL)
    _report(ctx, _no_output(error))
    _drop_output()
    ctx.exit(ERRORS)


def _report(ctx: click.Context, diagnostic: Diagnostic) -> None:
    form: Form = ctx.meta.get("diagnostics") or "text"
    report([diagnostic], form)


def _no_output(error: OSError) -> Diagnostic:
    return Diagnostic("cannot-write", "error", f"cannot write the output: {error.strerror}")


def _drop_output() -> None:
    """Let what could not be written go, or Python tries again at exit and complains."""
    with suppress(OSError):
        sys.stdout.close()


def _tell_bug(error: Exception) -> None:
    """What happened and where in a few lines; the traceback for those who ask for it."""
    import traceback

    if os.environ.get(TRACEBACK):
        traceback.print_exception(error)
    else:
        words = "".join(traceback.format_exception_only(error)).strip()
        click.echo(f"internal error: {words}", err=True)
        if frame := _last_of_ours(error):
            click.echo(f" --> {frame.filename}:{frame.lineno} in {frame.name}", err=True)
    again = "" if os.environ.get(TRACEBACK) else f", after running it again with {TRACEBACK}=1,"
    click.echo(
        f"\nThis is a bug in sqlwright {__version__}. Please report it{again} "
        "with the lines above and, if you can, the query and the schema that led to it.",
        err=True,
    )


def _last_of_ours(error: Exception) -> traceback.FrameSummary | None:
    """Where in sqlwright it happened, rather than where in a library that was called."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    ours = str(Path(__file__).parent.parent)
    return next((frame for frame in reversed(frames) if frame.filename.startswith(ours)), None)
