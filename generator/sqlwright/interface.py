"""The interface for other tools: everything that a configuration comes to, as values."""

from __future__ import annotations

import os
from pathlib import Path

from sqlwright.config import Config, load_config
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.output import GeneratedFile
from sqlwright.pipeline import generate_packages
from sqlwright.sql.files import is_folder


@dataclass(frozen=True, slots=True)
class Generated:
    """What `sqlwright.generate` returns: the files as they should be, with absolute paths if the
    configuration was given by one, and the reports, as the command would show them.
    """

    files: tuple[GeneratedFile, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        return any(item.severity == "error" for item in self.diagnostics)


def generate_all(
    config: Config | str | os.PathLike[str] | None, *, keep_going: bool = False
) -> Generated:
    """See `sqlwright.generate`."""
    try:
        if not isinstance(config, Config):
            path = Path(config or ".")
            config = load_config(path) if is_folder(path) else load_config(path.parent, path)
    except DiagnosticError as error:
        return Generated((), (error.diagnostic,))
    plans = generate_packages(config, keep_going=keep_going)
    found = (*config.warnings, *(item for plan in plans for item in plan.diagnostics))
    generated = Generated(tuple(file for plan in plans for file in plan.files), found)
    return replace(generated, files=()) if generated.failed and not keep_going else generated
