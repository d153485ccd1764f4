"""Classes whose objects are rows, in each model kind, and the functions that fill them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlwright.codegen import imports as modules
from sqlwright.codegen.imports import NONE, Imports, PublicNames
from sqlwright.codegen.literals import comment_text, text_literal
from sqlwright.codegen.model import (
    Code,
    Conditional,
    Field,
    Function,
    Group,
    Line,
    Parameter,
    RowClass,
)
from sqlwright.codegen.model_kinds import ModelKind, model_kind
from sqlwright.codegen.names import ANNOTATION_NAMES, Taken, identifier, snake_case
from sqlwright.codegen.options import PackageOptions
from sqlwright.codegen.types.codec import Codec
from sqlwright.codegen.types.python_type import PythonType
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of a class to be."""

    name: str
    codec: Codec
    doc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Embedded:
    """A field that is a row itself, made of `width` columns; `absent` gives the test that says, of
    the row's first column number, that it is not there. `parts` are those of the row."""

    name: str
    made: Construction
    python: PythonType
    width: int
    key: int | None
    nullable: bool
    parts: tuple[Part, ...] = ()


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
    used = {word for part in parts for word in python_of(part).words()}
    reserved = ANNOTATION_NAMES | used | model_kind(options).reserved
    renames = dict(options.renames.fields)
    taken = Taken(reserved)
    names = []
    for position, part in enumerate(parts, 1):
        wanted = renames.get(part.name)
        if wanted is None:
            wanted = f"column_{position}" if part.name == "?column?" else snake_case(part.name)
        names.append(taken.claim(identifier(wanted, "column_", reserved)))
    return names


@dataclass(frozen=True, slots=True)
class Read:
    """The code that reads a column of a row that a caller has, and what it gives. `within` is the
    code of an embedded row which the column is of, and which may be None."""

    code: str
    codec: Codec
    within: str = ""

    @property
    def python(self) -> PythonType:
        """The type of what is read."""
        return self.codec.result.optional() if self.within else self.codec.result


def columns_of(
    parts: Sequence[Part], options: PackageOptions, row: str, within: str = ""
) -> Iterator[Read]:
    """How each column of a row is read."""
    by_key = model_kind(options).by_key
    for name, part in zip(field_names(parts, options), parts, strict=True):
        read = f'{row}["{name}"]' if by_key else f"{row}.{name}"
        if isinstance(part, Embedded):
            yield from columns_of(part.parts, options, read, read if part.nullable else within)
        else:
            yield Read(read, part.codec, within)


def row_class(
    name: str,
    parts: Sequence[Part],
    doc: tuple[str, ...],
    options: PackageOptions,
    public: PublicNames,
) -> tuple[RowClass, Imports]:
    """The class of a row with these columns, and the imports it needs."""
    kind, names = model_kind(options), field_names(parts, options)
    fields = tuple(
        Field(field, python_of(part).annotation, part.doc if isinstance(part, RowColumn) else ())
        for field, part in zip(names, parts, strict=True)
    )
    form, needed = kind.form(options.frozen, public)
    typed = [(field, python_of(part)) for field, part in zip(names, parts, strict=True)]
    imports = needed.union(*(python_of(part).imports for part in parts))
    settings = _settings(kind, kind.settings(options.frozen, typed))
    return RowClass(name, form.decorators, form.bases, doc, settings, fields), imports


def _settings(kind: ModelKind, arguments: tuple[str, ...]) -> tuple[Line, ...]:
    if not arguments:
        return ()
    made = Group(f"{kind.settings_class}(", arguments, ")")
    return (Line(made, f"{kind.settings_name} = "),)


def construction(
    name: str,
    needed: Imports,
    parts: Sequence[Part],
    function: tuple[str, Imports],
    kind: ModelKind,
) -> tuple[Construction, bool]:
    """How to make a `name` of a row: the class itself where the values of a row are its arguments,
    else `function`, which the second result says has to exist."""
    if not kind.keyword_only and all(
        isinstance(part, RowColumn) and part.codec.decode is None for part in parts
    ):
        return Construction(name, True, needed), False
    return Construction(function[0], False, function[1]), True


def row_function(
    function: str,
    name: str,
    parts: Sequence[Part],
    options: PackageOptions,
    public: PublicNames,
    *,
    by_keyword: bool = False,
) -> tuple[Function, Imports]:
    """The function that makes a `name` of a row of the given columns, `by_keyword` where these are
    in another order than the fields of the class."""
    row, row_import = public.imported(modules.DRIVER, "Row")
    imports: Imports = frozenset({row_import}).union(*(_part_imports(part) for part in parts))
    columns = [part for part in parts if isinstance(part, RowColumn)]
    by_keyword = by_keyword or model_kind(options).keyword_only
    if by_keyword or len(columns) < len(parts):
        body = _from_expressions(name, parts, options, by_keyword)
    else:
        body = _from_values(name, columns)
    return Function(function, (Parameter("row", row),), (), name, (), body, is_async=False), imports


def object_function(
    function: str,
    name: str,
    parts: Sequence[RowColumn],
    options: PackageOptions,
    public: PublicNames,
    fields: Sequence[str],
) -> tuple[Function, Imports]:
    """The function that makes a `name` of an object of json, whose keys the columns are called
    after; `fields` are those of the class."""
    any_, needed = public.imported("typing", "Any")
    items: list[Code] = []
    for field, part in zip(fields, parts, strict=True):
        code = part.codec.decoded(f"value[{text_literal(part.name)}]")
        items.append(_keyword(field, code) if model_kind(options).keyword_only else code)
    body = (Line(Group(f"{name}(", tuple(items), ")"), "return "),)
    given = (Parameter("value", f"dict[str, {any_}]"),)
    imports = frozenset({needed}).union(*map(_part_imports, parts))
    return Function(function, given, (), name, (), body, is_async=False), imports


def _from_values(name: str, columns: Sequence[RowColumn]) -> tuple[Line, ...]:
    """Convert the values that need it in a list, and spread the list."""
    if all(column.codec.decode is None for column in columns):
        return (Line(Group(f"{name}(", ("*row",), ")"), "return "),)
    lines = [Line("list(row)", "values = ")]
    for index, column in enumerate(columns):
        codec, value = column.codec, f"values[{index}]"
        if codec.decode is None:
            continue
        comment = comment_text(column.name, f"column {index + 1}")
        depth = 0
        if codec.optional and not codec.decode.takes_none:
            lines.append(Line(f"if {value} is not None:", comment=comment))
            depth = 1
        converted = codec.decode.apply(value)
        lines.append(Line(converted, f"{value} = ", depth, "" if depth else comment))
    return (*lines, Line(Group(f"{name}(", ("*values",), ")"), "return "))


def _from_expressions(
    name: str, parts: Sequence[Part], options: PackageOptions, by_keyword: bool
) -> tuple[Line, ...]:
    """Make every argument from the row."""
    keywords = field_names(parts, options)
    items: list[Code] = []
    at = 0
    for keyword, part in zip(keywords, parts, strict=True):
        code, at = _expression(part, at)
        items.append(_keyword(keyword, code) if by_keyword else code)
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


def python_of(part: Part) -> PythonType:
    """The type of a field."""
    return part.codec.result if isinstance(part, RowColumn) else part.python


def _part_imports(part: Part) -> Imports:
    if isinstance(part, Embedded):
        return part.made.imports
    return part.codec.decode.imports if part.codec.decode else NONE
