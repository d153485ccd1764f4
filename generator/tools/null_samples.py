"""The values that functions are called with when it is probed which of them yield NULL.

Every sample is an SQL expression that is not NULL. What may hide a NULL inside (an array element, a
JSON null), is empty, unbounded or not a number is among the ordinary ones; the infinite dates and
intervals, which applications hardly store, are kept apart.
"""

from __future__ import annotations

SETUP = """
    CREATE SCHEMA probe;
    CREATE TYPE probe.mood AS ENUM ('sad', 'ok', 'happy');
    CREATE TYPE probe.pair AS (a int, b text);
    CREATE TABLE probe.item (id serial PRIMARY KEY, note text);
    INSERT INTO probe.item (note) VALUES ('one'), (NULL);
    DO $$ BEGIN CREATE ROLE probe_user; EXCEPTION WHEN duplicate_object THEN END $$;
    GRANT USAGE ON SCHEMA probe TO probe_user;
    SELECT nextval('probe.item_id_seq'), lo_from_bytea(4242, 'abc');
"""

Samples = tuple[str, ...]


def of(type_name: str, *texts: str) -> Samples:
    """Values of a type by their texts."""
    return tuple(f"'{text}'::{type_name}" for text in texts)


_TEXTS = (
    "",
    "a",
    "abc",
    "a,b",
    "a b",
    "1",
    "hour",
    "day",
    "dow",
    "epoch",
    "UTC",
    "NFC",
    "%",
    "(b)",
    "b",
    "g",
    "YYYY-MM-DD",
    "999",
    "utf8",
    "{1,2}",
    "pg_class",
    "english",
    "SELECT",
)

DATE_FIELDS = (
    *("microseconds", "milliseconds", "second", "minute", "hour", "day", "week", "month"),
    *("quarter", "year", "decade", "century", "millennium", "julian", "epoch", "dow"),
    *("isodow", "doy", "isoyear", "timezone", "timezone_hour", "timezone_minute"),
)

ORDINARY: dict[str, Samples] = {
    "bool": of("bool", "t", "f"),
    "bytea": of("bytea", "", "abc", "\\x00ff"),
    "char": of('"char"', "", "a", "r", "f", "s"),
    "name": of("name", "", "abc", "pg_class", "postgres", "english"),
    "int8": of("int8", "0", "1", "2", "-1", "7", "5000000000", "9223372036854775807"),
    "int2": of("int2", "0", "1", "2", "-1", "32767"),
    "int4": of("int4", "0", "1", "2", "-1", "7", "3", "2147483647"),
    "text": of("text", *_TEXTS),
    "oid": of("oid", "0", "1", "16", "23", "25", "1259", "2200", "10", "99999"),
    "tid": of("tid", "(0,1)", "(0,0)"),
    "xid": of("xid", "3", "0", "1000000"),
    "xid8": of("xid8", "3", "0"),
    "cid": of("cid", "0", "3"),
    "json": of(
        "json",
        "null",
        "1",
        '"s"',
        "[]",
        "{}",
        '[1,null,"x"]',
        '{"a":1,"b":null}',
        '[{"a":1,"b":"x"},{"a":null}]',
        '{"a":{"b":"c"}}',
        "true",
        '["a","b"]',
        '{"a":"x"}',
    ),
    "jsonpath": of(
        "jsonpath", "$", "$.a", "$[*]", "strict $.zz", "$.a == 1", "$.size()", "$.a.datetime()"
    ),
    "xml": of("xml", "<a/>", "<a><b>x</b></a>", "text"),
    "point": of("point", "(0,0)", "(1,2)", "(NaN,1)", "(-1,3)", "(Infinity,0)"),
    "lseg": of("lseg", "[(0,0),(1,1)]", "[(0,2),(2,0)]", "[(0,0),(0,0)]", "[(5,5),(6,7)]"),
    "path": of("path", "[(0,0),(1,1)]", "((0,0),(1,1),(2,0))", "[(0,0)]"),
    "box": of("box", "(1,1),(0,0)", "(5,5),(4,4)", "(0,0),(0,0)", "(2,2),(-1,-1)"),
    "polygon": of("polygon", "((0,0),(1,1),(2,0))", "((0,0))", "((5,5),(6,6),(7,5))"),
    "line": of("line", "{1,1,-1}", "{1,-1,0}", "{1,-1,3}", "{0,1,2}", "{1,0,2}"),
    "circle": of("circle", "<(0,0),1>", "<(5,5),0>", "<(1,0),2>"),
    "cidr": of("cidr", "10.0.0.0/8", "::/0", "192.168.1.0/24"),
    "inet": of("inet", "10.0.0.1", "::1", "192.168.1.5/24", "0.0.0.0/0"),
    "macaddr": of("macaddr", "08:00:2b:01:02:03", "00:00:00:00:00:00"),
    "macaddr8": of("macaddr8", "08:00:2b:ff:fe:01:02:03", "08:00:2b:01:02:03:04:05"),
    "float4": of("float4", "0", "1.5", "-2", "NaN", "Infinity"),
    "float8": of("float8", "0", "1.5", "-2", "NaN", "Infinity", "0.5", "1"),
    "money": of("money", "0", "1.50", "-3"),
    "bpchar": of("bpchar", "", "abc", "a  "),
    "varchar": of("varchar", "", "abc", "1"),
    "date": of("date", "2020-02-29", "1999-12-31", "4000-01-01 BC", "2020-03-05"),
    "time": of("time", "00:00", "12:34:56.789", "24:00", "05:00"),
    "timetz": of("timetz", "00:00+00", "12:34:56.789-08", "05:00+00", "23:00+00"),
    "timestamp": of(
        "timestamp", "2020-02-29 01:02:03", "1999-12-31", "0044-03-15 BC", "2020-03-05"
    ),
    "timestamptz": of(
        "timestamptz",
        "2020-02-29 01:02:03+00",
        "1999-12-31 23:59+05",
        "2010-01-01+00",
        "2020-03-05+00",
    ),
    "interval": of("interval", "0", "1 day", "-1 month 2 hours", "3 years", "1 second"),
    "bit": of("bit(3)", "101", "000"),
    "varbit": of("varbit", "", "101", "0"),
    "numeric": of("numeric", "0", "1.50", "-2", "NaN", "Infinity", "-Infinity", "123456789.123"),
    "refcursor": of("refcursor", "abc"),
    "uuid": of(
        "uuid",
        "00000000-0000-0000-0000-000000000000",
        "11111111-1111-4111-8111-111111111111",
        "01932d3c-6f2a-7a3b-9c4d-0123456789ab",
        "c232ab00-9414-11ec-b3c8-9f6bdeced846",
    ),
    "pg_lsn": of("pg_lsn", "0/0", "1/2A"),
    "tsvector": of("tsvector", "", "a:1 b:2A", "fat cat"),
    "tsquery": of("tsquery", "", "a", "a & !b", "a <-> b"),
    "regclass": (
        "0::regclass",
        *of("regclass", "pg_class", "pg_class_oid_index", "probe.item"),
    ),
    "regproc": ("0::regproc", "'pg_sleep'::regproc"),
    "regprocedure": ("0::regprocedure", "'abs(int4)'::regprocedure"),
    "regoper": ("0::regoper", "'!~~*'::regoper"),
    "regoperator": ("0::regoperator", "'+(int4,int4)'::regoperator"),
    "regtype": ("0::regtype", *of("regtype", "int4", "text", "information_schema.yes_or_no")),
    "regconfig": of("regconfig", "english", "simple"),
    "regdictionary": of("regdictionary", "english_stem", "simple"),
    "regnamespace": ("0::regnamespace", "'pg_catalog'::regnamespace"),
    "regrole": ("0::regrole", "'postgres'::regrole"),
    "regcollation": ("0::regcollation", "'\"C\"'::regcollation"),
    "int4range": of("int4range", "empty", "[1,5)", "(,)", "[3,)", "(,4)", "[4,9)"),
    "int8range": of("int8range", "empty", "[1,5)", "(,)", "[3,)"),
    "numrange": of("numrange", "empty", "[1,5]", "(,)", "[3,)", "(,2.5)"),
    "daterange": of("daterange", "empty", "[2020-01-01,2020-02-01)", "(,)"),
    "tsrange": of("tsrange", "empty", "[2020-01-01,2020-02-01)", "(,)"),
    "tstzrange": of("tstzrange", "empty", "[2020-01-01,2020-02-01)", "(,)"),
    "int4multirange": of("int4multirange", "{}", "{[1,5)}", "{(,)}", "{[1,2),[5,)}"),
    "int8multirange": of("int8multirange", "{}", "{[1,5)}", "{(,)}"),
    "nummultirange": of("nummultirange", "{}", "{[1,5]}", "{(,)}"),
    "datemultirange": of("datemultirange", "{}", "{[2020-01-01,2020-02-01)}"),
    "tsmultirange": of("tsmultirange", "{}", "{[2020-01-01,2020-02-01)}"),
    "tstzmultirange": of(
        "tstzmultirange", "{}", "{[2020-01-01,2020-02-01)}", "{[2020-01-01,),(,2001-01-01)}"
    ),
    "_bool": of("bool[]", "{}", "{t,f}", "{NULL}"),
    "_int2": of("int2[]", "{}", "{1,2}", "{1,NULL}"),
    "_int4": of("int4[]", "{}", "{1,2,3}", "{1,NULL}", "{{1,2},{3,4}}", "{NULL}", "{2}", "{0}"),
    "_int8": of("int8[]", "{}", "{1,2}", "{1,NULL}"),
    "_text": of("text[]", "{}", "{a,b}", "{a,NULL}", "{{a,b},{c,d}}", "{abc}", "{1}", "{b}"),
    "_oid": of("oid[]", "{}", "{25,23}", "{1,NULL}"),
    "_char": of('"char"[]', "{}", "{i,o}"),
    "_name": of("name[]", "{}", "{a,b}"),
    "_float4": of("float4[]", "{}", "{0.1,0.2,0.4,1}", "{1,NULL}"),
    "_float8": of("float8[]", "{}", "{1,2,3}", "{1,NULL}", "{0,0,0,0,0,0}", "{2,3,5,2,3,5}"),
    "_numeric": of("numeric[]", "{}", "{1,2.5}", "{1,NULL}"),
    "_interval": of("interval[]", "{}", "{1 day,2 hours}"),
    "_bytea": of("bytea[]", "{}", "{abc,NULL}"),
    "_date": of("date[]", "{}", "{2020-01-01,NULL}"),
    "_timestamp": of("timestamp[]", "{}", "{2020-01-01,NULL}"),
    "_timestamptz": of("timestamptz[]", "{}", "{2020-01-01,NULL}"),
    "_uuid": of("uuid[]", "{}", "{11111111-1111-4111-8111-111111111111}"),
    "_jsonb": ("ARRAY[]::jsonb[]", "ARRAY['1'::jsonb, NULL]"),
    "_int4range": of("int4range[]", "{}", '{"[1,5)","[3,9)"}'),
    "_int8range": of("int8range[]", "{}", '{"[1,5)"}'),
    "_numrange": of("numrange[]", "{}", '{"[1,5]"}'),
    "_daterange": of("daterange[]", "{}", '{"[2020-01-01,2020-02-01)"}'),
    "_tsrange": of("tsrange[]", "{}", '{"[2020-01-01,2020-02-01)"}'),
    "_tstzrange": of("tstzrange[]", "{}", '{"[2020-01-01,2020-02-01)"}'),
    "_tid": of("tid[]", "{}", '{"(0,1)"}'),
    "_varchar": of("varchar[]", "{}", "{a,NULL}"),
    "_pg_type": ("ARRAY[]::pg_type[]",),
    "int2vector": of("int2vector", "", "1 2"),
    "oidvector": of("oidvector", "", "23 25"),
    "aclitem": ("(acldefault('r', 10))[1]",),
    "_aclitem": ("'{}'::aclitem[]", "acldefault('r', 10)"),
    "pg_snapshot": of("pg_snapshot", "10:20:10,14,15", "1:1:"),
    "txid_snapshot": of("txid_snapshot", "10:20:10,14,15", "1:1:"),
    "record": ("ROW(1, NULL::text)", "ROW(1, 'a')"),
    "unknown": ("'abc'",),
    "mood": of("probe.mood", "sad", "ok", "happy"),
    "pair": ("ROW(1, 'x')::probe.pair", "ROW(NULL, NULL)::probe.pair"),
    "_mood": of("probe.mood[]", "{}", "{sad,NULL}"),
    "_pair": ("ARRAY[]::probe.pair[]", "ARRAY[ROW(1, 'x')::probe.pair, NULL]"),
    "citext": of("citext", "", "abc", "b", "1", "a,b", "g", "%"),
    "hstore": of("hstore", "", "a=>1", "a=>NULL, b=>2"),
    "ltree": of("ltree", "", "a", "a.b", "a.b.c", "x.y"),
    "_ltree": of("ltree[]", "{}", "{a,a.b}", "{x.y,NULL}"),
    "lquery": of("lquery", "*", "a.*", "*.z"),
    "_lquery": of("lquery[]", "{}", "{*,a.*}", "{*.z}"),
    "ltxtquery": of("ltxtquery", "a & b", "!z"),
    "cube": of("cube", "(0)", "(1,2)", "(1,2),(3,4)"),
    "earth": ("ll_to_earth(10, 20)", "ll_to_earth(-10, 100)"),
    "seg": of("seg", "1", "1 .. 2", "1 .."),
    "vector": of("vector", "[1,2,3]", "[0,0,0]", "[3,1,2]"),
    "halfvec": of("halfvec", "[1,2,3]", "[0,0,0]"),
    "sparsevec": of("sparsevec", "{1:1}/3", "{}/3"),
    "_vector": ("ARRAY[]::vector[]", "ARRAY['[1,2,3]'::vector, NULL]"),
    "query_int": of("query_int", "1", "1&!2"),
    "lo": ("0::lo", "99999::lo"),
    "ean13": of("ean13", "978-0-393-04002-9"),
    "isbn": of("isbn", "0-393-04002-X"),
    "isbn13": of("isbn13", "978-0-393-04002-9"),
    "issn": of("issn", "1436-4522"),
    "issn13": ("issn13('1436-4522'::issn)",),
    "ismn": of("ismn", "979-0-060-11561-5"),
    "ismn13": of("ismn13", "979-0-060-11561-5"),
    "upc": of("upc", "220356483481"),
    "geometry": (
        *of("geometry", "POINT(1 2)", "POINT EMPTY", "LINESTRING(0 0,1 1,2 0)"),
        *of("geometry", "POLYGON((0 0,1 0,1 1,0 0))", "GEOMETRYCOLLECTION EMPTY"),
        "'SRID=4326;POINT(10 20)'::geometry",
        "'LINESTRING(0 0,1 0,1 1,0 0)'::geometry",
        "'LINESTRING M(0 0 1,1 1 2)'::geometry",
    ),
    "geography": of("geography", "POINT(10 20)", "POINT EMPTY", "LINESTRING(0 0,1 1)"),
    "ip4": of("ip4", "10.0.0.1", "0.0.0.0"),
    "ip4r": of("ip4r", "10.0.0.0/8", "10.0.0.1-10.0.0.7"),
    "ip6": of("ip6", "::1", "fe80::1"),
    "ip6r": of("ip6r", "fe80::/10", "::1-::7"),
    "ipaddress": of("ipaddress", "10.0.0.1", "::1"),
    "iprange": of("iprange", "10.0.0.0/8", "10.0.0.1-10.0.0.7", "fe80::/10", "-"),
    "hll": ("hll_empty()", "hll_add(hll_empty(), hll_hash_integer(1))"),
    "hll_hashval": ("hll_hash_integer(1)", "hll_hash_text('a')"),
    "semver": of("semver", "1.2.3", "0.0.1-beta"),
    "prefix_range": of("prefix_range", "", "01", "01[2-4]"),
    "box2d": ("'BOX(0 0,1 1)'::box2d",),
    "box2df": ("'POINT(1 2)'::geometry::box2d::box2df",),
    "spheroid": of("spheroid", 'SPHEROID["WGS 84",6378137,298.257223563]'),
    "box3d": ("'BOX3D(0 0 0,1 1 1)'::box3d",),
    "_geometry": ("ARRAY[]::geometry[]", "ARRAY['POINT(1 2)'::geometry, NULL]"),
}
ORDINARY["jsonb"] = tuple(each.replace("::json", "::jsonb") for each in ORDINARY["json"])

INFINITE: dict[str, Samples] = {
    "date": of("date", "infinity", "-infinity"),
    "timestamp": of("timestamp", "infinity", "-infinity"),
    "timestamptz": of("timestamptz", "infinity", "-infinity"),
    "interval": of("interval", "infinity", "-infinity"),
    "daterange": of("daterange", "[2020-01-01,infinity]"),
    "tstzrange": of("tstzrange", "[2020-01-01,infinity]"),
}

FAMILIES: tuple[dict[str, str], ...] = (
    {"element": "int4", "array": "_int4", "range": "int4range", "multirange": "int4multirange"},
    {"element": "numeric", "array": "_numeric", "range": "numrange", "multirange": "nummultirange"},
    {"element": "text", "array": "_text"},
    {"element": "pair", "array": "_pair"},
    {"element": "mood", "array": "_mood", "enum": "mood"},
    {"element": "jsonb", "array": "_jsonb"},
)
"""Types that stand together for the polymorphic ones."""

POLYMORPHIC = {
    "anyelement": "element",
    "anyarray": "array",
    "anynonarray": "element",
    "anyenum": "enum",
    "anyrange": "range",
    "anymultirange": "multirange",
    "anycompatible": "element",
    "anycompatiblearray": "array",
    "anycompatiblenonarray": "element",
    "anycompatiblerange": "range",
    "anycompatiblemultirange": "multirange",
}
