"""What earlier runs made of a package of the same texts and options."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlwright.codegen.options import PackageOptions
from sqlwright.config import Config, PackageConfig
from sqlwright.dataclass import replace
from sqlwright.project.sources import Sources
from sqlwright.source import SourceFile
from sqlwright.store import Store, digest

Outcome = TypeVar("Outcome")


class Recall:
    """The outcomes of one command, by package. Their reports are about places in the files as they
    are read now."""

    def __init__(self, store: Store, config: Config, sources: Sequence[Sources]) -> None:
        self.store = store
        self.root = str(config.root.resolve())
        self._names: dict[SourceFile, str] = {}
        self._files: dict[str, SourceFile] = {}
        if not store:
            return
        for each in sources:
            for source in (*each.schema, *each.queries):
                if source not in self._names:
                    name = digest(source.path, source.text)
                    self._names[source] = name
                    self._files[name] = source
        self._configuration = digest(str(config.root), str(config.origin), config.text)

    def names_of(self, sources: Sequence[SourceFile]) -> list[str]:
        """What tells the files from all others."""
        return [self._names[each] for each in sources]

    def name_of(self, source: SourceFile) -> str | None:
        """The name of a file of this run, None of any other."""
        return self._names.get(source)

    def source(self, name: str) -> SourceFile:
        """The file of a name. Raises KeyError if this run has none."""
        return self._files[name]

    def key(self, command: str, package: PackageConfig, sources: Sources) -> str | None:
        """The key of the outcome for a package, None if there is none to keep."""
        if not self.store or not sources.complete:
            return None
        schema, queries = self.names_of(sources.schema), self.names_of(sources.queries)
        return self.store.key(
            command, self._configuration, repr(package), *schema, "queries", *queries
        )

    def queries_key(self, package: PackageConfig, source: SourceFile) -> str:
        """The key of what is known of the queries of a file, as it stands in a package."""
        exceptions = str(package.options.exceptions)
        return self.store.key("queries", self.root, of_sql(package), exceptions, source.path)

    def knows_queries(self, package: PackageConfig, sources: Sources) -> bool:
        """Whether anything may be known of the queries of a package."""
        keys = (self.queries_key(package, source) for source in sources.queries)
        return any(map(self.store.has, keys))

    def find(self, key: str | None, kind: type[Outcome]) -> Outcome | None:
        """The outcome under a key, if it was kept."""
        kept = self.store.get(key) if key is not None else None
        if kept is None:
            return None
        from sqlwright.packing import unpack

        found = unpack(kept, self.source)
        return found if isinstance(found, kind) else None

    def keep(self, key: str | None, outcome: Any) -> None:
        """Keep an outcome for later runs."""
        if key is None:
            return
        from sqlwright.packing import pack

        packed = pack(outcome, {SourceFile: self.name_of})
        if packed is not None:
            self.store.put(key, packed)


def of_sql(package: PackageConfig) -> str:
    """What of a package's configuration may count for its SQL: all that is not known not to."""
    return repr(replace(package, schema=(), queries=(), out="", options=PackageOptions()))
