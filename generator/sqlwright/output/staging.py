"""New texts on disk before they take their places."""

from __future__ import annotations

from pathlib import Path

from sqlwright.output.files import GeneratedFile


def staged(file: GeneratedFile, place: Path) -> None:
    """Write a file's text to another place. What goes wrong is told of the file itself."""
    try:
        place.write_text(file.text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file.path)) from error
