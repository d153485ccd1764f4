"""Classes whose objects are rows, in each model kind, and the functions that fill them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlwright.codegen import imports as modules
from sqlwright.codegen.codecs import Codec
from sqlwright.codegen.imports import NONE, Imports, PublicNames
from sqlwright.codegen.model import (
    Code,
    Conditional,
    Field,
    Function,
    Group,
    Import,
    Line,
    Parameter,
    RowClass,
)
from sqlwright.codegen.names import ANNOTATION_NAMES, Taken, identifier, snake_case
from sqlwright.codegen.options import ModelKind, PackageOptions

_PYDANTIC = frozenset(
    {"construct", "copy", "dict", "from_orm", "json", "model_computed_fields", "model_config"}
    | {"model_construct", "model_copy", "model_dump", "model_dump_json", "model_extra"}
    | {"model_fields", "model_fields_set", "model_json_schema", "model_parametrized_name"}
    | {"model_post_init", "model_rebuild", "model_validate", "model_validate_json"}
    | {"model_validate_strings", "parse_file", "parse_obj", "parse_raw", "schema", "schema_json"}
    | {"update_forward_refs", "validate"}
)
_RESERVED: dict[ModelKind, frozenset[str]] = {
    "pydantic": _PYDANTIC,
    "namedtuple": frozenset({"count", "index"}),
}
KEYWORD_KINDS = frozenset({"pydantic", "typeddict"})
"""Model kinds whose objects are made from keyword arguments only."""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of a class to be."""

    name: str
    codec: Codec
    doc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Embedded:
    """A field that is a row itself, made of `width` columns; `absent` gives the test that says, of
    the row's first column number, that it is not there."""

    name: str
    made: Construction
    annotation: str
    width: int
    key: int | None
    nullable: bool
    imports: Imports


@dataclass(frozen=True, slots=True)
class Construction:
    """How a whole row becomes the value a caller gets; `imports` are what the code needs."""

    function: str
    star: bool
    imports: Imports

    def of(self, row: str) -> Code:
        """The code for the row called `row`."""
        return Group(f"{self.function}(", (f"*{row}" if self.star else row,), ")")


Part = RowColumn | Embedded


def field_names(parts: Sequence[Part], options: PackageOptions) -> list[str]:
    """The Python names of a row's fields, in order."""
    # A field hides the class of its name in the annotations around it.
    used = {word for part in parts for word in re.findall(r"\w+", _annotation(part))}
    reserved = ANNOTATION_NAMES | used | _RESERVED.get(options.model, frozenset())
    renames = dict(options.renames.fields)
    taken = Taken()
    names = []
    for position, part in enumerate(parts, 1):
        wanted = renames.get(part.name)
        if wanted is None:
            plain = f"column_{position}" if part.name == "?column?" else snake_case(part.name)
            wanted = identifier(plain, "column_", reserved)
        names.append(taken.claim(wanted))
    return names


def row_class(
    name: str,
    parts: Sequence[Part],
    doc: tuple[str, ...],
    options: PackageOptions,
    public: PublicNames,
) -> tuple[RowClass, Imports]:
    """The class of a row with these columns, and the imports it needs."""
    fields = tuple(
        Field(field, _annotation(part), part.doc if isinstance(part, RowColumn) else ())
        for field, part in zip(field_names(parts, options), parts, strict=True)
    )
    decorators, bases, needed = _KINDS[options.model](options.frozen, public)
    settings = _pydantic_settings(options.frozen, fields) if options.model == "pydantic" else ()
    imports = frozenset(needed).union(*(_annotation_imports(part) for part in parts))
    return RowClass(name, decorators, bases, doc, settings, fields), imports


def construction(
    name: str,
    needed: Imports,
    parts: Sequence[Part],
    function: tuple[str, Imports],
    kind: ModelKind,
) -> tuple[Construction, bool]:
    """How to make a `name` of a row: the class itself where the values of a row are its arguments,
    else `function`, which the second result says has to exist."""
    if kind not in KEYWORD_KINDS and all(
        isinstance(part, RowColumn) and part.codec.decode is None for part in parts
    ):
        return Construction(name, True, needed), False
    return Construction(function[0], False, function[1]), True


def row_function(
    function: str, name: str, parts: Sequence[Part], options: PackageOptions, public: PublicNames
) -> tuple[Function, Imports]:
    """The function that makes a `name` of a row of the given columns."""
    row, row_import = public.imported(modules.DRIVER, "Row")
    imports: Imports = frozenset({row_import}).union(*(_part_imports(part) for part in parts))
    columns = [part for part in parts if isinstance(part, RowColumn)]
    if options.model in KEYWORD_KINDS or len(columns) < len(parts):
        body = _from_expressions(name, parts, options)
    else:
        body = _from_values(name, columns)
    return Function(function, (Parameter("row", row),), (), name, (), body, is_async=False), imports


def _from_values(name: str, columns: Sequence[RowColumn]) -> tuple[Line, ...]:
    """Convert the values that need it in a list, and spread the list."""
    if all(column.codec.decode is None for column in columns):
        return (Line(Group(f"{name}(", ("*row",), ")"), "return "),)
    lines = [Line("list(row)", "values = ")]
    for index, column in enumerate(columns):
        codec, value = column.codec, f"values[{index}]"
        if codec.decode is None:
            continue
        depth = 0
        if codec.optional and not codec.decode.takes_none:
            lines.append(Line(f"if {value} is not None:", comment=column.name))
            depth = 1
        converted = codec.decode.apply(value)
        lines.append(Line(converted, f"{value} = ", depth, "" if depth else column.name))
    return (*lines, Line(Group(f"{name}(", ("*values",), ")"), "return "))


def _from_expressions(
    name: str, parts: Sequence[Part], options: PackageOptions
) -> tuple[Line, ...]:
    """Make every argument from the row, by keyword where the kind takes no others."""
    keywords = field_names(parts, options)
    items: list[Code] = []
    at = 0
    for keyword, part in zip(keywords, parts, strict=True):
        code, at = _expression(part, at)
        items.append(_keyword(keyword, code) if options.model in KEYWORD_KINDS else code)
    return (Line(Group(f"{name}(", tuple(items), ")"), "return "),)


def _expression(part: Part, at: int) -> tuple[Code, int]:
    if isinstance(part, RowColumn):
        return part.codec.decoded(f"row[{at}]"), at + 1
    end = at + part.width
    made = part.made.of(f"row[{at}:{end}]")
    if not part.nullable:
        return made, end
    if part.key is not None:
        return Conditional(f"row[{at + part.key}] is None", made), end
    return Conditional(f"row[{at}:{end}] == (None,) * {part.width}", made), end


def _keyword(name: str, code: Code) -> Code:
    if isinstance(code, str):
        return f"{name}={code}"
    if isinstance(code, Group):
        return Group(f"{name}={code.head}", code.items, code.tail)
    if isinstance(code, Conditional):
        return Conditional(code.test, code.value, f"{name}=")
    raise AssertionError(code)


def _annotation(part: Part) -> str:
    return part.codec.result.annotation if isinstance(part, RowColumn) else part.annotation


def _annotation_imports(part: Part) -> Imports:
    return part.codec.result.imports if isinstance(part, RowColumn) else part.imports


def _part_imports(part: Part) -> Imports:
    if isinstance(part, Embedded):
        return part.made.imports
    return part.codec.decode.imports if part.codec.decode else NONE


def _pydantic_settings(frozen: bool, fields: Iterable[Field]) -> tuple[Line, ...]:
    """What the fields need pydantic to allow: classes that it knows nothing of, and names that it
    keeps for methods of its own."""
    settings = ["frozen=True"] if frozen else []
    if any(set(_MODULE.findall(field.annotation)) - _KNOWN_MODULES for field in fields):
        settings.append("arbitrary_types_allowed=True")
    if any(field.name.startswith("model_") for field in fields):
        settings.append("protected_namespaces=()")
    if not settings:
        return ()
    return (Line(Group("pydantic.ConfigDict(", tuple(settings), ")"), "model_config = "),)


_MODULE = re.compile(r"([A-Za-z_][\w.]*)\.\w+")
_KNOWN_MODULES = frozenset(("datetime", "decimal", "ipaddress", "uuid"))
"""Modules whose classes pydantic knows."""

_Kind = tuple[tuple[str, ...], str, Iterable[Import]]


def _dataclass(frozen: bool, public: PublicNames) -> _Kind:
    arguments = "frozen=True, slots=True" if frozen else "slots=True"
    return (f"@dataclass({arguments})",), "", {Import("dataclasses", "dataclass")}


def _msgspec(frozen: bool, public: PublicNames) -> _Kind:
    # Rows hold no reference to themselves, so the garbage collector need not look at them.
    bases = "msgspec.Struct, frozen=True, gc=False" if frozen else "msgspec.Struct, gc=False"
    return (), bases, {Import("msgspec")}


def _pydantic(frozen: bool, public: PublicNames) -> _Kind:
    return (), "pydantic.BaseModel", {Import("pydantic")}


def _attrs(frozen: bool, public: PublicNames) -> _Kind:
    return ("@attrs.frozen" if frozen else "@attrs.define",), "", {Import("attrs")}


def _namedtuple(frozen: bool, public: PublicNames) -> _Kind:
    base, needed = public.imported("typing", "NamedTuple")
    return (), base, {needed}


def _typeddict(frozen: bool, public: PublicNames) -> _Kind:
    base, needed = public.imported("typing", "TypedDict")
    return (), base, {needed}


_KINDS = {
    "dataclass": _dataclass,
    "msgspec": _msgspec,
    "pydantic": _pydantic,
    "attrs": _attrs,
    "namedtuple": _namedtuple,
    "typeddict": _typeddict,
}
