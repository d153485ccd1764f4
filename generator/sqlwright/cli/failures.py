"""How a command ends that does not end well: exit codes, and what is said to a bug."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from sqlwright import __version__
from sqlwright.cli.reports import Form, report
from sqlwright.diagnostics import Diagnostic, DiagnosticError

ERRORS = 1
NO_SERVER = 3
INTERNAL = 70
"""EX_SOFTWARE of sysexits.h."""
INTERRUPTED = 130
"""What shells say of a command that Ctrl-C has stopped."""
TRACEBACK = "SQLWRIGHT_TRACEBACK"
"""The variable that asks for the traceback of a bug."""


class Group(click.Group):
    """Turns a diagnostic that ends a command into a report, and a bug into exit code 70."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DiagnosticError as error:
            _report(ctx, error.diagnostic)
            ctx.exit(ERRORS)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            if error.filename is not None:
                _tell_bug(error)
                ctx.exit(INTERNAL)
            _report(ctx, _no_output(error))
            _drop_output()
            ctx.exit(ERRORS)
        except Exception as error:
            _tell_bug(error)
            ctx.exit(INTERNAL)


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
    frames = traceback.extract_tb(error.__traceback__)
    ours = str(Path(__file__).parent.parent)
    return next((frame for frame in reversed(frames) if frame.filename.startswith(ours)), None)
