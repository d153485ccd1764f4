"""What the commands make of one package, as values that need nothing of what made them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.codegen.reported_rules import UnusedRule
from sqlwright.dataclass import dataclass
from sqlwright.diagnostics import Diagnostic

if TYPE_CHECKING:
    from sqlwright.codegen.model import Support
    from sqlwright.project.inspected_json import QueryJson


@dataclass(frozen=True, slots=True)
class Made:
    """What `generate` makes: the `files` by their paths in the package, None where errors are in
    the way. `functions` is how many queries it has, or would have without those with errors;
    `rules` are those of its options, of which it has no use for the `unused`. `support` is what it
    wants of a package that several share, None if it has that itself."""

    functions: int
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[tuple[str, str], ...] | None = None
    rules: tuple[UnusedRule, ...] = ()
    unused: tuple[UnusedRule, ...] = ()
    support: Support | None = None


@dataclass(frozen=True, slots=True)
class Inspected:
    """The queries of one package as data and as texts, with every report."""

    queries: list[QueryJson]
    texts: list[str]
    diagnostics: tuple[Diagnostic, ...]

    def of(self, query: str) -> Inspected:
        """What there is of one query, and the reports on it and on all of them."""
        mine = [at for at, each in enumerate(self.queries) if each["name"] == query]
        return Inspected(
            [self.queries[at] for at in mine],
            [self.texts[at] for at in mine],
            tuple(item for item in self.diagnostics if item.query in (None, query)),
        )
