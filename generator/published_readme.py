"""The README as the package index shows it, where links into the repository lead nowhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_RELATIVE = re.compile(r"\[([^\]]+)\]\((?![a-z]+:|#)([^)]+)\)")


class CustomMetadataHook(MetadataHookInterface):  # type: ignore[misc]  # as hatchling wants it
    """Asked by hatchling, by its name, for what `dynamic` lists."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Put in the README with names of files in place of links to them."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": _RELATIVE.sub(_named, text)}


def _named(link: re.Match[str]) -> str:
    text, path = link[1], link[2]
    return f"`{path}`" if text == path else f"{text} (`{path}`)"
