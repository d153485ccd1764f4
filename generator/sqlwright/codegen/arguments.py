"""The parameters of a query as a function takes them: by keyword, in one object, or many times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlwright.analysis.facts import Parameter, QueryFacts
from sqlwright.codegen import imports as modules
from sqlwright.codegen.code_words import words
from sqlwright.codegen.imports import DATACLASS, NONE, PARAMETER_NAMES, UNSET, Imports
from sqlwright.codegen.model import Code, Conditional, Field, Group, Import, RowClass
from sqlwright.codegen.model import Parameter as Keyword
from sqlwright.codegen.model_kinds import DATACLASS_NAMES
from sqlwright.codegen.names import (
    ANNOTATION_NAMES,
    AnyOf,
    Taken,
    identifier,
    snake_case,
)
from sqlwright.codegen.types.codec import Codec
from sqlwright.codegen.types.type_map import TypeMap
from sqlwright.dataclass import dataclass, field, replace

BULK_COMMANDS = frozenset({"copyfrom", "batchexec", "batchmany", "batchone"})

_FIELD_NAMES = ANNOTATION_NAMES | DATACLASS_NAMES
"""Names that a field of a class of parameters cannot have."""

_LONGEST_VARIABLE = 40
"""A loop over anything longer would not fit on a line."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One `$n` under its Python name."""

    name: str
    codec: Codec
    default: str
    annotation: str
    absent: str = ""
    imports: Imports = NONE

    def sent_from(self, prefix: str) -> Code:
        """The code for the value as it is sent; `prefix` is what the value is an attribute of."""
        value = f"{prefix}{self.name}"
        encoded = self.codec.encoded(value)
        if self.absent in ("", "None") or self.codec.encode is None:
            return encoded
        if isinstance(encoded, Conditional):
            return replace(encoded, test=f"{encoded.test} or {value} is {self.absent}")
        return Conditional(f"{value} is {self.absent}", encoded)

    def is_given(self, prefix: str) -> Code:
        """The code that tells whether the value is given, of one that need not be."""
        return f"{prefix}{self.name} is not {self.absent}"


@dataclass(frozen=True, slots=True)
class Arguments:
    """How a function takes a query's parameters.

    `first` come after the connection, `keyword` after `*`. `sent` are the values for one execution;
    in a function that takes many sets, `each` is the variable that holds one set. `taken` are the
    names that variables must keep clear of. `given` tells which are given of those that need not
    be, and `names` what each position is called.
    """

    first: tuple[Keyword, ...]
    keyword: tuple[Keyword, ...]
    sent: tuple[Code, ...]
    classes: tuple[RowClass, ...]
    imports: Imports
    signature_imports: Imports
    taken: frozenset[str]
    each: str = ""
    given: tuple[Code, ...] = ()
    names: Mapping[int, str] = field(default_factory=dict)

    def variable(self, name: str) -> str:
        """A name for a variable that is no parameter's."""
        while name in self.taken:
            name = f"{name}_"
        return name


def plan_arguments(
    types: TypeMap, query: QueryFacts, class_name: str, reserved: frozenset[str] = frozenset()
) -> Arguments:
    """Decide how the parameters are taken; `class_name` is for the class of one set of them.
    Names that the function uses for something else are `reserved`."""
    limit = types.options.parameter_limit
    if query.command in BULK_COMMANDS:
        return _many_sets(types, query, class_name, reserved)
    if limit is not None and len(query.parameters) > limit:
        return _one_object(types, query, class_name)
    return plan_keywords(types, query, query.parameters, PARAMETER_NAMES | reserved)


def plan_keywords(
    types: TypeMap, query: QueryFacts, parameters: Sequence[Parameter], reserved: frozenset[str]
) -> Arguments:
    """Take these parameters by keyword."""
    arguments = _arguments(types, query, parameters, reserved)
    keyword = tuple(
        Keyword(argument.name, argument.annotation, argument.default) for argument in arguments
    )
    return Arguments(
        (),
        keyword,
        tuple(argument.sent_from("") for argument in arguments),
        (),
        _conversion_imports(arguments),
        _annotation_imports(arguments),
        frozenset(argument.name for argument in arguments),
        given=_given(query, arguments, ""),
        names=_names(parameters, arguments),
    )


def _given(query: QueryFacts, arguments: Sequence[Argument], prefix: str) -> tuple[Code, ...]:
    """In the order of the query's options, a position left aside."""
    if query.variants is None:
        return ()
    at = {item.position: one for item, one in zip(query.parameters, arguments, strict=True)}
    return tuple(
        at[position].is_given(prefix)
        for option in query.variants.named
        for position in option.positions
    )


def _names(parameters: Sequence[Parameter], arguments: Sequence[Argument]) -> dict[int, str]:
    pairs = zip(parameters, arguments, strict=True)
    return {item.position: argument.name for item, argument in pairs}


def _one_object(types: TypeMap, query: QueryFacts, class_name: str) -> Arguments:
    arguments = _arguments(types, query, query.parameters, _FIELD_NAMES)
    return Arguments(
        (Keyword("params", class_name),),
        (),
        tuple(argument.sent_from("params.") for argument in arguments),
        (input_class(class_name, arguments),),
        _conversion_imports(arguments) | class_imports(arguments),
        NONE,
        frozenset({"params"}),
        given=_given(query, arguments, "params."),
        names=_names(query.parameters, arguments),
    )


def _many_sets(
    types: TypeMap, query: QueryFacts, class_name: str, reserved: frozenset[str]
) -> Arguments:
    """A single parameter is taken as it is, several as objects of a class."""
    iterable, needed = types.public.imported("collections.abc", "Iterable")
    whole = "rows" if query.command == "copyfrom" else "batch"
    if len(query.parameters) == 1 and query.params_class is None:
        arguments = _arguments(types, query, query.parameters, PARAMETER_NAMES | {whole} | reserved)
        [argument] = arguments
        if len(argument.name) > _LONGEST_VARIABLE:
            arguments = [argument] = [replace(argument, name="item")]
        classes: tuple[RowClass, ...] = ()
        each, prefix, annotation = argument.name, "", argument.codec.parameter.annotation
        signature = _annotation_imports(arguments)
    else:
        arguments = _arguments(types, query, query.parameters, _FIELD_NAMES)
        classes = (input_class(class_name, arguments),)
        each, prefix, annotation = "item", "item.", class_name
        signature = NONE
    if query.params_class is not None:
        classes, signature = (), frozenset({Import(modules.MODELS, class_name)})
    imports = _conversion_imports(arguments) | {needed}
    if classes:
        imports |= class_imports(arguments)
    return Arguments(
        (Keyword(whole, f"{iterable}[{annotation}]"),),
        (),
        tuple(argument.sent_from(prefix) for argument in arguments),
        classes,
        imports,
        signature | {needed},
        frozenset({whole, each}),
        each,
    )


def _arguments(
    types: TypeMap, query: QueryFacts, parameters: Sequence[Parameter], reserved: frozenset[str]
) -> list[Argument]:
    renames = dict(types.options.renames.fields)
    codecs = [types.of_parameter(item, query) for item in parameters]
    own = reserved.union(*(words(codec.encode.apply("")) for codec in codecs if codec.encode))
    if own >= _FIELD_NAMES:  # a field hides the class of its name in the annotations around it
        own = own.union(*(codec.parameter.words() for codec in codecs))
    every = AnyOf(own, types.class_names)
    taken = Taken(base=every)
    arguments = []
    for item, codec in zip(parameters, codecs, strict=True):
        wanted = renames.get(item.name) or snake_case(item.written or item.name)
        name = taken.claim(identifier(wanted, "param_", every))
        arguments.append(_argument(types, item, codec, name))
    return arguments


def _argument(types: TypeMap, item: Parameter, codec: Codec, name: str) -> Argument:
    annotation = codec.parameter.annotation
    if item.absent != "unset":
        default = absent = "None" if item.left_out else ""
        return Argument(name, codec, default, annotation, absent)
    unset, value = types.public.imported(UNSET, "UNSET")
    kind, needed = types.public.imported(UNSET, "Unset")
    imports = frozenset({value, needed})
    return Argument(name, codec, unset, f"{annotation} | {kind}", unset, imports)


def value_of_row(types: TypeMap, item: Parameter) -> Parameter:
    """An array as one of its values, which is that of a row that comes in."""
    array = types.catalog.type(types.catalog.base_type(item.type))
    return replace(
        item,
        type=array.element,
        nullable=item.element_nullable,
        element_nullable=True,
        dimensions=0,
    )


def input_arguments(types: TypeMap, query: QueryFacts) -> list[Argument]:
    """The fields of the class of the rows that a query takes, where it shares it."""
    parameters = query.parameters
    if query.input_rows is not None:
        numbers = query.input_rows.numbers
        parameters = tuple(
            value_of_row(types, item) for item in parameters if item.position in numbers
        )
    return _arguments(types, query, parameters, _FIELD_NAMES)


def input_class(name: str, arguments: Sequence[Argument]) -> RowClass:
    """The class of one set of parameters: always a dataclass, whatever the models are."""
    fields = tuple(
        Field(argument.name, argument.annotation, (), argument.default) for argument in arguments
    )
    return RowClass(name, ("@dataclass(slots=True, kw_only=True)",), "", (), (), fields)


def class_imports(arguments: Sequence[Argument]) -> Imports:
    """What that class needs."""
    return _annotation_imports(arguments) | {Import(DATACLASS, "dataclass")}


def _conversion_imports(arguments: Sequence[Argument]) -> Imports:
    return NONE.union(
        *(argument.codec.encode.imports for argument in arguments if argument.codec.encode)
    )


def _annotation_imports(arguments: Sequence[Argument]) -> Imports:
    return NONE.union(
        *(argument.codec.parameter.imports | argument.imports for argument in arguments)
    )


LONGEST_TUPLE = 256
"""Values of which pyright infers the type of a tuple (its `maxInferredTupleEntryCount`)."""


def as_set(sent: Sequence[Code]) -> Group:
    """The values of one set as asyncpg takes them: a tuple, or a list where that would be of
    unknown types."""
    opening, closing = "()" if len(sent) <= LONGEST_TUPLE else "[]"
    return Group(opening, tuple(sent), closing)
