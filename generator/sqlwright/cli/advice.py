"""Advice for command lines that mean something, in the words of other tools or another order."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlwright.diagnostics.spelling import did_you_mean, nearest

SQL = ".sql"
CONFIGURATIONS = (".toml", ".yaml", ".yml", ".json")
ELSEWHERE = {
    "build": "generate",
    "compile": "check",
    "createdb": "verify",
    "diff": "check",
    "format": "check",
    "gen": "generate",
    "lint": "check",
    "new": "init",
    "run": "generate",
    "test": "verify",
    "vet": "check",
}
"""What other generators call the commands, sqlc among them."""
AS_OPTIONS = {"--check": "check", "--diff": "check", "--dry-run": "check", "--watch": "watch"}
"""Options of other generators that are commands here."""


def of_command(given: str, commands: Collection[str]) -> str | None:
    """What to write in place of a command that there is not."""
    if is_path(given):
        return of_path(given, "generate")
    if given == "help":
        return "`sqlwright --help` lists the commands"
    if given == "version":
        return "`sqlwright --version` shows it"
    meant = ELSEWHERE.get(given)
    if meant is not None:
        return f"`sqlwright {meant}` does that"
    return did_you_mean(nearest(given, sorted(commands)))


def of_option(
    option: str, rest: Sequence[str], command: str | None, commands: Collection[str]
) -> str | None:
    """What to write in place of an option that `command`, None for the program itself, does not
    have. `rest` are the arguments as they were given."""
    if (meant := AS_OPTIONS.get(option)) is not None and meant != command:
        return f"`sqlwright {meant}` does that"
    if command is None and (named := next((word for word in rest if word in commands), None)):
        others = [word for word in rest if word != named]
        return f"options follow the command: `sqlwright {' '.join([named, *others])}`"
    return None


def of_path(path: str, command: str) -> str:
    """How to name a file to a command."""
    if path.endswith(CONFIGURATIONS):
        return f"a configuration is named by an option: `sqlwright {command} --config {path}`"
    return (
        f"a command is about the whole project; `sqlwright {command} --queries {path}` takes the "
        "queries of this file or folder alone"
    )


def is_path(given: str) -> bool:
    """Whether an argument is meant for a file or a folder."""
    return "/" in given or "\\" in given or given.endswith((SQL, *CONFIGURATIONS))
