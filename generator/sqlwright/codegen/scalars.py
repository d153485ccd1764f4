"""The Python types of PostgreSQL's base types as asyncpg reads and writes them.

Every row was measured on a real server; `docs/types.md` lists them with what they accept.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """What asyncpg gives for a value, and what may be passed where that is more. Dotted names are
    modules' (imported under their own name) and names without a dot builtins."""

    result: str
    parameter: str = ""


_INT = Scalar("int")
_FLOAT = Scalar("float")
_TEXT = Scalar("str")
_BYTES = Scalar("bytes", "bytes | bytearray | memoryview")
_SNAPSHOT = Scalar("tuple[int, int, tuple[int, ...]]")

SCALARS: dict[str, Scalar] = {
    "bool": Scalar("bool"),
    "int2": _INT,
    "int4": _INT,
    "int8": _INT,
    "oid": _INT,
    "xid": _INT,
    "xid8": _INT,
    "cid": _INT,
    "pg_lsn": _INT,
    "float4": _FLOAT,
    "float8": _FLOAT,
    "numeric": Scalar("decimal.Decimal"),
    "money": _TEXT,
    "text": _TEXT,
    "varchar": _TEXT,
    "bpchar": _TEXT,
    "name": _TEXT,
    "xml": _TEXT,
    "tsvector": _TEXT,
    "gtsvector": _TEXT,
    "tsquery": _TEXT,
    "jsonpath": _TEXT,
    "unknown": _TEXT,
    "cstring": _TEXT,
    "pg_node_tree": _TEXT,
    "macaddr": _TEXT,
    "macaddr8": _TEXT,
    "refcursor": _TEXT,
    "aclitem": _TEXT,
    "regclass": _TEXT,
    "regcollation": _TEXT,
    "regconfig": _TEXT,
    "regdictionary": _TEXT,
    "regnamespace": _TEXT,
    "regoper": _TEXT,
    "regoperator": _TEXT,
    "regproc": _TEXT,
    "regprocedure": _TEXT,
    "regrole": _TEXT,
    "regtype": _TEXT,
    "char": Scalar("bytes"),
    "bytea": _BYTES,
    "uuid": Scalar("uuid.UUID"),
    "date": Scalar("datetime.date"),
    "time": Scalar("datetime.time"),
    "timetz": Scalar("datetime.time"),
    "timestamp": Scalar("datetime.datetime"),
    "timestamptz": Scalar("datetime.datetime"),
    "interval": Scalar("datetime.timedelta"),
    "bit": Scalar("asyncpg.BitString"),
    "varbit": Scalar("asyncpg.BitString"),
    "point": Scalar("asyncpg.Point"),
    "box": Scalar("asyncpg.Box"),
    "lseg": Scalar("asyncpg.LineSegment"),
    "line": Scalar("asyncpg.Line"),
    "path": Scalar("asyncpg.Path"),
    "polygon": Scalar("asyncpg.Polygon"),
    "circle": Scalar("asyncpg.Circle"),
    "int2vector": Scalar("list[int]"),
    "oidvector": Scalar("list[int]"),
    "tid": Scalar("tuple[int, int]"),
    "txid_snapshot": _SNAPSHOT,
    "pg_snapshot": _SNAPSHOT,
    "record": Scalar("tuple[object, ...]"),
    "void": Scalar("None"),
}

_EXTENSION_TYPES = """
citext hstore ltree lquery ltxtquery cube seg query_int isbn isbn13 issn issn13 ismn ismn13 ean13
upc vector halfvec sparsevec
"""
EXTENSION_SCALARS = dict.fromkeys(_EXTENSION_TYPES.split(), _TEXT)
"""Types of extensions, by name in whatever schema the extension was put; asyncpg has no binary
form for them and exchanges their text."""

ADDRESSES = {"inet": "Inet", "cidr": "Cidr"}
"""Types whose values have several classes; the package's own `_types` module names the unions."""

JSON = frozenset({"json", "jsonb"})
