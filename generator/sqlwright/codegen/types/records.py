"""Anonymous rows: objects of classes where their fields have names, else tuples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.analysis.facts import RecordField
from sqlwright.codegen import imports as modules
from sqlwright.codegen.imports import NONE, PublicNames
from sqlwright.codegen.model import Import
from sqlwright.codegen.types.codec import NOTHING, Codec, Conversion, Uses
from sqlwright.codegen.types.python_type import PythonType, imported, tuple_of
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class RecordNames:
    """The class of anonymous rows, and the function that makes an object of it of a row; both are
    empty where rows are tuples. `inner` are those of the rows within, field by field. What is
    `shared` stands in `models.py`."""

    name: str
    converter: str
    inner: tuple[RecordNames | None, ...]
    shared: bool = False

    def all(self) -> Iterator[str]:
        """The names of all classes."""
        if self.name:
            yield self.name
        for each in self.inner:
            if each is not None:
                yield from each.all()

    def shared_functions(self) -> Iterator[str]:
        """The functions in `models.py` that make the objects."""
        if self.shared and self.converter:
            yield self.converter
        for each in self.inner:
            if each is not None:
                yield from each.shared_functions()


def has_names(fields: Sequence[RecordField]) -> bool:
    """Whether every field has a name, so that the rows can be objects."""
    return bool(fields) and all(field.name for field in fields)


def object_codec(names: RecordNames, fields: Sequence[Codec], *, may_be_list: bool) -> Codec:
    """A row that is read only: an object of a class. Anonymous rows arrive as tuples, composite
    values do not."""
    python, needed = PythonType(names.name), NONE
    if names.shared:
        python = imported(modules.MODELS, names.name)
        needed = frozenset({Import(modules.MODELS, names.converter)})
    decode = Conversion(names.converter, needed)
    return Codec(python, python, decode, uses=_uses(fields), may_be_list=may_be_list)


def tuple_codec(fields: Sequence[Codec], public: PublicNames) -> Codec:
    """An anonymous row, which is read only: a tuple of its fields."""
    result = tuple_of(*(field.result for field in fields))
    decode = None
    if any(field.decode for field in fields):
        name, needed = public.imported(modules.CONVERT, "decode_fields")
        imports = frozenset({needed}).union(
            *(field.decode.imports for field in fields if field.decode)
        )
        decoders = (field.decode.as_function() if field.decode else "None" for field in fields)
        decode = Conversion(name, imports, tuple(decoders))
    return Codec(result, result, decode, uses=_uses(fields), may_be_list=True)


def _uses(fields: Sequence[Codec]) -> Uses:
    uses = NOTHING
    for field in fields:
        uses |= field.uses
    return uses
