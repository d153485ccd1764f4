"""What the catalog keeps of an analysed query (a view's, an SQL function's body) or expression.

The analysis makes these; the catalog only carries them, so it needs no more than this outline.
"""

from __future__ import annotations

from typing import Protocol


class StoredQuery(Protocol):
    """An analysed query, opaque to the catalog (`analysis.tree.Query` in practice)."""


class StoredExpression(Protocol):
    """An analysed expression: a default or what a generated column is computed from
    (`analysis.tree.Expr` in practice)."""
