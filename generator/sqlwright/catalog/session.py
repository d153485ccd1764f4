"""The statements of one schema file applied one after the other, as in a session of its own."""

from __future__ import annotations

from sqlwright.catalog.analyser import Analyser
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.ddl.context import Context, Parts
from sqlwright.catalog.ddl.removal import drop
from sqlwright.catalog.ddl.statements import apply
from sqlwright.catalog.dependencies import Address
from sqlwright.catalog.layers import Failure
from sqlwright.catalog.numbering import HEAD, Numbered, Numbering
from sqlwright.dataclass import replace
from sqlwright.depth import with_room
from sqlwright.diagnostics import Diagnostic, DiagnosticError
from sqlwright.diagnostics.complexity import too_complex
from sqlwright.source import SourceFile, Span
from sqlwright.sql import ddl_nodes as ddl
from sqlwright.sql import nodes
from sqlwright.sql.grammar.definitions.subjects import subject_of, subjects_within
from sqlwright.sql.schema.reader import Unreadable

_Settings = tuple[tuple[str, ...], bool]
"""The search path, and whether bodies of functions are checked."""


class Session:
    """One file being applied, with the transactions it opens."""

    def __init__(
        self,
        catalog: Catalog,
        source: SourceFile,
        analyse: Analyser,
        diagnostics: list[Diagnostic],
        numbering: Numbering | None = None,
    ) -> None:
        self.catalog = catalog
        self.source = source
        self.analyse = analyse
        self.diagnostics = diagnostics
        self.numbering = numbering or Numbering()
        self.numbered: list[Numbered] = []
        self.begun: Catalog | None = None
        self.lasting = _settings(catalog)
        self.savepoints: list[tuple[str, Catalog, _Settings]] = []
        self.dropped_on_commit: list[nodes.RangeVar] = []

    def run(self, statement: ddl.DdlStatement | Unreadable) -> None:
        """Apply one statement; an error leaves the catalog as it was."""
        if isinstance(statement, Unreadable):
            self.refused(statement, statement.diagnostic)
            return
        if isinstance(statement, ddl.Transaction):
            self._transaction(statement)
            return
        try:
            self.apply(statement)
        except DiagnosticError as error:
            self.refused(statement, error.diagnostic)

    def apply(self, statement: ddl.DdlStatement, parts: Parts | None = None) -> None:
        """Apply a statement. Raises DiagnosticError, and then nothing has changed."""
        before, text = self.catalog, self.text(statement)
        name, first = self.numbering.first(self.source.path, text, before.next_oid)
        catalog, self.catalog = self._applied(statement, before.numbered_from(first), parts)
        if catalog is not before and catalog.next_oid > first:
            self.numbering.took(name, first)
        free = None if catalog is before else catalog.next_oid
        self.numbered.append(Numbered(text[:HEAD], first, free))
        if isinstance(statement, ddl.CreateTable) and statement.on_commit == "drop":
            self.dropped_on_commit.append(statement.relation)
        if isinstance(statement, ddl.SetVariable) and statement.scope != "local":
            self._set_lasting(statement.name)
        if self.begun is None:
            self._commit()

    def _set_lasting(self, name: str) -> None:
        """What was set for the session outlasts the transaction."""
        path, checks = _settings(self.catalog)
        if name == "search_path":
            self.lasting = path, self.lasting[1]
        elif name == "check_function_bodies":
            self.lasting = self.lasting[0], checks

    def _applied(
        self, statement: ddl.DdlStatement, begun: Catalog, parts: Parts | None
    ) -> tuple[Catalog, Catalog]:
        """The catalog after a statement, which is as it was if that has changed nothing, and with
        what is to be remembered of the statement."""
        told = len(self.diagnostics)

        def apply_it() -> tuple[Catalog, Catalog]:
            del self.diagnostics[told:]  # of what was tried on a smaller stack
            if parts is not None:
                parts.left_out.clear()
                parts.assumed.clear()
            catalog = apply(begun, statement, self.source, self.analyse, self.diagnostics, parts)
            if catalog is begun:
                catalog = self.catalog
            return catalog, self.analyse.with_memory(catalog, self.text(statement))

        try:
            return with_room(apply_it)
        except RecursionError:
            place = Span(self.source, statement.start, statement.end)
            raise DiagnosticError(too_complex(place)) from None

    def text(self, statement: ddl.DdlStatement | Unreadable) -> str:
        """A statement as written."""
        return self.source.text[statement.start : statement.end]

    def refused(self, statement: ddl.DdlStatement | Unreadable, diagnostic: Diagnostic) -> None:
        """Report a refusal, and remember what is missing because of it."""
        self.diagnostics.append(diagnostic)
        text = self.text(statement)
        subject = subject_of(text)
        subjects = [subject] if subject is not None else []
        if isinstance(statement, Unreadable):
            subjects += subjects_within(text)
        for each in dict.fromkeys(subjects) if diagnostic.labels else ():
            failure = Failure(diagnostic.labels[0].span, text)
            self.catalog = self.catalog.with_failure(*each, failure)

    def _transaction(self, statement: ddl.Transaction) -> None:
        if statement.kind == "begin":
            if self.begun is None:
                self.begun, self.lasting = self.catalog, _settings(self.catalog)
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
            self.savepoints.append((name, self.catalog, self.lasting))
            return
        for index in range(len(self.savepoints) - 1, -1, -1):
            known, saved, lasting = self.savepoints[index]
            if known == name:
                if kind == "rollback to":
                    self.catalog, self.lasting = saved, lasting
                    self.savepoints = self.savepoints[: index + 1]
                else:
                    self.savepoints = self.savepoints[:index]
                return

    def _commit(self) -> None:
        """SET LOCAL counts up to here; outside of a transaction, which the tool that runs the file
        may have begun, up to the end of the file."""
        if self.begun is not None:
            path, checks = self.lasting
            self.catalog = replace(self.catalog, search_path=path, check_bodies=checks)
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


def _settings(catalog: Catalog) -> _Settings:
    return catalog.search_path, catalog.check_bodies
