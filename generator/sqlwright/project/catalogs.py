"""The catalogs of one run, and what can be asked of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.numbering import Begun, Numbering
from sqlwright.catalog.recorded import Record, recorded
from sqlwright.config import PackageConfig
from sqlwright.packing import pack, unpack
from sqlwright.project.look_ups import Answers, Since
from sqlwright.project.places import Places
from sqlwright.project.reading import Read
from sqlwright.project.recall import Recall, of_sql
from sqlwright.project.remembering import (
    Built,
    catalog_key,
    keep_catalog,
    known_catalog,
    words_for_all,
)
from sqlwright.project.steps import Seen
from sqlwright.source import SourceFile
from sqlwright.store import digest

if TYPE_CHECKING:
    from sqlwright.catalog.passages import Passages


class Catalogs:
    """The catalogs of one run: packages with the same schema files share theirs, and those that
    earlier runs have made are not made again."""

    def __init__(self, recall: Recall | None = None) -> None:
        self.recall = recall if recall is not None and recall.store else None
        self._built: dict[tuple[int, str, tuple[tuple[str, str], ...]], Built] = {}
        self._places: dict[tuple[int, ...], Places] = {}
        self._answers: dict[str, Answers] = {}
        self._since: dict[str, Since | None] = {}
        self._seen: dict[int, tuple[Catalog, Seen]] = {}

    def of(self, package: PackageConfig, sources: tuple[SourceFile, ...]) -> Built:
        """The catalog that the schema files make, statement by statement, and their reports."""
        texts = tuple((source.path, source.text) for source in sources)
        key = package.postgresql, package.schema_order, texts
        if key not in self._built:
            self._built[key] = self._recalled(package, sources) or _build(package, sources)
        return self._built[key]

    def places(self, sources: tuple[SourceFile, ...]) -> Places:
        """The places in the schema files."""
        key = tuple(map(id, sources))
        if key not in self._places:
            self._places[key] = Places(sources)
        return self._places[key]

    def answers(self, package: PackageConfig, read: Read, catalog: Catalog) -> Answers:
        """What the catalog of a package says, in which columns are marked as the queries say."""
        assert self.recall is not None
        spoken = words_for_all(read.statements)
        built = self._name(package, read.schema, catalog)
        name = digest(built, spoken)
        if name not in self._answers:
            places = self.places(read.schema)
            since = self._since.get(built)
            if since is not None:
                # Columns that queries mark may be others for what is different.
                told = digest(since.name, spoken) if spoken == words_for_all(()) else ""
                since = Since(told, since.different)
            self._answers[name] = Answers(name, catalog, places, self.recall.name_of, since)
        return self._answers[name]

    def seen(self, catalog: Catalog) -> Seen:
        """The only way in which queries see a catalog, with the record of what they look up."""
        if id(catalog) not in self._seen:
            record = Record()
            self._seen[id(catalog)] = catalog, Seen(recorded(catalog, record), record)
        return self._seen[id(catalog)][1]

    def _recalled(self, package: PackageConfig, sources: tuple[SourceFile, ...]) -> Built | None:
        if self.recall is None:
            return None
        built = self._known(package, sources)
        if built is None:
            built = self._continued(package, sources)
            self._keep(package, sources, built)
        return built

    def _continued(self, package: PackageConfig, sources: tuple[SourceFile, ...]) -> Built:
        """The catalog from that of the files that are as they were at the last time, which is kept,
        since where something has changed it will change again."""
        assert self.recall is not None
        same, is_known = self._unchanged(package, sources)
        key = self._key("numbers", package)
        begun: Begun = unpack(self.recall.store.get(key) or b"") or ()
        first = self._known(package, sources[:same])
        if first is None and same:
            first = _build(package, sources[:same], Numbering(begun))
            self._keep(package, sources[:same], first)
        if first is not None and _bears_on_others(first):
            first, same = None, 0
        numbering = Numbering(begun)
        if is_known:
            built = self._repeated(package, sources, same, numbering, first)
        else:
            built = _build(package, sources[same:], numbering, first)
        if numbering.begun != begun:
            self.recall.store.put(key, pack(numbering.begun, {}) or b"")
        return built

    def _repeated(
        self,
        package: PackageConfig,
        sources: tuple[SourceFile, ...],
        same: int,
        numbering: Numbering,
        first: Built | None,
    ) -> Built:
        """The catalog from that of the `first` files, with what is known to come of the others."""
        assert self.recall is not None
        from sqlwright.project.schema_memory import SchemaMemory  # of use where something changes

        key, places = self._key("passages", package), self.places(sources)
        memory = SchemaMemory(self.recall, key, package, sources, places)
        passages = memory.passages(same, first[0].numbers if first is not None else "")
        built = _build(package, sources[same:], numbering, first, passages)
        if not _bears_on_others(built):
            catalog = self._name(package, sources, built[0])
            self._since[catalog] = memory.since(passages)
            memory.keep(same, passages, catalog)
        return built

    def _name(
        self, package: PackageConfig, sources: tuple[SourceFile, ...], catalog: Catalog
    ) -> str:
        """What tells a catalog from all others."""
        assert self.recall is not None
        return digest(catalog_key(self.recall, package, sources), catalog.numbers)

    def _key(self, kind: str, package: PackageConfig) -> str:
        """The key of what was told last of a schema."""
        assert self.recall is not None
        return self.recall.store.key(kind, self.recall.root, of_sql(package), *package.schema)

    def _unchanged(
        self, package: PackageConfig, sources: tuple[SourceFile, ...]
    ) -> tuple[int, bool]:
        """How many of the schema files are as they were at the last time, up to the first that is
        not, and whether there was one. Says that they are as they are now."""
        assert self.recall is not None
        store, names = self.recall.store, self.recall.names_of(sources)
        key = self._key("schema", package)
        before = (store.get(key) or b"").decode("ascii").split()
        store.put(key, " ".join(names).encode("ascii"))
        pairs = enumerate(zip(names, before, strict=False))
        shorter = min(len(names), len(before))
        return next((at for at, pair in pairs if pair[0] != pair[1]), shorter), bool(before)

    def _known(self, package: PackageConfig, sources: tuple[SourceFile, ...]) -> Built | None:
        assert self.recall is not None
        if not sources:
            return None
        key = catalog_key(self.recall, package, sources)
        return known_catalog(self.recall, key, package.postgresql)

    def _keep(self, package: PackageConfig, sources: tuple[SourceFile, ...], built: Built) -> None:
        assert self.recall is not None
        key = catalog_key(self.recall, package, sources)
        keep_catalog(self.recall, key, package.postgresql, built)


def _bears_on_others(built: Built) -> bool:
    """Whether what is said of later files may be another for what was said of these: after a
    refusal, and where statements wait for later ones, which is given up if one is refused."""
    return any(item.severity == "error" or item.code == "described-schema" for item in built[1])


def _build(
    package: PackageConfig,
    sources: tuple[SourceFile, ...],
    numbering: Numbering | None = None,
    before: Built | None = None,
    passages: Passages | None = None,
) -> Built:
    from sqlwright.project.building import build  # with what reads and applies definitions

    return build(package, sources, numbering or Numbering(), before, passages)
