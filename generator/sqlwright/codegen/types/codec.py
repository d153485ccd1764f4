"""How the values of one PostgreSQL type look in Python, and what converts them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlwright.codegen.imports import NONE, Imports, PublicNames
from sqlwright.codegen.model import Code, Conditional, Group
from sqlwright.codegen.types.expressions import parse_function
from sqlwright.codegen.types.python_type import PythonType
from sqlwright.dataclass import dataclass, replace


@dataclass(frozen=True, slots=True)
class Conversion:
    """A call of `function` with the value and `more` arguments, `first` another conversion before
    it; `takes_none` where it must be made for None too. `gives_any` says that type checkers may
    not know of which type the result is."""

    function: str
    imports: Imports = NONE
    more: tuple[Code, ...] = ()
    takes_none: bool = False
    first: Conversion | None = None
    gives_any: bool = False

    def apply(self, value: str) -> Code:
        """The code that converts `value`."""
        inner = self.first.apply(value) if self.first else value
        return Group(f"{self.function}(", (inner, *self.more), ")")

    def as_function(self) -> Code:
        """The conversion as something to call with a value."""
        if not self.more and not self.first:
            return self.function
        inner = self.first.apply("item") if self.first else "item"
        return Group(f"lambda item: {self.function}(", (inner, *self.more), ")")


@dataclass(frozen=True, slots=True)
class Uses:
    """The relations and types whose classes something needs; `values` are those of the relations
    whose rows travel as composite values, each by OID."""

    classes: frozenset[int] = frozenset()
    values: frozenset[int] = frozenset()

    def __or__(self, other: Uses) -> Uses:
        return Uses(self.classes | other.classes, self.values | other.values)

    @staticmethod
    def of_all(each_of: Sequence[Uses]) -> Uses:
        """What any of them needs; to add one after another would copy what has come together."""
        return Uses(
            frozenset().union(*(each.classes for each in each_of)),
            frozenset().union(*(each.values for each in each_of)),
        )


NOTHING = Uses()


@dataclass(frozen=True, slots=True)
class Codec:
    """One type both ways.

    `result` annotates what a function returns and `parameter` what it takes. A value read goes
    through `decode` and one sent through `encode`, None standing for unchanged. `sent_as` names the
    SQL type that a parameter is sent as and then cast from. `optional` says that the value may be
    None for NULL, `may_be_list` that a list can be one value rather than a dimension of an array.
    `held` annotates a field of a class that is both read and sent, if it differs from `result`.
    """

    result: PythonType
    parameter: PythonType
    decode: Conversion | None = None
    encode: Conversion | None = None
    sent_as: str = ""
    uses: Uses = NOTHING
    optional: bool = False
    may_be_list: bool = False
    nullable_form: Codec | None = None
    held: PythonType | None = None

    def or_null(self) -> Codec:
        """The same for a place that may be NULL."""
        if self.nullable_form is not None:
            return self.nullable_form
        result, parameter = self.result.optional(), self.parameter.optional()
        held = self.held.optional() if self.held else None
        return replace(self, result=result, parameter=parameter, held=held, optional=True)

    def as_field(self) -> Codec:
        """The same for a field of a class whose objects are sent as well as read."""
        return replace(self, result=self.held) if self.held else self

    def decoded(self, value: str) -> Code:
        """The code that turns the value read into what the caller gets."""
        return _converted(self.decode, value, self.optional)

    def encoded(self, value: str) -> Code:
        """The code that turns what the caller gave into the value sent."""
        return _converted(self.encode, value, self.optional)

    @property
    def imports(self) -> Imports:
        return self.result.imports | (self.decode.imports if self.decode else NONE)


def _converted(conversion: Conversion | None, value: str, optional: bool) -> Code:
    if conversion is None:
        return value
    converted = conversion.apply(value)
    if optional and not conversion.takes_none:
        return Conditional(f"{value} is None", converted)
    return converted


def converter(path: str | None, public: PublicNames) -> Conversion | None:
    """The conversion by a function that is named with its module; a builtin whose name something
    public has is imported under another one."""
    if path is None:
        return None
    found = parse_function(path)
    if found.module:
        module, needed = public.module(found.module)
        return Conversion(f"{module}.{found.name}", frozenset({needed}))
    root, dot, method = found.name.partition(".")
    name, needed = public.imported("builtins", root)
    return Conversion(f"{name}{dot}{method}", frozenset({needed}) if needed.alias else NONE)


def one_after_other(first: Conversion | None, second: Conversion | None) -> Conversion | None:
    """The two in a row, either of which may be missing."""
    if first is None or second is None:
        return second or first
    return replace(
        second,
        first=first,
        imports=first.imports | second.imports,
        takes_none=first.takes_none and second.takes_none,
    )


def null_as_none(codec: Codec) -> Codec:
    """The codec where None is NULL in a place that may be NULL, also if it is a value in others."""
    if codec.encode is None or not codec.encode.takes_none:
        return codec
    strict = replace(codec, encode=replace(codec.encode, takes_none=False))
    return replace(codec, nullable_form=strict.or_null())
