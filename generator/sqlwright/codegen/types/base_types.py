"""The rows of the table of types: what a value of each of PostgreSQL's base types is in Python.

A new type is one row, of `PG_CATALOG` or of `EXTENSIONS`. One whose values are objects of a class
of the package's own has that class, and the functions to and from what asyncpg exchanges, in a
module of `render/support`, which its row names:

    _rows(
        "seg",
        imported("._seg", "Segment", known_to_pydantic=False),
        exchanged=STR,
        decode="segment_from_text",
        encode="segment_to_text",
    )
"""

from __future__ import annotations

from sqlwright.codegen import imports as modules
from sqlwright.codegen.types.python_type import (
    BOOL,
    BYTES,
    ELLIPSIS,
    FLOAT,
    INT,
    NO_VALUE,
    OBJECT,
    STR,
    PythonType,
    builtin,
    imported,
    list_of,
    of_module,
    tuple_of,
    union,
)
from sqlwright.dataclass import dataclass, replace


@dataclass(frozen=True, slots=True)
class BaseType:
    """What values of the types `names` are, and what is taken for them where that is more.

    Where asyncpg exchanges something else it is `exchanged`, and `decode` and `encode` name the
    functions from and to it, of the support module that the class comes from. `written` names the
    function of `render/support/_copy_text.py` that writes what asyncpg is given as PostgreSQL reads
    it; there is none for types that have no such form and need none.
    """

    names: tuple[str, ...]
    python: PythonType
    taken: PythonType | None = None
    exchanged: PythonType | None = None
    decode: str = ""
    encode: str = ""
    written: str = ""

    @property
    def parameter(self) -> PythonType:
        """What a caller may pass."""
        return self.taken or self.python


AS_SHOWN = "text_of"
"""The writer of what PostgreSQL reads as Python shows it."""


def _rows(
    names: str,
    python: PythonType,
    taken: PythonType | None = None,
    *,
    exchanged: PythonType | None = None,
    decode: str = "",
    encode: str = "",
    written: str = "",
) -> BaseType:
    if (exchanged or python) == STR:
        written = AS_SHOWN
    return BaseType(tuple(names.split()), python, taken, exchanged, decode, encode, written)


RANGE = replace(of_module("asyncpg", "Range"), is_class=False)
"""Generic to type checkers, and without a subscript at run time."""

_BYTES_TAKEN = union(BYTES, builtin("bytearray"), builtin("memoryview"))
_DATETIME = of_module("datetime", "datetime")
_SNAPSHOT = tuple_of(INT, INT, tuple_of(INT, ELLIPSIS))

PG_CATALOG: tuple[BaseType, ...] = (
    _rows("bool", BOOL, written=AS_SHOWN),
    _rows("int2 int4 int8 oid xid xid8", INT, written=AS_SHOWN),
    _rows("cid pg_lsn", INT),
    _rows("float4 float8", FLOAT, written=AS_SHOWN),
    _rows("numeric", of_module("decimal", "Decimal"), written=AS_SHOWN),
    _rows("money", STR),
    _rows("text varchar bpchar name", STR),
    _rows("xml", STR),
    _rows("tsvector gtsvector tsquery jsonpath", STR),
    _rows("unknown cstring pg_node_tree", STR),
    _rows("macaddr macaddr8", STR),
    _rows("refcursor aclitem", STR),
    _rows("regclass regcollation regconfig regdictionary regnamespace", STR),
    _rows("regoper regoperator regproc regprocedure regrole regtype", STR),
    _rows("char", BYTES),
    _rows("bytea", BYTES, _BYTES_TAKEN, written="text_of_bytes"),
    _rows("uuid", of_module("uuid", "UUID"), written=AS_SHOWN),
    _rows("date", of_module("datetime", "date"), written="text_of_date"),
    _rows("time timetz", of_module("datetime", "time"), written=AS_SHOWN),
    _rows("timestamp", _DATETIME, written="text_of_timestamp"),
    _rows("timestamptz", _DATETIME, written="text_of_timestamptz"),
    _rows("interval", of_module("datetime", "timedelta"), written="text_of_interval"),
    # The values of these two are of several classes; the package names the unions.
    _rows("inet", imported(modules.TYPES, "Inet", is_class=False), written=AS_SHOWN),
    _rows("cidr", imported(modules.TYPES, "Cidr", is_class=False), written=AS_SHOWN),
    _rows("bit varbit", of_module("asyncpg", "BitString")),
    _rows("point", of_module("asyncpg", "Point")),
    _rows("box", of_module("asyncpg", "Box")),
    _rows("lseg", of_module("asyncpg", "LineSegment")),
    _rows("line", of_module("asyncpg", "Line")),
    _rows("path", of_module("asyncpg", "Path")),
    _rows("polygon", of_module("asyncpg", "Polygon")),
    _rows("circle", of_module("asyncpg", "Circle")),
    _rows("int2vector oidvector", list_of(INT)),
    _rows("tid", tuple_of(INT, INT)),
    _rows("txid_snapshot pg_snapshot", _SNAPSHOT),
    _rows("record", tuple_of(OBJECT, ELLIPSIS)),
    _rows("void", NO_VALUE),
)
"""Types of `pg_catalog`, by name there. json and jsonb depend on options: see `json_types`."""

EXTENSIONS: tuple[BaseType, ...] = (
    _rows("citext", STR),
    _rows("hstore", STR),
    _rows("ltree lquery ltxtquery", STR),
    _rows("cube seg", STR),
    _rows("query_int", STR),
    _rows("isbn isbn13 issn issn13 ismn ismn13 ean13 upc", STR),
    _rows("vector halfvec sparsevec", STR),
)
"""Types of extensions, by name in whatever schema the extension was put."""

_BY_NAME = {
    "pg_catalog": {name: row for row in PG_CATALOG for name in row.names},
    "": {name: row for row in EXTENSIONS for name in row.names},
}


def base_type(schema: str, name: str) -> BaseType | None:
    """The row of a type, if it has one."""
    return _BY_NAME["pg_catalog" if schema == "pg_catalog" else ""].get(name)


def classes_of_the_package() -> frozenset[str]:
    """The names of classes that values of base types are objects of and that the package brings
    along; its users meet them."""
    found = (part for row in (*PG_CATALOG, *EXTENSIONS) for part in row.python.parts())
    return frozenset(
        part.name for part in found if part.needed and part.needed.module.startswith(".")
    )
