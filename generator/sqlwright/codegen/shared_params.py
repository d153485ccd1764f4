"""Classes of the rows that come in which queries share: `-- @params NewAuthor`.

Whoever says so takes rows of the same names and types, in any order. None may be in a field only if
all of them take it. It is a dataclass, as other classes of parameters are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlwright.analysis.facts import Parameter, QueryFacts
from sqlwright.codegen.arguments import class_imports, input_arguments, input_class
from sqlwright.codegen.imports import Imports
from sqlwright.codegen.model import ModelClass
from sqlwright.codegen.naming import NamedModule
from sqlwright.codegen.sharing import (
    Named,
    Shape,
    Shared,
    different,
    grouped,
    is_taken,
    name_taken,
    said_of,
    sharing,
)
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.dataclass import dataclass, replace
from sqlwright.diagnostics import Diagnostic


def share_params(types: TypeMap, modules: Sequence[NamedModule]) -> Shared:
    """Give the queries that name one class of the rows that they take that class."""
    groups = grouped(modules, lambda query: query.params_class)
    taken = {names.function for module in modules for _, names in module.queries}
    said = {
        query.row_class.name for module in modules for query, _ in module.queries if query.row_class
    }
    return sharing(
        modules, [_Group(types, name, found, taken | said) for name, found in groups.items()]
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """The queries that name one class; `others` are the names of functions and of other classes."""

    types: TypeMap
    name: str
    members: tuple[Named, ...]
    others: set[str]

    def problems(self) -> Iterator[Diagnostic]:
        """Why queries cannot have the class."""
        if is_taken(self.types, self.name, self.others, model=False):
            for query, _ in self.members:
                yield name_taken(said_of(query.params_class), query, self.name)
            return
        united = [query for query, _ in self.queries()]
        first = self._shape(united[0])
        for query, (own, _) in zip(united, self.members, strict=True):
            if dict(self._shape(query)) != dict(first):
                before = self.members[0][0]
                yield different(
                    self.name,
                    "rows that go in",
                    own,
                    own.params_class,
                    self._shape(own),
                    before.name,
                    self._shape(before),
                    before.params_class,
                )

    def _shape(self, query: QueryFacts) -> Shape:
        return tuple((each.name, each.annotation) for each in input_arguments(self.types, query))

    def queries(self) -> Iterator[Named]:
        """The queries, where None may be only what may be None in all of them."""
        known: dict[str, list[Parameter]] = defaultdict(list)
        for query, _ in self.members:
            for item in _fields(query):
                known[item.name].append(item)
        for query, names in self.members:
            coming = {item.position for item in _fields(query)}
            united = tuple(
                _narrowed(query, item, self._may_be_none(item.name), known[item.name])
                if item.position in coming
                else item
                for item in query.parameters
            )
            yield replace(query, parameters=united), names

    def _may_be_none(self, name: str) -> bool:
        return all(
            item.element_nullable if query.input_rows is not None else item.nullable
            for query, _ in self.members
            for item in _fields(query)
            if item.name == name
        )

    def classes(self) -> Iterator[tuple[ModelClass, Imports]]:
        """The class."""
        arguments = input_arguments(self.types, next(self.queries())[0])
        yield ModelClass(input_class(self.name, arguments), ()), class_imports(arguments)


def _fields(query: QueryFacts) -> Sequence[Parameter]:
    if query.input_rows is None:
        return query.parameters
    numbers = query.input_rows.numbers
    return [item for item in query.parameters if item.position in numbers]


def _narrowed(
    query: QueryFacts, item: Parameter, may_be_none: bool, all_of_it: Sequence[Parameter]
) -> Parameter:
    left_out = may_be_none and all(each.left_out for each in all_of_it)
    if query.input_rows is not None:
        return replace(item, element_nullable=may_be_none, left_out=left_out)
    elements = all(each.element_nullable for each in all_of_it)
    return replace(item, nullable=may_be_none, left_out=left_out, element_nullable=elements)
