"""Refusing what the configured version of PostgreSQL does not know yet."""

from __future__ import annotations

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.facts.builtins import NEWEST_MAJOR
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile, Span
from sqlwright.sql import nodes
from sqlwright.sql.versions import newer_syntax


def check_version(catalog: Catalog, source: SourceFile, tree: nodes.Node) -> None:
    """Raise DiagnosticError (42601, as for any syntax unknown to it) for newer syntax."""
    major = catalog.builtin.major
    if major >= NEWEST_MAJOR:
        return
    found = newer_syntax(tree, major, source.text)
    if found is None:
        return
    node, since, what = found
    raise DiagnosticError(
        Diagnostic(
            "syntax-error",
            "error",
            f"{what} needs PostgreSQL {since}",
            (Label(Span(source, node.start, node.end)),),
            help=f'the configured version is {major}; set postgresql = "{since}" if the server is',
            sqlstate="42601",
        )
    )
