"""From the schema files of a package to its catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.catalog.numbering import Numbering
from sqlwright.config import PackageConfig
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile

if TYPE_CHECKING:
    from sqlwright.catalog.passages import Passages


def build(
    package: PackageConfig,
    sources: tuple[SourceFile, ...],
    numbering: Numbering,
    before: tuple[Catalog, tuple[Diagnostic, ...]] | None = None,
    passages: Passages | None = None,
) -> tuple[Catalog, tuple[Diagnostic, ...]]:
    """The catalog that the schema files make, statement by statement, and their reports; what
    those `before` them make is known, and nothing in these was refused."""
    initial, earlier = before or (initial_catalog(package.postgresql), ())
    diagnostics = list(earlier)
    catalog = build_catalog(
        initial, sources, analyser, diagnostics, package.schema_order, numbering, passages
    )
    return catalog, tuple(diagnostics)
