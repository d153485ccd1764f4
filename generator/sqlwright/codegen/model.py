"""A generated package as values: names, annotations and code as strings, nothing of SQL's types.

Rendering needs no decisions beyond line breaks: what may have to be broken is a `Group`, a
`Conditional` or a `Comprehension`, everything else is text.
"""

from __future__ import annotations

from sqlwright.codegen.options import USUAL_LINE_LENGTH
from sqlwright.dataclass import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Import:
    """`import module`, or with a name `from module import name [as alias]`."""

    module: str
    name: str = ""
    alias: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """`head` items `tail`, such as a call: on one line where it fits, else an item a line. With a
    head of just `(` it is a tuple."""

    head: str
    items: tuple[Code, ...]
    tail: str


@dataclass(frozen=True, slots=True)
class Conditional:
    """`None if test else value`; `start` precedes it as in a keyword argument."""

    test: str
    value: Code
    start: str = ""


@dataclass(frozen=True, slots=True)
class Comprehension:
    """`[element for target in iterable]`, or a generator in parentheses."""

    element: Code
    loop: str
    brackets: str = "[]"


Code = str | Group | Conditional | Comprehension


@dataclass(frozen=True, slots=True)
class Line:
    """A statement, `depth` levels inside its function; `start` (`return `, `rows = `) precedes the
    code, and `comment` follows it. With an `annotation`, `start` is the name that is assigned."""

    code: Code
    start: str = ""
    depth: int = 0
    comment: str = ""
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a class, with what its column's comment says."""

    name: str
    annotation: str
    doc: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True, slots=True)
class RowClass:
    """A class whose objects are rows, or a part of one. `settings` are statements that come before
    the fields, `makers` class methods that come behind them."""

    name: str
    decorators: tuple[str, ...]
    bases: str
    doc: tuple[str, ...]
    settings: tuple[Line, ...]
    fields: tuple[Field, ...]
    makers: tuple[Function, ...] = ()


@dataclass(frozen=True, slots=True)
class EnumClass:
    """A StrEnum of (member, label) pairs, and the assignment of what reads a label."""

    name: str
    base: str
    doc: tuple[str, ...]
    members: tuple[tuple[str, str], ...]
    decoder: Line


@dataclass(frozen=True, slots=True)
class NewTypeAlias:
    """A domain as a type of its own: the statement that makes it."""

    name: str
    made: Line
    doc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A keyword parameter; `default` is empty where the caller has to say."""

    name: str
    annotation: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """A function; `keyword` are the parameters after `*`. An empty `body` renders as `...`."""

    name: str
    first: tuple[Parameter, ...]
    keyword: tuple[Parameter, ...]
    returns: str
    doc: tuple[str, ...]
    body: tuple[Line, ...]
    is_async: bool = True


@dataclass(frozen=True, slots=True)
class VariantText:
    """A text of a query by its `key`, with the places of its values; `note` says what is given."""

    key: Code
    note: str
    sql: str
    places: Code


@dataclass(frozen=True, slots=True)
class VariantPiece:
    """A stretch of a text with its conditions: a call of `head`, the `sql` over several lines and
    `more`, or `more` alone where it has no lines."""

    head: str
    sql: str
    more: tuple[Code, ...]
    tail: str


@dataclass(frozen=True, slots=True)
class VariantsCode:
    """The object that holds a query's texts, of the class `made`: all of them, or the `pieces` that
    they are put together from. `orders` are the names of its orders, if it has several."""

    made: str
    query: str
    options: Code
    texts: tuple[VariantText, ...]
    pieces: tuple[VariantPiece, ...] = ()
    orders: Code | None = None


@dataclass(frozen=True, slots=True)
class TypeAlias:
    """A name of a type, and the statement that makes it."""

    name: str
    made: Line


@dataclass(frozen=True, slots=True)
class QueryCode:
    """What one query becomes: its SQL constant (none where `sql` is empty: COPY sends no
    statement of the query's), which with `variants` holds several texts, classes of its own,
    functions that fill them, and its function. `patch` is the class of what a caller may pass,
    `sort` the type of the names of orders, `position` the class of where a row stands."""

    constant: str
    sql: str
    classes: tuple[RowClass, ...]
    converters: tuple[Function, ...]
    function: Function
    variants: VariantsCode | None = None
    patch: RowClass | None = None
    sort: TypeAlias | None = None
    position: RowClass | None = None


@dataclass(frozen=True, slots=True)
class QueryModule:
    """The module of one query file."""

    name: str
    sources: tuple[str, ...]
    imports: tuple[Import, ...]
    exports: tuple[str, ...]
    queries: tuple[QueryCode, ...]


@dataclass(frozen=True, slots=True)
class ModelClass:
    """A class with the functions that make one of a row and a row of one, if any, and the domains
    that are made of it."""

    made: RowClass
    functions: tuple[Function, ...]
    new_types: tuple[NewTypeAlias, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelsModule:
    """`models.py`: enums, domains, and then classes, with the domains that need one after it."""

    imports: tuple[Import, ...]
    exports: tuple[str, ...]
    enums: tuple[EnumClass, ...]
    new_types: tuple[NewTypeAlias, ...]
    classes: tuple[ModelClass, ...]


@dataclass(frozen=True, slots=True)
class ProtocolClass:
    """What a class does that has the queries of a module: its methods without bodies."""

    name: str
    queries: str
    signatures: tuple[Function, ...]


@dataclass(frozen=True, slots=True)
class QuerierClass:
    """A class with a method for every query, and the protocol that it meets: all of `protocols`.
    `protocol_bases` are those and `base`, the class of all protocols."""

    name: str
    protocol: str
    protocol_bases: str
    base: str
    connection: str
    methods: tuple[Function, ...]
    protocols: tuple[ProtocolClass, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of all classes."""
        return (self.name, self.protocol, *(each.name for each in self.protocols))


@dataclass(frozen=True, slots=True)
class QuerierModule:
    """`querier.py`: every function of the package, and on request a class of them."""

    imports: tuple[Import, ...]
    exports: tuple[str, ...]
    querier: QuerierClass | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """The fixed modules that go with a package, each as (name in the package, name of its text),
    and the names of them that its users come across."""

    modules: tuple[tuple[str, str], ...]
    shown: tuple[Import, ...]


@dataclass(frozen=True, slots=True)
class ExceptionClass:
    """The class of errors of a constraint, and the columns of that, if any, as a tuple."""

    name: str
    bases: str
    doc: tuple[str, ...]
    columns: Line | None


@dataclass(frozen=True, slots=True)
class ExceptionsModule:
    """`exceptions.py`: the classes, and the statement that says where each belongs."""

    imports: tuple[Import, ...]
    exports: tuple[str, ...]
    classes: tuple[ExceptionClass, ...]
    naming: Line


@dataclass(frozen=True, slots=True)
class Package:
    """A whole package. `warm_up` is the SQL that makes a connection know its types, empty where it
    knows them; `runtime` is the package in which `support` is, None for this one, `line_length` the
    columns of a line."""

    queries: tuple[QueryModule, ...]
    models: ModelsModule
    querier: QuerierModule
    imports: tuple[Import, ...]
    exports: tuple[str, ...]
    support: Support
    warm_up: str = ""
    connection: Import = Import("._driver", "Connection")
    runtime: str | None = None
    exceptions: ExceptionsModule | None = None
    line_length: int = USUAL_LINE_LENGTH

    @property
    def has_future(self) -> bool:
        """Whether `__init__.py` has `annotations` of the future, for which it has no use: a query
        file of that name is a module there, and type checkers know one meaning of a name."""
        return "annotations" not in self.exports
