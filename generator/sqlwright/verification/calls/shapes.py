"""From PostgreSQL's types to what is sent of them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.catalog import oids
from sqlwright.catalog.catalog import Catalog
from sqlwright.catalog.model import Type
from sqlwright.dataclass import dataclass, field
from sqlwright.verification.calls.messages import Kind, Shape
from sqlwright.verification.edges import EDGES
from sqlwright.verification.values import ValuePool

_MORE = 6
_DEEPEST = 4


@dataclass(slots=True)
class Shapes:
    """Works out shapes; the pool knows which texts the server reads."""

    catalog: Catalog
    pool: ValuePool
    _known: dict[int, Shape] = field(default_factory=dict)

    async def of(self, oid: int, deep: int = 0) -> Shape:
        """The shape of a type's values."""
        if oid not in self._known:
            if deep > _DEEPEST:
                return Shape("scalar", "text")
            self._known[oid] = await self._of(self.catalog.type(oid), deep + 1)
        return self._known[oid]

    async def _of(self, item: Type, deep: int) -> Shape:
        base = self.catalog.type(self.catalog.base_type(item.oid))
        if base.is_array:
            return await self._made_of("array", item, [await self.of(base.element, deep)])
        if base.kind in ("range", "multirange"):
            return await self._made_of(base.kind, item, [await self.of(base.subtype, deep)])
        if base.kind == "composite" and base.relation:
            columns = self.catalog.relation(base.relation).columns
            fields = [await self.of(column.type, deep) for column in columns]
            return await self._made_of("composite", item, fields)
        if base.kind == "enum":
            return Shape("enum", texts=base.labels)
        kind: Kind = "json" if base.oid in (oids.JSON, oids.JSONB) else "scalar"
        return Shape(kind, self.catalog.display_type(base.oid), await self._texts(item, base))

    async def _made_of(self, kind: Kind, item: Type, inner: Sequence[Shape]) -> Shape:
        texts = (await self.pool.of_type(item.oid))[:_MORE]
        return Shape(kind, texts=texts, inner=tuple(inner))

    async def _texts(self, item: Type, base: Type) -> tuple[str, ...]:
        """Edges of the type that it, or the domain, reads; and what else it is known to read."""
        edges = await self.pool.readable(item.oid, EDGES.get(base.name, ()))
        more = [] if edges and item is base else (await self.pool.of_type(item.oid))[:_MORE]
        return tuple(dict.fromkeys([*edges, *more]))
