"""The code of queries that earlier runs have planned of the same facts, under the same names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlwright.analysis.facts import QueryFacts
from sqlwright.analysis.outputs.stored_columns import StoredColumn
from sqlwright.codegen.functions import PlannedQuery, QueryNames
from sqlwright.dataclass import dataclass
from sqlwright.packing import pack, unpack
from sqlwright.store import Store, digest


@dataclass(frozen=True, slots=True)
class Followed:
    """What the facts of a package's queries follow from, as digests: `shared` is of what counts for
    all of them, and `own`, by the identity of the facts, of what does for one."""

    store: Store
    shared: str
    own: Mapping[int, str]


class PlanMemory:
    """The planned queries of one package. `names` are all the names that its users see."""

    def __init__(self, followed: Followed, options: str, names: frozenset[str]) -> None:
        self._followed = followed
        self._key = followed.store.key("plans", followed.shared, options, *sorted(names))
        kept = followed.store.get(self._key)
        self._known: dict[str, bytes] = (unpack(kept, _nothing) if kept is not None else None) or {}
        self._used: dict[str, bytes] = {}
        self._columns_key = followed.store.key("columns", followed.shared)
        kept = followed.store.get(self._columns_key)
        self.columns: dict[int, dict[int, StoredColumn]] = (
            unpack(kept, _nothing) if kept is not None else None
        ) or {}
        self._columns_known = len(self.columns)

    def planned(
        self, query: QueryFacts, names: QueryNames, plan: Callable[[], PlannedQuery]
    ) -> PlannedQuery:
        """What `plan` makes of a query, or has made of it in an earlier run."""
        own = self._followed.own.get(id(query))
        if own is None:
            return plan()
        key = digest(own, repr(names))
        packed = self._known.get(key)
        found = unpack(packed, _nothing) if packed is not None else None
        if isinstance(found, PlannedQuery) and packed is not None:
            self._used[key] = packed
            return found
        made = plan()
        packed = pack(made, {})
        if packed is not None:
            self._used[key] = packed
        return made

    def keep(self) -> None:
        """Keep what has been of use for later runs."""
        if self._used.keys() != self._known.keys():
            packed = pack(self._used, {})
            if packed is not None:
                self._followed.store.put(self._key, packed)
        if len(self.columns) > self._columns_known:
            packed = pack(self.columns, {})
            if packed is not None:
                self._followed.store.put(self._columns_key, packed)


def _nothing(name: object) -> object:
    raise LookupError(name)
