"""The packages whose modules several generated ones share: what all of those need."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.codegen.imports import CONNECTION, NO_ROW_ERROR
from sqlwright.codegen.options import USUAL_LINE_LENGTH
from sqlwright.config import Config
from sqlwright.config.runtimes import invalid_runtime, runtime_folders
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import DiagnosticError
from sqlwright.project.outcomes import Made
from sqlwright.render.support_files import support_package


@dataclass(frozen=True, slots=True)
class Runtime:
    """A package that others share: its folder, relative as `out` is, and its files."""

    folder: str
    files: tuple[tuple[str, str], ...]


def shared_packages(config: Config, made: Sequence[Made]) -> list[Runtime]:
    """The packages that those made of the configuration share. Of one that cannot be known since a
    package was not made there is nothing.

    Raises DiagnosticError `invalid-config` where packages need the same module with different
    contents.
    """
    folders = runtime_folders(config)
    found = []
    for folder in dict.fromkeys(folder for folder in folders if folder is not None):
        users = [at for at, each in enumerate(folders) if each == folder]
        needs = [made[at].support for at in users]
        modules: dict[str, tuple[str, str]] = {}
        shown = {CONNECTION, NO_ROW_ERROR}
        for at, need in zip(users, needs, strict=True):
            out = config.packages[at].out
            _refuse_hidden(config, folder, out, made[at])
            for name, text in need.modules if need is not None else ():
                known, first = modules.setdefault(name, (text, out))
                if known != text:
                    raise DiagnosticError(
                        invalid_runtime(
                            config,
                            f"{first} and {out} need a different `{name}` of their `runtime`: "
                            f"{_KINDS[known]} and {_KINDS[text]}",
                            "configure both alike, or give one a `runtime` of its own",
                        )
                    )
            shown.update(need.shown if need is not None else ())
        if None not in needs:
            pairs = sorted((name, text) for name, (text, _) in modules.items())
            lengths = {each.options.line_length for each in config.packages}
            files = support_package(pairs, shown, unusual=lengths != {USUAL_LINE_LENGTH})
            found.append(Runtime(folder, tuple((file.path, file.text) for file in files)))
    return found


_KINDS = {
    "_json_msgspec": "json by msgspec",
    "_json_orjson": "json by orjson",
    "_json_stdlib": "json by the standard library",
    "_unset": "the `UNSET` of its own",
    "_unset_msgspec": "msgspec's `UNSET`",
}
"""What tells the texts of one module from each other."""


def _refuse_hidden(config: Config, folder: str, out: str, made: Made) -> None:
    """Python would import the folder for a module beside it that has its name."""
    names = {path for path, _ in made.files or ()}
    parent, _, name = folder.rpartition("/")
    if parent == out.rstrip("/") and f"{name}.py" in names:
        raise DiagnosticError(
            invalid_runtime(
                config,
                f"{out}/{name}.py could not be imported beside the `runtime` in `{folder}`",
                "give the runtime another name",
            )
        )
