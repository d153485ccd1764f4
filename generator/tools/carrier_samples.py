"""A value of every type, for `probe_carriers`: ordinary, and telling in every field of its form."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Sample:
    """A type and the literal of one of its values, or with `is_expression` an expression.

    `name` is what the type is called in the table, `type` in SQL where that is something else.
    `setup` makes what it needs, `extension` brings it, and `codec` is the format of the json codec
    that the connection has.
    """

    name: str
    literal: str
    type: str = ""
    setup: str = ""
    extension: str = ""
    codec: str = ""
    is_expression: bool = False


CORE = (
    Sample("bool", "t"),
    Sample("int2", "-7"),
    Sample("int4", "-70000"),
    Sample("int8", "5000000000"),
    Sample("oid", "4000000000"),
    Sample("xid", "3"),
    Sample("xid8", "3"),
    Sample("cid", "3"),
    Sample("pg_lsn", "16/B374D848"),
    Sample("float4", "1.5"),
    Sample("float8", "-1.1"),
    Sample("numeric", "12345.678900"),
    Sample("money", "12.50"),
    Sample("text", "a b"),
    Sample("varchar", "a b"),
    Sample("bpchar", "ab", "char(2)"),
    Sample("name", "a b"),
    Sample("char", "a", '"char"'),
    Sample("tsvector", "cat:1A sat:2"),
    Sample("tsquery", "cat & !sat"),
    Sample("jsonpath", "$.a[*] ? (@ > 1)"),
    Sample("macaddr", "08:00:2b:01:02:03"),
    Sample("macaddr8", "08:00:2b:01:02:03:04:05"),
    Sample("refcursor", "cursor one"),
    Sample("aclitem", "postgres=r/postgres"),
    Sample("regclass", "pg_class"),
    Sample("regcollation", '"C"'),
    Sample("regconfig", "english"),
    Sample("regdictionary", "simple"),
    Sample("regnamespace", "pg_catalog"),
    Sample("regoper", "||/"),
    Sample("regoperator", "+(int4,int4)"),
    Sample("regproc", "now"),
    Sample("regprocedure", "length(text)"),
    Sample("regrole", "postgres"),
    Sample("regtype", "integer"),
    Sample("bytea", "\\x00ff61"),
    Sample("uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
    Sample("date", "2024-02-29"),
    Sample("time", "12:34:56.789"),
    Sample("timetz", "12:34:56.789+02"),
    Sample("timestamp", "2024-02-29 12:34:56.789"),
    Sample("timestamptz", "2024-02-29 12:34:56.789+00"),
    Sample("interval", "1 day 02:03:04"),
    Sample("inet", "192.0.2.1/24"),
    Sample("cidr", "192.0.2.0/24"),
    Sample("bit", "1010", "bit(4)"),
    Sample("varbit", "10101"),
    Sample("point", "(1.5,2)"),
    Sample("box", "(3,4),(1,2)"),
    Sample("lseg", "[(1,2),(3,4)]"),
    Sample("line", "{1,2,3}"),
    Sample("path", "((1,2),(3,4))"),
    Sample("polygon", "((1,2),(3,4))"),
    Sample("circle", "<(1,2),3>"),
    Sample("int2vector", "1 2"),
    Sample("oidvector", "1 2"),
    Sample("tid", "(1,2)"),
    Sample("txid_snapshot", "10:20:10,14,15"),
    Sample("pg_snapshot", "10:20:10,14,15"),
    Sample("unknown", "a b"),
    Sample("cstring", "a b"),
    Sample("json", '{"a": 1}'),
    Sample("jsonb", '{"a": 1}'),
    Sample("int4range", "[1,5)"),
    Sample("int4multirange", "{[1,5),[7,9)}"),
    Sample("int4[]", "{1,2}", "int4[]"),
    Sample("text[]", '{a,NULL,""}', "text[]"),
)

_ENUM = "CREATE TYPE probe.mood AS ENUM ('sad', 'very happy');"
_COMPOSITE = "CREATE TYPE probe.pair AS (a int, b text);"
_TABLE = "CREATE TABLE probe.item (a int PRIMARY KEY, b text, c timestamptz);"
_OWN = """
    CREATE TYPE probe.own;
    CREATE FUNCTION probe.own_in(cstring) RETURNS probe.own
        AS 'textin' LANGUAGE internal STRICT IMMUTABLE;
    CREATE FUNCTION probe.own_out(probe.own) RETURNS cstring
        AS 'textout' LANGUAGE internal STRICT IMMUTABLE;
    CREATE FUNCTION probe.own_recv(internal) RETURNS probe.own
        AS 'textrecv' LANGUAGE internal STRICT IMMUTABLE;
    CREATE FUNCTION probe.own_send(probe.own) RETURNS bytea
        AS 'textsend' LANGUAGE internal STRICT IMMUTABLE;
    CREATE TYPE probe.own (
        INPUT = probe.own_in, OUTPUT = probe.own_out, RECEIVE = probe.own_recv,
        SEND = probe.own_send, LIKE = text
    );
"""

_JSON = (Sample("json", '{"a": 1}'), Sample("jsonb", '{"a": 1}'))

KINDS = (
    Sample("(enum)", "very happy", "probe.mood", _ENUM),
    Sample("(composite)", "(1,b)", "probe.pair", _COMPOSITE),
    Sample("(row)", '(1,b,"2024-02-29 12:34:56+00")', "probe.item", _TABLE),
    Sample("(record)", "ROW(1, 'b'::text)", "record", is_expression=True),
    Sample("(other)", "a b", "probe.own", _OWN),
    *(
        replace(each, name=f"{each.name}, text codec", type=each.name, codec="text")
        for each in _JSON
    ),
    *(
        replace(each, name=f"{each.name}, binary codec", type=each.name, codec="binary")
        for each in _JSON
    ),
)

VECTOR = (
    Sample("vector", "[1,2,3]", extension="vector"),
    Sample("halfvec", "[1,2,3]", extension="vector"),
    Sample("sparsevec", "{1:1,3:2}/5", extension="vector"),
)

CONTRIB = (
    # The embedded server is built without libxml.
    Sample("xml", "<a/>"),
    Sample("citext", "a B", extension="citext"),
    Sample("hstore", '"a"=>"1"', extension="hstore"),
    Sample("ltree", "a.b", extension="ltree"),
    Sample("lquery", "a.*", extension="ltree"),
    Sample("ltxtquery", "a & b", extension="ltree"),
    Sample("cube", "(1, 2),(3, 4)", extension="cube"),
    Sample("seg", "1.0 .. 2.0", extension="seg"),
    Sample("query_int", "1 & 2", extension="intarray"),
    Sample("isbn", "0-393-04002-X", extension="isn"),
    Sample("isbn13", "978-0-393-04002-9", extension="isn"),
    Sample("issn", "1436-4522", extension="isn"),
    Sample("issn13", "977-1436-452-00-8", extension="isn"),
    Sample("ismn", "M-060-11561-5", extension="isn"),
    Sample("ismn13", "979-0-060-11561-5", extension="isn"),
    Sample("ean13", "001-234567890-5", extension="isn"),
    Sample("upc", "220356483481", extension="isn"),
)
