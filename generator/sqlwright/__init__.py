"""Typed asyncpg functions from annotated PostgreSQL queries, inferred without a database.

For other tools there is one function, `generate`, which does what the command of that name does
except that it writes nothing:

    import sqlwright

    generated = sqlwright.generate("sqlwright.toml")
    for file in generated.files:
        print(file.path, len(file.text))
    for diagnostic in generated.diagnostics:
        print(diagnostic.severity, diagnostic.code, diagnostic.message)

Everything else may change between versions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.version import __version__

if TYPE_CHECKING:
    import os

    from sqlwright.config import Config
    from sqlwright.interface import Generated

__all__ = ["__version__", "generate"]


def generate(
    config: Config | str | os.PathLike[str] | None = None, *, keep_going: bool = False
) -> Generated:
    """Every file of every package of a configuration, and what there is to say about the input.

    `config` is a configuration file, a folder that has one, or a `Config`; by default the current
    folder. With an error among the diagnostics there are no files; with `keep_going`, only the
    queries with errors are missing from them. Nothing is written, and nothing is raised for
    mistakes in the input: what stops the work is a diagnostic too.
    """
    from sqlwright.interface import generate_all

    return generate_all(config, keep_going=keep_going)
