"""PostgreSQL's own types: a value for `probe_carriers` to try in every place, what that and others
are in Python, which tests send to a server and back, and what the page on types says of them."""

from __future__ import annotations

import datetime
import decimal
import ipaddress
import math
import uuid
from dataclasses import dataclass
from typing import Any, Literal

from asyncpg import (
    BitString,
    Box,
    Circle,
    Line,
    LineSegment,
    Path,
    Point,
    Polygon,
    Range,
)

UTC = datetime.UTC
MAX = datetime.datetime.max
D = decimal.Decimal


@dataclass(frozen=True)
class Sample:
    """A type and the literal of one of its values, or with `is_expression` an expression: telling
    in every field of its form. Without a literal a type is carried as others of its kind are.

    `name` is what the type is called in the table of carriers, `type` in SQL where that is
    something else. `setup` makes what it needs, `extension` brings it, and `codec` is the format of
    the json codec that the connection has.
    """

    name: str
    literal: str = ""
    type: str = ""
    setup: str = ""
    extension: str = ""
    codec: str = ""
    is_expression: bool = False


@dataclass(frozen=True)
class Came:
    """A value that comes back as another one."""

    sent: Any
    back: Any


@dataclass(frozen=True)
class Case:
    """Some types with the same Python form, and values that make the trip for each of them. A value
    that is an object of a class of the package's own is a function which makes it of the package:
    `lambda package: package.Segment(1, 2)`.

    `parameter` is the annotation of a parameter where it takes more than comes back. `unsent` are
    what asyncpg reads but does not send: nothing, arrays, or any values; `texts` are the values as
    text, which is sent instead. `unread` says that arrays are read as texts only. `notes` are for
    the page on types.
    """

    samples: tuple[Sample, ...]
    python: str
    values: tuple[Any, ...]
    parameter: str = ""
    notes: str = ""
    unsent: Literal["", "arrays", "values"] = ""
    texts: tuple[str, ...] = ()
    unread: bool = False

    @property
    def types(self) -> tuple[str, ...]:
        """The types as SQL has them."""
        return tuple(sample.type or sample.name for sample in self.samples)


CASES = (
    Case((Sample("bool", "t", "boolean"),), "bool", (True, False)),
    Case((Sample("int2", "-7", "smallint"),), "int", (0, -(2**15), 2**15 - 1)),
    Case((Sample("int4", "-70000", "integer"),), "int", (0, -(2**31), 2**31 - 1)),
    Case((Sample("int8", "5000000000", "bigint"),), "int", (0, -(2**63), 2**63 - 1)),
    Case(
        (Sample("oid", "4000000000"), Sample("xid", "3"), Sample("cid", "3")), "int", (0, 2**32 - 1)
    ),
    Case((Sample("xid8", "3"),), "int", (0, 2**63)),
    Case(
        (Sample("pg_lsn", "16/B374D848"),),
        "int",
        (0, 23803720, 2**63 - 1, -1),
        notes="from `80000000/0` on negative, less by 2**64",
    ),
    Case(
        (Sample("float4", "1.5", "real"),),
        "float",
        (0.0, 1.5, math.inf, -math.inf, Came(1.1, 1.100000023841858), Came(2, 2.0)),
        notes="rounded to single precision",
    ),
    Case(
        (Sample("float8", "-1.1", "double precision"),),
        "float",
        (0.0, 1.1, 5e-324, 1.7976931348623157e308, -math.inf),
    ),
    Case(
        (Sample("numeric", "12345.678900"),),
        "decimal.Decimal",
        (D("0"), D("1.50"), D("-1e-20"), D("1" + "0" * 60 + ".5"), D("Infinity")),
        notes="a float is taken by its binary value; give a Decimal",
    ),
    Case(
        (Sample("money", "12.50"),),
        "str",
        ("$12.50", "-$0.01"),
        notes="text in the server's `lc_monetary`",
    ),
    Case(
        (Sample("text", "a b"), Sample("varchar", "a b"), Sample("name", "a b")),
        "str",
        ("", "ascii", "ünïcode ✓", "'quoted' \\ \""),
    ),
    Case(
        (Sample("bpchar", "ab", "char(3)"),),
        "str",
        ("abc", Came("a", "a  ")),
        notes="padded with blanks",
    ),
    Case(
        (Sample("char", "a", '"char"'),),
        "bytes",
        (b"a", b"\0", b"\xff"),
        notes="one byte, not text; that of an empty value is zero",
    ),
    Case(
        (Sample("bytea", "\\x00ff61"),),
        "bytes",
        (b"", b"\x00\xff", Came(bytearray(b"ab"), b"ab"), Came(memoryview(b"ab"), b"ab")),
        parameter="bytes | bytearray | memoryview",
    ),
    Case(
        (Sample("uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),),
        "uuid.UUID",
        (uuid.UUID(int=0), uuid.UUID(int=2**128 - 1)),
    ),
    Case(
        (Sample("date", "2024-02-29"),),
        "datetime.date",
        (datetime.date.min, datetime.date(2024, 2, 29), datetime.date.max),
        notes="`infinity` is `date.max`, `-infinity` `date.min`; years before 1 or after 9999"
        " cannot be read",
    ),
    Case(
        (Sample("time", "12:34:56.789"),),
        "datetime.time",
        (datetime.time.min, datetime.time(23, 59, 59, 999999)),
        notes="a time zone is dropped; `24:00` cannot be read",
    ),
    Case(
        (Sample("timetz", "12:34:56.789+02"),),
        "datetime.time",
        (
            datetime.time(12, tzinfo=UTC),
            datetime.time(1, 2, 3, tzinfo=datetime.timezone(datetime.timedelta(hours=-9))),
            Came(
                datetime.time(1, tzinfo=datetime.timezone(datetime.timedelta(seconds=3723))),
                datetime.time(1, tzinfo=datetime.timezone(datetime.timedelta(minutes=62))),
            ),
        ),
        notes="with a time zone, which has to be given; seconds of its offset are not read",
    ),
    Case(
        (Sample("timestamp", "2024-02-29 12:34:56.789"),),
        "datetime.datetime",
        (datetime.datetime.min, datetime.datetime(2024, 2, 29, 12, 30, 1, 5), MAX),
        notes="without a time zone; `infinity` is `datetime.max`, `-infinity` `datetime.min`",
    ),
    Case(
        (Sample("timestamptz", "2024-02-29 12:34:56.789+00"),),
        "datetime.datetime",
        (
            datetime.datetime(1970, 1, 1, tzinfo=UTC),
            datetime.datetime(2024, 2, 29, 12, 30, 1, 5, tzinfo=UTC),
            Came(
                datetime.datetime(
                    2024, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=5))
                ),
                datetime.datetime(2023, 12, 31, 19, tzinfo=UTC),
            ),
            MAX,
        ),
        notes="in UTC; `infinity` is `datetime.max` without a time zone, `-infinity`"
        " `datetime.min`; one sent without a time zone is taken in the client's",
    ),
    Case(
        (Sample("interval", "1 day 02:03:04"),),
        "datetime.timedelta",
        (
            datetime.timedelta(0),
            datetime.timedelta(days=-3, microseconds=7),
            datetime.timedelta(days=400),
        ),
        notes="a month counts as 30 days, a year as 365; `infinity` cannot be read",
    ),
    Case(
        (Sample("inet", "192.0.2.1/24"),),
        "Inet",
        (
            ipaddress.IPv4Address("192.0.2.1"),
            ipaddress.IPv6Address("2001:db8::1"),
            ipaddress.IPv4Interface("192.0.2.1/24"),
            ipaddress.IPv6Interface("2001:db8::1/64"),
        ),
        notes="an address, or with a netmask an interface, of either version",
    ),
    Case(
        (Sample("cidr", "192.0.2.0/24"),),
        "Cidr",
        (ipaddress.IPv4Network("192.0.2.0/24"), ipaddress.IPv6Network("2001:db8::/32")),
        notes="a network of either version",
    ),
    Case((Sample("macaddr", "08:00:2b:01:02:03"),), "str", ("08:00:2b:01:02:03",)),
    Case((Sample("macaddr8", "08:00:2b:01:02:03:04:05"),), "str", ("08:00:2b:01:02:03:04:05",)),
    Case(
        (Sample("bit", "1010", "bit(4)"), Sample("varbit", "10101", "bit varying")),
        "asyncpg.BitString",
        (BitString("1010"),),
        notes="`bit` without a length is `bit(1)`",
    ),
    Case((Sample("point", "(1.5,2)"),), "asyncpg.Point", (Point(1.5, -2),)),
    Case((Sample("box", "(3,4),(1,2)"),), "asyncpg.Box", (Box((3, 4), (1, 2)),)),
    Case((Sample("lseg", "[(1,2),(3,4)]"),), "asyncpg.LineSegment", (LineSegment((1, 2), (3, 4)),)),
    Case((Sample("line", "{1,2,3}"),), "asyncpg.Line", (Line(1, 2, 3),)),
    Case(
        (Sample("path", "((1,2),(3,4))"),),
        "asyncpg.Path",
        (Path((1, 2), (3, 4), is_closed=True),),
        unsent="arrays",
        texts=("((1,2),(3,4))",),
    ),
    Case(
        (Sample("polygon", "((1,2),(3,4))"),),
        "asyncpg.Polygon",
        (Polygon((1, 2), (3, 4)),),
        unsent="arrays",
        texts=("((1,2),(3,4))",),
    ),
    Case((Sample("circle", "<(1,2),3>"),), "asyncpg.Circle", (Circle((1, 2), 3),)),
    Case((Sample("tsvector", "cat:1A sat:2"),), "str", ("'cat':1 'sat':2",), unread=True),
    Case((Sample("tsquery", "cat & !sat"),), "str", ("'cat' & 'sat'",), unread=True),
    Case((Sample("jsonpath", "$.a[*] ? (@ > 1)"),), "str", ('$."a"[*]',)),
    Case((Sample("regclass", "pg_class"),), "str", ("pg_class",)),
    Case((Sample("regtype", "integer"),), "str", ("integer", Came("int4", "integer"))),
    Case((Sample("regproc", "now"),), "str", ("now",)),
    Case((Sample("refcursor", "cursor one"),), "str", ("c",), unread=True),
    Case((Sample("tid", "(1,2)"),), "tuple[int, int]", ((1, 2),)),
    Case(
        (Sample("pg_snapshot", "10:20:10,14,15"),),
        "tuple[int, int, tuple[int, ...]]",
        ((10, 20, (10, 14, 15)),),
    ),
    Case(
        (Sample("int2vector", "1 2"), Sample("oidvector", "1 2")),
        "list[int]",
        ([1, 2],),
        unsent="values",
        texts=("1 2",),
    ),
    Case(
        (Sample("int4range", "[1,5)"),),
        "asyncpg.Range[int]",
        (
            Range(1, 6),
            Range(None, 5),
            Range(),
            Range(empty=True),
            Came(Range(1, 5, upper_inc=True), Range(1, 6)),
            Came((1, 5), Range(1, 6)),
        ),
        notes="a pair of bounds includes both",
    ),
    Case((Sample("int8range"),), "asyncpg.Range[int]", (Range(-(2**63), 2**62),)),
    Case(
        (Sample("numrange"),),
        "asyncpg.Range[decimal.Decimal]",
        (Range(D("1.5"), D("2.5"), lower_inc=False, upper_inc=True),),
    ),
    Case(
        (Sample("daterange"),),
        "asyncpg.Range[datetime.date]",
        (Range(datetime.date(2024, 1, 1), datetime.date(2024, 2, 1)),),
    ),
    Case(
        (Sample("tsrange"),),
        "asyncpg.Range[datetime.datetime]",
        (Range(datetime.datetime(2024, 1, 1), None),),
    ),
    Case(
        (Sample("tstzrange"),),
        "asyncpg.Range[datetime.datetime]",
        (Range(None, datetime.datetime(2024, 1, 1, tzinfo=UTC), upper_inc=True),),
    ),
    Case(
        (Sample("int4multirange", "{[1,5),[7,9)}"),),
        "list[asyncpg.Range[int]]",
        ([], [Range(1, 3), Range(5, 8)], Came(((1, 2), (3, 4)), [Range(1, 5)])),
        parameter="Sequence[asyncpg.Range[int]]",
        unsent="arrays",
        texts=("{}", "{[1,3),[5,8)}", "{[1,5)}"),
    ),
)
