"""What a value of each PostgreSQL type is in Python, sent to a server and back."""

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
class Came:
    """A value that comes back as another one."""

    sent: Any
    back: Any


@dataclass(frozen=True)
class Case:
    """Some types with the same Python form, and values that make the trip for each of them.

    `parameter` is the annotation of a parameter where it takes more than comes back. `unsent` are
    what asyncpg reads but does not send: nothing, arrays, or any values; `texts` are the values as
    text, which is sent instead. `unread` says that arrays are read as texts only. `notes` are for
    the page on types.
    """

    types: tuple[str, ...]
    python: str
    values: tuple[Any, ...]
    parameter: str = ""
    notes: str = ""
    unsent: Literal["", "arrays", "values"] = ""
    texts: tuple[str, ...] = ()
    unread: bool = False


_SQUARE = ("((1,2),(3,4))",)

CASES = (
    Case(("boolean",), "bool", (True, False)),
    Case(("smallint",), "int", (0, -(2**15), 2**15 - 1)),
    Case(("integer",), "int", (0, -(2**31), 2**31 - 1)),
    Case(("bigint",), "int", (0, -(2**63), 2**63 - 1)),
    Case(("oid", "xid", "cid"), "int", (0, 2**32 - 1)),
    Case(("xid8",), "int", (0, 2**63)),
    Case(
        ("pg_lsn",),
        "int",
        (0, 23803720, 2**63 - 1, -1),
        notes="from `80000000/0` on negative, less by 2**64",
    ),
    Case(
        ("real",),
        "float",
        (0.0, 1.5, math.inf, -math.inf, Came(1.1, 1.100000023841858), Came(2, 2.0)),
        notes="rounded to single precision",
    ),
    Case(("double precision",), "float", (0.0, 1.1, 5e-324, 1.7976931348623157e308, -math.inf)),
    Case(
        ("numeric",),
        "decimal.Decimal",
        (D("0"), D("1.50"), D("-1e-20"), D("1" + "0" * 60 + ".5"), D("Infinity")),
        notes="a float is taken by its binary value; give a Decimal",
    ),
    Case(
        ("money",),
        "str",
        ("$12.50", "-$0.01"),
        notes="text in the server's `lc_monetary`",
    ),
    Case(("text", "varchar", "name"), "str", ("", "ascii", "ünïcode ✓", "'quoted' \\ \"")),
    Case(("char(3)",), "str", ("abc", Came("a", "a  ")), notes="padded with blanks"),
    Case(
        ('"char"',),
        "bytes",
        (b"a", b"\0", b"\xff"),
        notes="one byte, not text; that of an empty value is zero",
    ),
    Case(
        ("bytea",),
        "bytes",
        (b"", b"\x00\xff", Came(bytearray(b"ab"), b"ab"), Came(memoryview(b"ab"), b"ab")),
        parameter="bytes | bytearray | memoryview",
    ),
    Case(("uuid",), "uuid.UUID", (uuid.UUID(int=0), uuid.UUID(int=2**128 - 1))),
    Case(
        ("date",),
        "datetime.date",
        (datetime.date.min, datetime.date(2024, 2, 29), datetime.date.max),
        notes="`infinity` is `date.max`, `-infinity` `date.min`; years before 1 or after 9999"
        " cannot be read",
    ),
    Case(
        ("time",),
        "datetime.time",
        (datetime.time.min, datetime.time(23, 59, 59, 999999)),
        notes="a time zone is dropped; `24:00` cannot be read",
    ),
    Case(
        ("timetz",),
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
        ("timestamp",),
        "datetime.datetime",
        (datetime.datetime.min, datetime.datetime(2024, 2, 29, 12, 30, 1, 5), MAX),
        notes="without a time zone; `infinity` is `datetime.max`, `-infinity` `datetime.min`",
    ),
    Case(
        ("timestamptz",),
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
        ("interval",),
        "datetime.timedelta",
        (
            datetime.timedelta(0),
            datetime.timedelta(days=-3, microseconds=7),
            datetime.timedelta(days=400),
        ),
        notes="a month counts as 30 days, a year as 365; `infinity` cannot be read",
    ),
    Case(
        ("inet",),
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
        ("cidr",),
        "Cidr",
        (ipaddress.IPv4Network("192.0.2.0/24"), ipaddress.IPv6Network("2001:db8::/32")),
        notes="a network of either version",
    ),
    Case(("macaddr",), "str", ("08:00:2b:01:02:03",)),
    Case(("macaddr8",), "str", ("08:00:2b:01:02:03:04:05",)),
    Case(
        ("bit(4)", "bit varying"),
        "asyncpg.BitString",
        (BitString("1010"),),
        notes="`bit` without a length is `bit(1)`",
    ),
    Case(("point",), "asyncpg.Point", (Point(1.5, -2),)),
    Case(("box",), "asyncpg.Box", (Box((3, 4), (1, 2)),)),
    Case(("lseg",), "asyncpg.LineSegment", (LineSegment((1, 2), (3, 4)),)),
    Case(("line",), "asyncpg.Line", (Line(1, 2, 3),)),
    Case(
        ("path",),
        "asyncpg.Path",
        (Path((1, 2), (3, 4), is_closed=True),),
        unsent="arrays",
        texts=("((1,2),(3,4))",),
    ),
    Case(
        ("polygon",),
        "asyncpg.Polygon",
        (Polygon((1, 2), (3, 4)),),
        unsent="arrays",
        texts=("((1,2),(3,4))",),
    ),
    Case(("circle",), "asyncpg.Circle", (Circle((1, 2), 3),)),
    Case(("tsvector",), "str", ("'cat':1 'sat':2",), unread=True),
    Case(("tsquery",), "str", ("'cat' & 'sat'",), unread=True),
    Case(("jsonpath",), "str", ('$."a"[*]',)),
    Case(("regclass",), "str", ("pg_class",)),
    Case(("regtype",), "str", ("integer", Came("int4", "integer"))),
    Case(("regproc",), "str", ("now",)),
    Case(("refcursor",), "str", ("c",), unread=True),
    Case(("tid",), "tuple[int, int]", ((1, 2),)),
    Case(("pg_snapshot",), "tuple[int, int, tuple[int, ...]]", ((10, 20, (10, 14, 15)),)),
    Case(("int2vector", "oidvector"), "list[int]", ([1, 2],), unsent="values", texts=("1 2",)),
    Case(
        ("int4range",),
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
    Case(("int8range",), "asyncpg.Range[int]", (Range(-(2**63), 2**62),)),
    Case(
        ("numrange",),
        "asyncpg.Range[decimal.Decimal]",
        (Range(D("1.5"), D("2.5"), lower_inc=False, upper_inc=True),),
    ),
    Case(
        ("daterange",),
        "asyncpg.Range[datetime.date]",
        (Range(datetime.date(2024, 1, 1), datetime.date(2024, 2, 1)),),
    ),
    Case(
        ("tsrange",),
        "asyncpg.Range[datetime.datetime]",
        (Range(datetime.datetime(2024, 1, 1), None),),
    ),
    Case(
        ("tstzrange",),
        "asyncpg.Range[datetime.datetime]",
        (Range(None, datetime.datetime(2024, 1, 1, tzinfo=UTC), upper_inc=True),),
    ),
    Case(
        ("int4multirange",),
        "list[asyncpg.Range[int]]",
        ([], [Range(1, 3), Range(5, 8)], Came(((1, 2), (3, 4)), [Range(1, 5)])),
        parameter="Sequence[asyncpg.Range[int]]",
        unsent="arrays",
        texts=("{}", "{[1,3),[5,8)}", "{[1,5)}"),
    ),
)
