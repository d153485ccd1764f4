"""The edges of PostgreSQL's types, as texts: the least and the greatest value, the empty one, what
stands for no number and for no end (manual, chapter 8)."""

from __future__ import annotations

EDGES: dict[str, tuple[str, ...]] = {
    "bool": ("t", "f"),
    "int2": ("1", "0", "-1", "32767", "-32768"),
    "int4": ("1", "0", "-1", "2147483647", "-2147483648"),
    "int8": ("1", "0", "-1", "9223372036854775807", "-9223372036854775808"),
    "oid": ("1", "0", "4294967295"),
    "xid": ("1", "4294967295"),
    "xid8": ("1", "18446744073709551615"),
    "pg_lsn": ("0/16B3748", "0/0", "FFFFFFFF/FFFFFFFF"),
    "float4": ("1.5", "0", "-0", "3.4e38", "1e-45", "Infinity", "-Infinity", "NaN"),
    "float8": ("1.5", "0", "-0", "1.7e308", "5e-324", "Infinity", "-Infinity", "NaN"),
    "numeric": ("1.5", "0", "-1", "0.00000000000000000001", "1e30", "NaN", "Infinity", "-Infinity"),
    "money": ("$12.50", "0", "-92233720368547758.08"),
    "text": ("a", "", "A b", 'it\'s "x"', "\\", "{}", "NULL", "a,b", "é☃", "x\ny", "0", "-1"),
    "char": ("a", "", "\\000", "\\377"),
    "bytea": ("\\x00ff", "\\x", "\\x5c"),
    "date": ("2024-02-29", "2024-03-02", "infinity", "-infinity", "0001-01-02", "9999-12-30"),
    "time": ("12:30:00", "00:00:00", "23:59:59.999999"),
    "timetz": ("12:30:00+00", "00:00:00+14", "23:59:59.999999-12", "12:00:00+01:30"),
    "timestamp": (
        *("2024-02-29 12:30:00", "2024-02-29 15:00:00"),
        *("infinity", "-infinity", "0001-01-02", "9999-12-30"),
    ),
    "timestamptz": (
        *("2024-02-29 12:30:00+00", "2024-02-29 15:00:00+00"),
        *("infinity", "-infinity", "9999-12-30 00:00:00+00"),
    ),
    "interval": ("1 day", "0", "-1 hour", "2 months 3 days", "0.000001 s", "infinity"),
    "uuid": (
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
    ),
    "json": ('{"a": 1}', "null", "{}", "[]", '"text"', "1", '[1, "x", null]', "true"),
    "inet": ("127.0.0.1", "10.0.0.1/8", "::1", "fe80::1/64", "0.0.0.0/0"),
    "cidr": ("10.0.0.0/8", "0.0.0.0/0", "::/0"),
    "bit": ("1", "101", "0"),
    "varbit": ("101", "", "0"),
    "tsvector": ("'a' 'b'", "", "a:1A b:2"),
    "tsquery": ("a & b", "", "!a"),
    "hstore": ("a=>1", "", "a=>NULL", '"it\'s"=>"x,y"'),
    "ltree": ("a.b", "", "a"),
    "citext": ("a", "", "A", 'it\'s "x", {}'),
    "path": ("((0,0),(1,1))", "[(0,0),(1,1)]"),
}
EDGES["varchar"] = EDGES["bpchar"] = EDGES["name"] = EDGES["text"]
EDGES["jsonb"] = EDGES["json"]
