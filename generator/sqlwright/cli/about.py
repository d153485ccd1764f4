"""The options that tell of the program. They are what click's own are, which look for translations
of their words wherever they are made: that takes longer than to declare all others."""

from __future__ import annotations

import click

from sqlwright import __version__


def show_help(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    """Print the help of a command, and end."""
    if asked and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


def show_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    """Print which program this is, and end."""
    if asked and not ctx.resilient_parsing:
        click.echo(f"sqlwright, version {__version__}", color=ctx.color)
        ctx.exit()


HELP = click.Option(
    ["-h", "--help"],
    is_flag=True,
    expose_value=False,
    is_eager=True,
    help="Show this message and exit.",
    callback=show_help,
)
VERSION = click.option(
    "-V",
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    help="Show the version and exit.",
    callback=show_version,
)
