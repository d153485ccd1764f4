"""Arguments to run a query with: values that find rows in the tables, and others of the type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlwright.analysis.facts import Parameter, QueryFacts
from sqlwright.catalog import oids
from sqlwright.catalog.model import Relation
from sqlwright.dataclass import dataclass
from sqlwright.verification.lessons import Lessons
from sqlwright.verification.quoting import element
from sqlwright.verification.rows import Filling, RowMaker
from sqlwright.verification.stored import StoredRow, StoredRows
from sqlwright.verification.values import holds_null_element

NULLS = 0.3
"""How often an argument that may be NULL is."""

FROM_ROWS = 0.75
"""How often arguments are the values of one row of the relation whose columns they meet."""

NEW_ROWS = 0.6
"""How often those of an INSERT are the values of a row that it could be for."""

_RELATED = 0.8
_MOST_ELEMENTS = 3
_SMALL = 6
_ODD = 0.1
_DATES = (oids.DATE, oids.TIMESTAMP, oids.TIMESTAMPTZ)
_NONE = 0.1


class NoArgumentError(Exception):
    """There is no argument to run a query with."""


@dataclass(slots=True)
class Arguments:
    """Makes argument lists for one state of the tables."""

    maker: RowMaker
    state: Filling
    lessons: Lessons
    stored: StoredRows
    _length: int = 1

    async def make(self, facts: QueryFacts) -> tuple[str | None, ...]:
        """A text for each parameter, in the order of their numbers; None for NULL."""
        # Arrays that are read side by side should be of one length.
        random = self.maker.random
        self._length = 0 if random.random() < _NONE else random.randint(1, _MOST_ELEMENTS)
        met = [self._column(facts, item) for item in facts.parameters]
        rows = await self._rows(facts, {column[0] for column in met if column is not None})
        values: list[str | None] = []
        columns = facts.input_rows.numbers if facts.input_rows is not None else ()
        for parameter, column in zip(facts.parameters, met, strict=True):
            texts: tuple[str, ...] = ()
            if parameter.position in columns:
                stored = rows.get(column[0], ()) if column is not None else ()
                name = column[1] if column is not None else ""
                values.append(await self._of_rows_that_come_in(parameter, stored, name))
                continue
            if column is not None and column[0] in rows:
                texts = await self._out_of(rows[column[0]], column[1], parameter)
            values.append(await self._argument(facts, parameter, texts))
        return tuple(values)

    async def _of_rows_that_come_in(
        self, parameter: Parameter, stored: Sequence[StoredRow], name: str
    ) -> str:
        """An array with a value for each row: all arrays of them have one length."""
        random, catalog = self.maker.random, self.maker.catalog
        array = catalog.type(catalog.base_type(parameter.type))
        items: list[str | None] = []
        for at in range(self._length):
            found = stored[at].get(name) if at < len(stored) else None
            fits = found is not None and await self.maker.pool.readable(array.element, [found])
            if parameter.element_nullable and random.random() < NULLS:
                items.append(None)
            else:
                items.append(found if fits else await self.state.palette.draw(array.element))
        if None in items and not parameter.element_nullable:
            raise NoArgumentError(f"no value for the elements of ${parameter.position} is known")
        return _array(items, array.delimiter)

    def _column(self, facts: QueryFacts, parameter: Parameter) -> tuple[int, str] | None:
        lesson = self.lessons.about(facts, parameter.position)
        if lesson is not None and lesson.column is not None:
            return lesson.column
        return parameter.column

    async def _argument(
        self, facts: QueryFacts, parameter: Parameter, texts: Sequence[str]
    ) -> str | None:
        random = self.maker.random
        if parameter.nullable and random.random() < NULLS:
            return None
        usable = self._usable(parameter, texts)
        if not usable:
            usable = self._usable(parameter, await self._of_its_type(facts, parameter))
        if not usable:
            usable = self._usable(parameter, await self.maker.pool.of_type(parameter.type))
        if usable or parameter.nullable:
            return random.choice(usable) if usable else None
        raise NoArgumentError(
            f"no value of type {self.maker.catalog.display_type(parameter.type)} is known for "
            f"${parameter.position}"
        )

    def _usable(self, parameter: Parameter, texts: Sequence[str]) -> Sequence[str]:
        if parameter.element_nullable or not self._is_array(parameter.type):
            return texts
        return [text for text in texts if not holds_null_element(text)]

    async def _of_its_type(self, facts: QueryFacts, parameter: Parameter) -> Sequence[str]:
        lesson = self.lessons.about(facts, parameter.position)
        palette = self.state.palette
        wanted = lesson.type if lesson is not None and lesson.type else parameter.type
        catalog = self.maker.catalog
        array = catalog.type(catalog.base_type(parameter.type))
        if self.maker.random.random() < _ODD:
            return await self.maker.pool.of_type(parameter.type)
        if self._may_be_infinite(parameter) and self.maker.random.random() < _ODD:
            return await self.maker.pool.readable(parameter.type, ("infinity", "-infinity"))
        if array.is_array and (wanted == parameter.type or not self._is_array(wanted)):
            wanted = array.element if wanted == parameter.type else wanted
            items = [await palette.draw(wanted) for _ in range(self._length)]
            return [_array(items, array.delimiter)]
        if lesson is not None and lesson.natural:
            few = await self.maker.pool.of_type(wanted)
            return [text for text in few if not text.startswith("-")][:_SMALL]
        text = await palette.draw(wanted)
        return [] if text is None else [text]

    def _may_be_infinite(self, parameter: Parameter) -> bool:
        """Not where it would be stored in a column that is taken to be finite."""
        if self.maker.catalog.base_type(parameter.type) not in _DATES:
            return False
        oid, name = parameter.column or (0, "")
        relation = self.maker.catalog.get_relation(oid)
        columns = relation.columns if relation is not None else ()
        return all(each.infinite for each in columns if each.name == name)

    def _is_array(self, oid: int) -> bool:
        catalog = self.maker.catalog
        return catalog.is_array(oid)

    # Values of rows

    async def _rows(self, facts: QueryFacts, oids: set[int]) -> dict[int, list[StoredRow]]:
        """For each relation rows to take the arguments from: those that exist, which agree with
        each other where columns have the same names, or one that could be inserted."""
        random = self.maker.random
        target = facts.copy_target[0] if facts.copy_target is not None else 0
        chosen: dict[int, list[StoredRow]] = {}
        known: dict[str, str | None] = {}
        for oid in sorted(sorted(oids), key=lambda _: random.random()):
            relation = self.maker.catalog.get_relation(oid)
            rows: list[StoredRow] = []
            if relation is not None and oid == target and random.random() < NEW_ROWS:
                rows = [await self._new_row(relation)]
            elif random.random() < FROM_ROWS:
                rows = self._agreeing(await self.stored.of(oid), known)
            if rows:
                chosen[oid] = rows
                for name, value in rows[0].items():
                    known.setdefault(name, value)
        return chosen

    async def _new_row(self, relation: Relation) -> StoredRow:
        return await self.maker.propose(relation, self.state, self.maker.random.randint(1, 5))

    def _agreeing(
        self, rows: Sequence[StoredRow], known: Mapping[str, str | None]
    ) -> list[StoredRow]:
        if not rows:
            return []
        random = self.maker.random
        best: Sequence[StoredRow] = rows
        if known and random.random() < _RELATED:
            scores = [
                sum(value is not None and known.get(name) == value for name, value in row.items())
                for row in rows
            ]
            best = [row for row, score in zip(rows, scores, strict=True) if score == max(scores)]
        others = [random.choice(rows) for _ in range(self._length - 1)]
        return [random.choice(best), *others]

    async def _out_of(
        self, rows: Sequence[StoredRow], name: str, parameter: Parameter
    ) -> tuple[str, ...]:
        """The value of a column as the parameter's type writes it; an array has all rows'."""
        texts = [text for row in rows if (text := row.get(name)) is not None]
        if not texts:
            return ()
        type_ = self.maker.catalog.type(self.maker.catalog.base_type(parameter.type))
        read = await self.maker.pool.readable(parameter.type, [texts[0]])
        if type_.is_array and not read:
            texts = texts if self._length else []
            return await self.maker.pool.readable(parameter.type, [_array(texts, type_.delimiter)])
        return read


def _array(items: Sequence[str | None], delimiter: str) -> str:
    return "{" + delimiter.join(map(element, items)) + "}"
