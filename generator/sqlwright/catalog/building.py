"""From schema files to the catalog that PostgreSQL would have after running them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlwright.catalog.analyser import Analyser
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.context import Context
from sqlwright.catalog.ddl.removal import drop
from sqlwright.catalog.ddl.statements import apply
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.layers import Failure
from sqlwright.dataclass import replace
from sqlwright.diagnostics import Diagnostic, DiagnosticError, Label
from sqlwright.source import SourceFile
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.grammar.definitions.subjects import subject_of
from sqlwright.sql.schema.reader import Unreadable, read_schema


def build_catalog(
    catalog: Catalog,
    sources: Iterable[SourceFile],
    analyse: Analyser,
    diagnostics: list[Diagnostic],
) -> Catalog:
    """The catalog after every statement of every file; what is refused is reported and skipped.

    Each file begins with the search path of a new session, and so do the queries afterwards.
    """
    files = list(sources)
    for source in files:
        session = _Session(catalog, source, analyse, diagnostics)
        for statement in read_schema(source, diagnostics):
            session.run(statement)
        catalog = session.finish()
    order = {source.path: at for at, source in enumerate(files)}
    diagnostics[:] = [_with_later_place(catalog, order, found) for found in diagnostics]
    return catalog


def _with_later_place(catalog: Catalog, order: dict[str, int], found: Diagnostic) -> Diagnostic:
    """A refusal that something does not exist, where a later statement creates it."""
    if found.code not in ("unknown-relation", "unknown-type") or found.help or not found.labels:
        return found
    place = found.labels[0].span
    names = tuple(place.text.lower().split("."))
    thing = catalog.find_relation(names) or catalog.find_type(names)
    if thing is None or thing.declared is None:
        return found
    declared, here = thing.declared, place.source.path
    there = declared.source.path
    if (order.get(there, -1), declared.start) <= (order.get(here, -1), place.start):
        return found
    advice = (
        f"{thing.name} is created further down: move this after it"
        if there == here
        else f"{thing.name} is created later, in {there}: files are read in order of their names"
    )
    label = Label(declared, f"{thing.name} is created here")
    return replace(found, labels=(*found.labels, label), help=advice)


class _Session:
    """One file being applied, with the transactions it opens."""

    def __init__(
        self,
        catalog: Catalog,
        source: SourceFile,
        analyse: Analyser,
        diagnostics: list[Diagnostic],
    ) -> None:
        self.catalog = catalog
        self.source = source
        self.analyse = analyse
        self.diagnostics = diagnostics
        self.begun: Catalog | None = None
        self.savepoints: list[tuple[str, Catalog]] = []
        self.dropped_on_commit: list[nodes.RangeVar] = []

    def run(self, statement: ddl.DdlStatement | Unreadable) -> None:
        """Apply one statement; an error leaves the catalog as it was."""
        if isinstance(statement, Unreadable):
            self._refused(statement, statement.diagnostic)
            return
        if isinstance(statement, ddl.Transaction):
            self._transaction(statement)
            return
        before = self.catalog
        try:
            self.catalog = apply(
                self.catalog, statement, self.source, self.analyse, self.diagnostics
            )
        except DiagnosticError as error:
            self._refused(statement, error.diagnostic)
            return
        except RecursionError:
            self.catalog = before
            raise
        text = self.source.text[statement.start : statement.end]
        self.catalog = self.analyse.with_memory(self.catalog, text)
        if isinstance(statement, ddl.CreateTable) and statement.on_commit == "drop":
            self.dropped_on_commit.append(statement.relation)
        if self.begun is None:
            self._commit()

    def _refused(self, statement: ddl.DdlStatement | Unreadable, diagnostic: Diagnostic) -> None:
        """Report a refusal, and remember what is missing because of it."""
        self.diagnostics.append(diagnostic)
        text = self.source.text[statement.start : statement.end]
        subject = subject_of(text)
        if subject is not None and diagnostic.labels:
            failure = Failure(diagnostic.labels[0].span, text)
            self.catalog = self.catalog.with_failure(*subject, failure)

    def _transaction(self, statement: ddl.Transaction) -> None:
        if statement.kind == "begin":
            self.begun = self.begun or self.catalog
        elif statement.kind == "commit":
            self._commit()
        elif statement.kind == "rollback":
            if self.begun is not None:
                self.catalog = self.begun
            self.begun, self.savepoints, self.dropped_on_commit = None, [], []
        elif statement.savepoint is not None:
            self._savepoint(statement.kind, statement.savepoint)

    def _savepoint(self, kind: str, name: str) -> None:
        if kind == "savepoint":
            self.savepoints.append((name, self.catalog))
            return
        for index in range(len(self.savepoints) - 1, -1, -1):
            known, saved = self.savepoints[index]
            if known == name:
                if kind == "rollback to":
                    self.catalog = saved
                    self.savepoints = self.savepoints[: index + 1]
                else:
                    self.savepoints = self.savepoints[:index]
                return

    def _commit(self) -> None:
        self.begun, self.savepoints = None, []
        for place in self.dropped_on_commit:
            found = self.catalog.find_relation(("pg_temp", place.name[-1]))
            if found is not None:
                context = Context(self.catalog, self.source, self.analyse, self.diagnostics)
                address = Address("relation", found.oid)
                self.catalog = drop(context, [address], place, cascade=True).catalog
        self.dropped_on_commit = []

    def finish(self) -> Catalog:
        """The catalog at the end of the file, with a new session's search path."""
        self._commit()
        return replace(self.catalog, search_path=self.catalog.session_path, check_bodies=True)
