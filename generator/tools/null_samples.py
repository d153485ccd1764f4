"""The values that functions are called with when it is probed which of them yield NULL.

Every sample is an SQL expression that is not NULL. What may hide a NULL inside (an array element, a
JSON null), is empty, unbounded or not a number is among the ordinary ones; the infinite dates and
intervals, which applications hardly store, are kept apart.
"""

from __future__ import annotations

import re

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


def _of(type_name: str, *texts: str) -> Samples:
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
    "bool": _of("bool", "t", "f"),
    "bytea": _of("bytea", "", "abc", "\\x00ff"),
    "char": _of('"char"', "", "a", "r", "f", "s"),
    "name": _of("name", "", "abc", "pg_class", "postgres", "english"),
    "int8": _of("int8", "0", "1", "2", "-1", "7", "5000000000", "9223372036854775807"),
    "int2": _of("int2", "0", "1", "2", "-1", "32767"),
    "int4": _of("int4", "0", "1", "2", "-1", "7", "3", "2147483647"),
    "text": _of("text", *_TEXTS),
    "oid": _of("oid", "0", "1", "16", "23", "25", "1259", "2200", "10", "99999"),
    "tid": _of("tid", "(0,1)", "(0,0)"),
    "xid": _of("xid", "3", "0", "1000000"),
    "xid8": _of("xid8", "3", "0"),
    "cid": _of("cid", "0", "3"),
    "json": _of(
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
    "jsonpath": _of(
        "jsonpath", "$", "$.a", "$[*]", "strict $.zz", "$.a == 1", "$.size()", "$.a.datetime()"
    ),
    "xml": _of("xml", "<a/>", "<a><b>x</b></a>", "text"),
    "point": _of("point", "(0,0)", "(1,2)", "(NaN,1)", "(-1,3)", "(Infinity,0)"),
    "lseg": _of("lseg", "[(0,0),(1,1)]", "[(0,2),(2,0)]", "[(0,0),(0,0)]", "[(5,5),(6,7)]"),
    "path": _of("path", "[(0,0),(1,1)]", "((0,0),(1,1),(2,0))", "[(0,0)]"),
    "box": _of("box", "(1,1),(0,0)", "(5,5),(4,4)", "(0,0),(0,0)", "(2,2),(-1,-1)"),
    "polygon": _of("polygon", "((0,0),(1,1),(2,0))", "((0,0))", "((5,5),(6,6),(7,5))"),
    "line": _of("line", "{1,1,-1}", "{1,-1,0}", "{1,-1,3}", "{0,1,2}", "{1,0,2}"),
    "circle": _of("circle", "<(0,0),1>", "<(5,5),0>", "<(1,0),2>"),
    "cidr": _of("cidr", "10.0.0.0/8", "::/0", "192.168.1.0/24"),
    "inet": _of("inet", "10.0.0.1", "::1", "192.168.1.5/24", "0.0.0.0/0"),
    "macaddr": _of("macaddr", "08:00:2b:01:02:03", "00:00:00:00:00:00"),
    "macaddr8": _of("macaddr8", "08:00:2b:ff:fe:01:02:03", "08:00:2b:01:02:03:04:05"),
    "float4": _of("float4", "0", "1.5", "-2", "NaN", "Infinity"),
    "float8": _of("float8", "0", "1.5", "-2", "NaN", "Infinity", "0.5", "1"),
    "money": _of("money", "0", "1.50", "-3"),
    "bpchar": _of("bpchar", "", "abc", "a  "),
    "varchar": _of("varchar", "", "abc", "1"),
    "date": _of("date", "2020-02-29", "1999-12-31", "4000-01-01 BC", "2020-03-05"),
    "time": _of("time", "00:00", "12:34:56.789", "24:00", "05:00"),
    "timetz": _of("timetz", "00:00+00", "12:34:56.789-08", "05:00+00", "23:00+00"),
    "timestamp": _of(
        "timestamp", "2020-02-29 01:02:03", "1999-12-31", "0044-03-15 BC", "2020-03-05"
    ),
    "timestamptz": _of(
        "timestamptz",
        "2020-02-29 01:02:03+00",
        "1999-12-31 23:59+05",
        "2010-01-01+00",
        "2020-03-05+00",
    ),
    "interval": _of("interval", "0", "1 day", "-1 month 2 hours", "3 years", "1 second"),
    "bit": _of("bit(3)", "101", "000"),
    "varbit": _of("varbit", "", "101", "0"),
    "numeric": _of("numeric", "0", "1.50", "-2", "NaN", "Infinity", "-Infinity", "123456789.123"),
    "refcursor": _of("refcursor", "abc"),
    "uuid": _of(
        "uuid",
        "00000000-0000-0000-0000-000000000000",
        "11111111-1111-4111-8111-111111111111",
        "01932d3c-6f2a-7a3b-9c4d-0123456789ab",
        "c232ab00-9414-11ec-b3c8-9f6bdeced846",
    ),
    "pg_lsn": _of("pg_lsn", "0/0", "1/2A"),
    "tsvector": _of("tsvector", "", "a:1 b:2A", "fat cat"),
    "tsquery": _of("tsquery", "", "a", "a & !b", "a <-> b"),
    "regclass": ("0::regclass", *_of("regclass", "pg_class", "pg_class_oid_index", "probe.item")),
    "regproc": ("0::regproc", "'pg_sleep'::regproc"),
    "regprocedure": ("0::regprocedure", "'abs(int4)'::regprocedure"),
    "regoper": ("0::regoper", "'!~~*'::regoper"),
    "regoperator": ("0::regoperator", "'+(int4,int4)'::regoperator"),
    "regtype": ("0::regtype", *_of("regtype", "int4", "text", "information_schema.yes_or_no")),
    "regconfig": _of("regconfig", "english", "simple"),
    "regdictionary": _of("regdictionary", "english_stem", "simple"),
    "regnamespace": ("0::regnamespace", "'pg_catalog'::regnamespace"),
    "regrole": ("0::regrole", "'postgres'::regrole"),
    "regcollation": ("0::regcollation", "'\"C\"'::regcollation"),
    "int4range": _of("int4range", "empty", "[1,5)", "(,)", "[3,)", "(,4)", "[4,9)"),
    "int8range": _of("int8range", "empty", "[1,5)", "(,)", "[3,)"),
    "numrange": _of("numrange", "empty", "[1,5]", "(,)", "[3,)", "(,2.5)"),
    "daterange": _of("daterange", "empty", "[2020-01-01,2020-02-01)", "(,)"),
    "tsrange": _of("tsrange", "empty", "[2020-01-01,2020-02-01)", "(,)"),
    "tstzrange": _of("tstzrange", "empty", "[2020-01-01,2020-02-01)", "(,)"),
    "int4multirange": _of("int4multirange", "{}", "{[1,5)}", "{(,)}", "{[1,2),[5,)}"),
    "int8multirange": _of("int8multirange", "{}", "{[1,5)}", "{(,)}"),
    "nummultirange": _of("nummultirange", "{}", "{[1,5]}", "{(,)}"),
    "datemultirange": _of("datemultirange", "{}", "{[2020-01-01,2020-02-01)}"),
    "tsmultirange": _of("tsmultirange", "{}", "{[2020-01-01,2020-02-01)}"),
    "tstzmultirange": _of(
        "tstzmultirange", "{}", "{[2020-01-01,2020-02-01)}", "{[2020-01-01,),(,2001-01-01)}"
    ),
    "_bool": _of("bool[]", "{}", "{t,f}", "{NULL}"),
    "_int2": _of("int2[]", "{}", "{1,2}", "{1,NULL}"),
    "_int4": _of("int4[]", "{}", "{1,2,3}", "{1,NULL}", "{{1,2},{3,4}}", "{NULL}", "{2}", "{0}"),
    "_int8": _of("int8[]", "{}", "{1,2}", "{1,NULL}"),
    "_text": _of("text[]", "{}", "{a,b}", "{a,NULL}", "{{a,b},{c,d}}", "{abc}", "{1}", "{b}"),
    "_oid": _of("oid[]", "{}", "{25,23}", "{1,NULL}"),
    "_char": _of('"char"[]', "{}", "{i,o}"),
    "_name": _of("name[]", "{}", "{a,b}"),
    "_float4": _of("float4[]", "{}", "{0.1,0.2,0.4,1}", "{1,NULL}"),
    "_float8": _of("float8[]", "{}", "{1,2,3}", "{1,NULL}", "{0,0,0,0,0,0}", "{2,3,5,2,3,5}"),
    "_numeric": _of("numeric[]", "{}", "{1,2.5}", "{1,NULL}"),
    "_interval": _of("interval[]", "{}", "{1 day,2 hours}"),
    "_bytea": _of("bytea[]", "{}", "{abc,NULL}"),
    "_date": _of("date[]", "{}", "{2020-01-01,NULL}"),
    "_timestamp": _of("timestamp[]", "{}", "{2020-01-01,NULL}"),
    "_timestamptz": _of("timestamptz[]", "{}", "{2020-01-01,NULL}"),
    "_uuid": _of("uuid[]", "{}", "{11111111-1111-4111-8111-111111111111}"),
    "_jsonb": ("ARRAY[]::jsonb[]", "ARRAY['1'::jsonb, NULL]"),
    "_int4range": _of("int4range[]", "{}", '{"[1,5)","[3,9)"}'),
    "_int8range": _of("int8range[]", "{}", '{"[1,5)"}'),
    "_numrange": _of("numrange[]", "{}", '{"[1,5]"}'),
    "_daterange": _of("daterange[]", "{}", '{"[2020-01-01,2020-02-01)"}'),
    "_tsrange": _of("tsrange[]", "{}", '{"[2020-01-01,2020-02-01)"}'),
    "_tstzrange": _of("tstzrange[]", "{}", '{"[2020-01-01,2020-02-01)"}'),
    "_tid": _of("tid[]", "{}", '{"(0,1)"}'),
    "_varchar": _of("varchar[]", "{}", "{a,NULL}"),
    "_pg_type": ("ARRAY[]::pg_type[]",),
    "int2vector": _of("int2vector", "", "1 2"),
    "oidvector": _of("oidvector", "", "23 25"),
    "aclitem": ("(acldefault('r', 10))[1]",),
    "_aclitem": ("'{}'::aclitem[]", "acldefault('r', 10)"),
    "pg_snapshot": _of("pg_snapshot", "10:20:10,14,15", "1:1:"),
    "txid_snapshot": _of("txid_snapshot", "10:20:10,14,15", "1:1:"),
    "record": ("ROW(1, NULL::text)", "ROW(1, 'a')"),
    "unknown": ("'abc'",),
    "mood": _of("probe.mood", "sad", "ok", "happy"),
    "pair": ("ROW(1, 'x')::probe.pair", "ROW(NULL, NULL)::probe.pair"),
    "_mood": _of("probe.mood[]", "{}", "{sad,NULL}"),
    "_pair": ("ARRAY[]::probe.pair[]", "ARRAY[ROW(1, 'x')::probe.pair, NULL]"),
    "citext": _of("citext", "", "abc", "b", "1", "a,b", "g", "%"),
    "hstore": _of("hstore", "", "a=>1", "a=>NULL, b=>2"),
    "ltree": _of("ltree", "", "a", "a.b", "a.b.c", "x.y"),
    "_ltree": _of("ltree[]", "{}", "{a,a.b}", "{x.y,NULL}"),
    "lquery": _of("lquery", "*", "a.*", "*.z"),
    "_lquery": _of("lquery[]", "{}", "{*,a.*}", "{*.z}"),
    "ltxtquery": _of("ltxtquery", "a & b", "!z"),
    "cube": _of("cube", "(0)", "(1,2)", "(1,2),(3,4)"),
    "earth": ("ll_to_earth(10, 20)", "ll_to_earth(-10, 100)"),
    "seg": _of("seg", "1", "1 .. 2", "1 .."),
    "vector": _of("vector", "[1,2,3]", "[0,0,0]", "[3,1,2]"),
    "halfvec": _of("halfvec", "[1,2,3]", "[0,0,0]"),
    "sparsevec": _of("sparsevec", "{1:1}/3", "{}/3"),
    "_vector": ("ARRAY[]::vector[]", "ARRAY['[1,2,3]'::vector, NULL]"),
    "query_int": _of("query_int", "1", "1&!2"),
    "lo": ("0::lo", "99999::lo"),
    "ean13": _of("ean13", "978-0-393-04002-9"),
    "isbn": _of("isbn", "0-393-04002-X"),
    "isbn13": _of("isbn13", "978-0-393-04002-9"),
    "issn": _of("issn", "1436-4522"),
    "issn13": ("issn13('1436-4522'::issn)",),
    "ismn": _of("ismn", "979-0-060-11561-5"),
    "ismn13": _of("ismn13", "979-0-060-11561-5"),
    "upc": _of("upc", "220356483481"),
    "geometry": (
        *_of("geometry", "POINT(1 2)", "POINT EMPTY", "LINESTRING(0 0,1 1,2 0)"),
        *_of("geometry", "POLYGON((0 0,1 0,1 1,0 0))", "GEOMETRYCOLLECTION EMPTY"),
        "'SRID=4326;POINT(10 20)'::geometry",
        "'LINESTRING(0 0,1 0,1 1,0 0)'::geometry",
        "'LINESTRING M(0 0 1,1 1 2)'::geometry",
    ),
    "geography": _of("geography", "POINT(10 20)", "POINT EMPTY", "LINESTRING(0 0,1 1)"),
    "ip4": _of("ip4", "10.0.0.1", "0.0.0.0"),
    "ip4r": _of("ip4r", "10.0.0.0/8", "10.0.0.1-10.0.0.7"),
    "ip6": _of("ip6", "::1", "fe80::1"),
    "ip6r": _of("ip6r", "fe80::/10", "::1-::7"),
    "ipaddress": _of("ipaddress", "10.0.0.1", "::1"),
    "iprange": _of("iprange", "10.0.0.0/8", "10.0.0.1-10.0.0.7", "fe80::/10", "-"),
    "hll": ("hll_empty()", "hll_add(hll_empty(), hll_hash_integer(1))"),
    "hll_hashval": ("hll_hash_integer(1)", "hll_hash_text('a')"),
    "semver": _of("semver", "1.2.3", "0.0.1-beta"),
    "prefix_range": _of("prefix_range", "", "01", "01[2-4]"),
    "box2d": ("'BOX(0 0,1 1)'::box2d",),
    "box2df": ("'POINT(1 2)'::geometry::box2d::box2df",),
    "spheroid": _of("spheroid", 'SPHEROID["WGS 84",6378137,298.257223563]'),
    "box3d": ("'BOX3D(0 0 0,1 1 1)'::box3d",),
    "_geometry": ("ARRAY[]::geometry[]", "ARRAY['POINT(1 2)'::geometry, NULL]"),
}
ORDINARY["jsonb"] = tuple(each.replace("::json", "::jsonb") for each in ORDINARY["json"])

INFINITE: dict[str, Samples] = {
    "date": _of("date", "infinity", "-infinity"),
    "timestamp": _of("timestamp", "infinity", "-infinity"),
    "timestamptz": _of("timestamptz", "infinity", "-infinity"),
    "interval": _of("interval", "infinity", "-infinity"),
    "daterange": _of("daterange", "[2020-01-01,infinity]"),
    "tstzrange": _of("tstzrange", "[2020-01-01,infinity]"),
}

SPECIAL: tuple[tuple[re.Pattern[str], dict[str, Samples]], ...] = (
    (
        re.compile(r"has_.*_privilege|pg_has_role|acldefault|makeaclitem"),
        {
            "text": _of(
                "text", "SELECT", "USAGE", "EXECUTE", "CREATE", "CONNECT", "MEMBER", "SET", "UPDATE"
            )
            + _of("text", "pg_class", "probe.item", "abs(int4)", "sql", "pg_catalog", "postgres")
            + _of("text", "pg_default", "work_mem", "int4", "oid", "probe.item_id_seq"),
            "name": _of("name", "postgres", "pg_monitor"),
            "int2": _of("int2", "1", "99"),
        },
    ),
    (
        re.compile(r"^(int4|int8|num|date|ts|tstz)range$"),
        {"text": _of("text", "[)", "[]", "()", "(]")},
    ),
    (re.compile(r"^(is_)?normaliz"), {"text": _of("text", "", "abc", "NFC", "NFKD")}),
    (
        re.compile(r"^(date_part|extract|date_trunc|date_bin|timezone)$"),
        {
            "text": _of("text", "hour", "day", "dow", "doy", "epoch", "year", "month", "week")
            + _of("text", "second", "timezone", "julian", "isoyear", "decade", "UTC", "quarter")
            + _of("text", "microseconds", "century", "+05", "Europe/Berlin")
        },
    ),
    (
        re.compile(r"^jsonb_set_lax$"),
        {"text": _of("text", "use_json_null", "delete_key", "return_target", "raise_exception")},
    ),
    (
        re.compile(r"^(nextval|currval|setval)$"),
        {
            "regclass": _of("regclass", "probe.item_id_seq"),
            "int8": _of("int8", "1", "9"),
        },
    ),
    (re.compile(r"^set_config$"), {"text": _of("text", "probe.setting", "abc", "")}),
    (re.compile(r"^pg_sleep$"), {"float8": _of("float8", "0", "0.001")}),
    (re.compile(r"^pg_sleep_for$"), {"interval": _of("interval", "0")}),
    (re.compile(r"^pg_sleep_until$"), {"timestamptz": _of("timestamptz", "2020-01-01")}),
    (re.compile(r"^lo_"), {"oid": ("4242::oid", "0::oid")}),
    (
        re.compile(r"^(query|table)_to_xml"),
        {
            "text": _of("text", "SELECT 1 AS a", "SELECT 1 AS a WHERE false", ""),
            "regclass": _of("regclass", "probe.item"),
        },
    ),
    (
        # An empty format gives NULL: that is told apart, as few have one.
        re.compile(r"^to_char$"),
        {"text": _of("text", "YYYY-MM-DD", "HH24:MI", "999D9", "abc", "day", "TZ", "RN")},
    ),
    (re.compile(r"^to_ascii$"), {"name": _of("name", "latin1")}),
    (
        re.compile(r"^(xpath|xpath_exists|xmlexists|xml_is_well_formed.*|xml)$"),
        {"text": _of("text", "<a/>", "/a", "//b", "//b/text()", "count(//b)", "<a")},
    ),
    (
        re.compile(
            r"^(row_security_active|regclass|pg_get_viewdef|pg_get_serial_sequence|nextval)$"
        ),
        {"text": _of("text", "probe.item", "pg_class", "pg_views", "id", "note", "oid")},
    ),
    (re.compile(r"^current_setting$"), {"text": _of("text", "work_mem", "search_path", "no.such")}),
    (
        re.compile(r"^pg_input_"),
        {"text": _of("text", "1", "abc", "int4", "bool", "date", "jsonb", "{")},
    ),
    (
        re.compile(r"^ts_(token_type|parse)"),
        {"oid": ("3722::oid",), "text": _of("text", "default")},
    ),
    (re.compile(r"^ts_rank"), {"_float4": _of("float4[]", "{0.1,0.2,0.4,1}")}),
    (
        re.compile(r"^pg_get_object_address$"),
        {
            "text": _of("text", "table", "type"),
            "_text": _of("text[]", "{}", "{pg_class}", "{int4}"),
        },
    ),
    (
        re.compile(r"^json_build_object|jsonb_build_object"),
        {"any": ("'k'::text", "1::int4", "'v'::text", "NULL::text")},
    ),
    (re.compile(r"^macaddr$"), {"macaddr8": _of("macaddr8", "08:00:2b:ff:fe:01:02:03")}),
    (re.compile(r"^pg_split_walfile_name$"), {"text": _of("text", "000000010000000000000001")}),
    (
        re.compile(r"^_?st_.*geojson$"),
        {"text": _of("text", '{"type":"Point","coordinates":[1,2]}')},
    ),
    (
        re.compile(r"^_?(st_|geometry$|geography$|geom|overlaps_|contains_|is_contained_)"),
        {
            "text": _of("text", "POINT(1 2)", "POINT EMPTY", "LINESTRING(0 0,1 1)", "T*F**F***")
            + _of("text", "POLYGON((0 0,1 0,1 1,0 0))", "MULTIPOINT(1 2,3 4)", "quad_segs=8")
            + _of("text", "MULTILINESTRING((0 0,1 1))", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)))")
            + _of("text", "GEOMETRYCOLLECTION(POINT(1 2))", "SRID=4326;POINT(1 2)")
            + _of("text", "+proj=longlat +datum=WGS84"),
            "bytea": (
                "ST_AsBinary('POINT(1 2)'::geometry)",
                "ST_AsBinary('POLYGON((0 0,1 0,1 1,0 0))'::geometry)",
                "ST_AsEWKB('MULTIPOINT(1 2,3 4)'::geometry)",
                "ST_AsTWKB('POINT(1 2)'::geometry)",
            ),
            "int4": _of("int4", "0", "1", "2", "4326", "3857", "-1"),
            "json": _of("json", '{"type":"Point","coordinates":[1,2]}'),
            "jsonb": _of("jsonb", '{"type":"Point","coordinates":[1,2]}'),
        },
    ),
    (
        re.compile(r"^(en|de)crypt(_iv)?$"),
        {
            "bytea": ("'0123456789abcdef'::bytea", "encrypt('abc', '0123456789abcdef', 'aes')"),
            "text": _of("text", "aes", "bf", "aes-cbc/pad:pkcs"),
        },
    ),
    (
        re.compile(r"^pgp_sym_decrypt"),
        {
            "bytea": ("pgp_sym_encrypt('abc', 'key')", "pgp_sym_encrypt('', 'key')"),
            "text": _of("text", "key", ""),
        },
    ),
    (
        re.compile(r"^(dearmor|pgp_armor_headers)$"),
        {"text": ("armor('abc')", "armor('abc', ARRAY['a'], ARRAY['b'])")},
    ),
    (re.compile(r"^(crypt|gen_salt)$"), {"text": _of("text", "md5", "bf", "des", "abc")}),
    (re.compile(r"^(digest|hmac)$"), {"text": _of("text", "md5", "sha256", "abc", "")}),
    (re.compile(r"^(decode|encode)$"), {"text": _of("text", "hex", "base64", "escape", "ff", "")}),
)
"""Functions that need particular values, by their name: those replace the type's own."""

DANGEROUS = re.compile(
    r"^(pg_(terminate|cancel|reload|rotate|promote|switch|create_|drop_|copy_|replication|logical|"
    r"read_|ls_|stat_file|file|stat_reset|stat_clear|stat_force|restore|clear_|import|"
    r"extension_config|log_|backup|start_|stop_|wal_replay|export|sync|nextoid|prewarm|"
    r"autoprewarm|truncate|buffercache_evict|get_wal|get_backend_mem|stat_statements_reset|surgery|"
    r"heap_|show_all_file|hba_file|ident_file|config$|partition_tree)"
    r"|lo_import|lo_export|lo_open|lo_unlink|brin_|gin_clean|binary_upgrade|currtid|cursor_to|"
    r"schema_to|database_to|ts_stat|dblink|postgres_fdw|heap_force|_pg_)"
)
"""Functions that change the server, wait, or run SQL they are given: they are not called."""


SITUATIONAL = re.compile(
    r"^(ts_lexize|icu_unicode_version|pg_stat_get_|pg_control_|pg_prepared_|pg_cursor|pg_lock_|"
    r"pg_show_|pg_available_|pg_get_loaded|pg_get_shmem|pg_collation_for)"
)
"""Functions that show the state or the configuration of a server, where one server proves nothing,
or what their argument's expression says besides its value.
"""

ASKED_BY_ANYONE = re.compile(r"^(has_.*_privilege|pg_has_role|row_security_active)$")
"""Functions that look closer when it is not a superuser who asks."""


def samples(function: str, type_name: str, *, infinite: bool) -> Samples:
    """The values to pass for an argument of a type, none if there are none to pass."""
    for pattern, values in SPECIAL:
        if pattern.search(function) and type_name in values:
            return values[type_name]
    ordinary = ORDINARY.get(type_name, ())
    return ordinary + INFINITE.get(type_name, ()) if infinite else ordinary


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
