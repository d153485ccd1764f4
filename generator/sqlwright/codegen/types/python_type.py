"""Python's types as values: what an annotation is made of, and what is known about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlwright.codegen.imports import NONE, Imports, PublicNames
from sqlwright.codegen.model import Import
from sqlwright.dataclass import dataclass, replace


@dataclass(frozen=True, slots=True)
class PythonType:
    """A name with its arguments, or the union of `members`.

    `name` is as it is written where it is used (`datetime.date`, `Inet`, `...`) and `needed` the
    import that makes it mean something. Of the thing that has the name, apart from its arguments,
    `known_to_pydantic` says whether pydantic can check values of it, `is_class` whether a
    `NewType` can be made of it, which takes a class that also exists at run time, and `is_decimal`
    whether it is a decimal number under another name.
    """

    name: str = ""
    needed: Import | None = None
    arguments: tuple[PythonType, ...] = ()
    members: tuple[PythonType, ...] = ()
    known_to_pydantic: bool = True
    is_class: bool = True
    is_decimal: bool = False

    @property
    def annotation(self) -> str:
        """The type as Python source."""
        if self.members:
            return " | ".join(member.annotation for member in self.members)
        if not self.arguments:
            return self.name
        return f"{self.name}[{', '.join(argument.annotation for argument in self.arguments)}]"

    @property
    def imports(self) -> Imports:
        """What has to be imported for the source."""
        if not self.arguments and not self.members:
            return NONE if self.needed is None else frozenset((self.needed,))
        return frozenset([part.needed for part in self.parts() if part.needed])

    def parts(self) -> Iterator[PythonType]:
        """The type and all that it is made of."""
        yield self
        for part in (*self.arguments, *self.members):
            yield from part.parts()

    def words(self) -> Iterator[str]:
        """Every name in the source; a field of that name would hide what it stands for."""
        for part in self.parts():
            yield from part.name.split(".")

    def optional(self) -> PythonType:
        """With None, if it is not in there already."""
        return self if self == NO_VALUE or NO_VALUE in self.members else union(self, NO_VALUE)

    def of(self, *arguments: PythonType) -> PythonType:
        """With arguments, as a `list` of `int`."""
        return replace(self, arguments=arguments)

    def named_for(self, public: PublicNames) -> PythonType:
        """The same where some names are taken: what is imported may have to be so under another
        name."""

        def renamed(part: PythonType) -> PythonType:
            if part.needed is None:
                return part
            if not part.needed.name:
                module, needed = public.module(part.needed.module)
                name = part.name.removeprefix(part.needed.module)
                return replace(part, name=f"{module}{name}", needed=needed)
            name, needed = public.imported(part.needed.module, part.needed.name)
            return replace(part, name=name, needed=needed)

        return self._each(renamed)

    def _each(self, change: Callable[[PythonType], PythonType]) -> PythonType:
        return replace(
            change(self),
            arguments=tuple(part._each(change) for part in self.arguments),
            members=tuple(part._each(change) for part in self.members),
        )

    @property
    def checked_by_pydantic(self) -> bool:
        """Whether pydantic can check a value of the whole type."""
        return all(part.known_to_pydantic for part in self.parts())

    @property
    def holds_decimals(self) -> bool:
        """Whether decimal numbers are among the values, which may be infinite or NaN."""
        return any(
            part.is_decimal or (part.needed is not None and part.needed.module == "decimal")
            for part in self.parts()
        )


def builtin(name: str, *arguments: PythonType) -> PythonType:
    """A class that needs no import."""
    return PythonType(name, arguments=arguments)


def of_module(module: str, name: str) -> PythonType:
    """A class written with its module in front."""
    known = module in _KNOWN_TO_PYDANTIC
    return PythonType(f"{module}.{name}", Import(module), known_to_pydantic=known)


def imported(
    module: str, name: str, *, is_class: bool = True, known_to_pydantic: bool = True
) -> PythonType:
    """A class, or with `is_class` unset another name for types, imported from its module."""
    needed = Import(module, name)
    return PythonType(name, needed, known_to_pydantic=known_to_pydantic, is_class=is_class)


def union(*parts: PythonType) -> PythonType:
    """The types joined by `|`."""
    members = tuple(member for part in parts for member in part.members or (part,))
    if len(members) == 1:
        return members[0]
    return PythonType(members=members, is_class=False)


NO_VALUE = PythonType("None", is_class=False)
_KNOWN_TO_PYDANTIC = frozenset({"datetime", "decimal", "ipaddress", "uuid"})
"""Modules all of whose classes pydantic knows."""

BOOL, BYTES, FLOAT, INT, STR = map(builtin, ("bool", "bytes", "float", "int", "str"))
OBJECT = builtin("object")
ELLIPSIS = PythonType("...", is_class=False)


def list_of(element: PythonType) -> PythonType:
    """A list."""
    return builtin("list", element)


def tuple_of(*elements: PythonType) -> PythonType:
    """A tuple of these elements; an ellipsis repeats the one before it."""
    return builtin("tuple", *elements)
