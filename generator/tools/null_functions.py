"""Functions that a probe of NULLs treats in a way of their own: what they are called with, and
which are not called, or answer by where and by whom they are."""

from __future__ import annotations

import re

from .null_samples import INFINITE, ORDINARY, Samples, of

SPECIAL: tuple[tuple[re.Pattern[str], dict[str, Samples]], ...] = (
    (
        re.compile(r"has_.*_privilege|pg_has_role|acldefault|makeaclitem"),
        {
            "text": of(
                "text", "SELECT", "USAGE", "EXECUTE", "CREATE", "CONNECT", "MEMBER", "SET", "UPDATE"
            )
            + of("text", "pg_class", "probe.item", "abs(int4)", "sql", "pg_catalog", "postgres")
            + of("text", "pg_default", "work_mem", "int4", "oid", "probe.item_id_seq"),
            "name": of("name", "postgres", "pg_monitor"),
            "int2": of("int2", "1", "99"),
        },
    ),
    (
        re.compile(r"^(int4|int8|num|date|ts|tstz)range$"),
        {"text": of("text", "[)", "[]", "()", "(]")},
    ),
    (re.compile(r"^(is_)?normaliz"), {"text": of("text", "", "abc", "NFC", "NFKD")}),
    (
        re.compile(r"^(date_part|extract|date_trunc|date_bin|timezone)$"),
        {
            "text": of("text", "hour", "day", "dow", "doy", "epoch", "year", "month", "week")
            + of("text", "second", "timezone", "julian", "isoyear", "decade", "UTC", "quarter")
            + of("text", "microseconds", "century", "+05", "Europe/Berlin")
        },
    ),
    (
        re.compile(r"^jsonb_set_lax$"),
        {"text": of("text", "use_json_null", "delete_key", "return_target", "raise_exception")},
    ),
    (
        re.compile(r"^(nextval|currval|setval)$"),
        {
            "regclass": of("regclass", "probe.item_id_seq"),
            "int8": of("int8", "1", "9"),
        },
    ),
    (re.compile(r"^set_config$"), {"text": of("text", "probe.setting", "abc", "")}),
    (re.compile(r"^pg_sleep$"), {"float8": of("float8", "0", "0.001")}),
    (re.compile(r"^pg_sleep_for$"), {"interval": of("interval", "0")}),
    (re.compile(r"^pg_sleep_until$"), {"timestamptz": of("timestamptz", "2020-01-01")}),
    (re.compile(r"^lo_"), {"oid": ("4242::oid", "0::oid")}),
    (
        re.compile(r"^(query|table)_to_xml"),
        {
            "text": of("text", "SELECT 1 AS a", "SELECT 1 AS a WHERE false", ""),
            "regclass": of("regclass", "probe.item"),
        },
    ),
    (
        # An empty format gives NULL: that is told apart, as few have one.
        re.compile(r"^to_char$"),
        {"text": of("text", "YYYY-MM-DD", "HH24:MI", "999D9", "abc", "day", "TZ", "RN")},
    ),
    (re.compile(r"^to_ascii$"), {"name": of("name", "latin1")}),
    (
        re.compile(r"^(xpath|xpath_exists|xmlexists|xml_is_well_formed.*|xml)$"),
        {"text": of("text", "<a/>", "/a", "//b", "//b/text()", "count(//b)", "<a")},
    ),
    (
        re.compile(
            r"^(row_security_active|regclass|pg_get_viewdef|pg_get_serial_sequence|nextval)$"
        ),
        {"text": of("text", "probe.item", "pg_class", "pg_views", "id", "note", "oid")},
    ),
    (
        re.compile(r"^current_setting$"),
        {"text": of("text", "work_mem", "search_path", "no.such")},
    ),
    (
        re.compile(r"^pg_input_"),
        {"text": of("text", "1", "abc", "int4", "bool", "date", "jsonb", "{")},
    ),
    (
        re.compile(r"^ts_(token_type|parse)"),
        {"oid": ("3722::oid",), "text": of("text", "default")},
    ),
    (re.compile(r"^ts_rank"), {"_float4": of("float4[]", "{0.1,0.2,0.4,1}")}),
    (
        re.compile(r"^pg_get_object_address$"),
        {
            "text": of("text", "table", "type"),
            "_text": of("text[]", "{}", "{pg_class}", "{int4}"),
        },
    ),
    (
        re.compile(r"^json_build_object|jsonb_build_object"),
        {"any": ("'k'::text", "1::int4", "'v'::text", "NULL::text")},
    ),
    (re.compile(r"^macaddr$"), {"macaddr8": of("macaddr8", "08:00:2b:ff:fe:01:02:03")}),
    (
        re.compile(r"^pg_split_walfile_name$"),
        {"text": of("text", "000000010000000000000001")},
    ),
    (
        re.compile(r"^_?st_.*geojson$"),
        {"text": of("text", '{"type":"Point","coordinates":[1,2]}')},
    ),
    (
        re.compile(r"^_?(st_|geometry$|geography$|geom|overlaps_|contains_|is_contained_)"),
        {
            "text": of("text", "POINT(1 2)", "POINT EMPTY", "LINESTRING(0 0,1 1)", "T*F**F***")
            + of("text", "POLYGON((0 0,1 0,1 1,0 0))", "MULTIPOINT(1 2,3 4)", "quad_segs=8")
            + of("text", "MULTILINESTRING((0 0,1 1))", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)))")
            + of("text", "GEOMETRYCOLLECTION(POINT(1 2))", "SRID=4326;POINT(1 2)")
            + of("text", "+proj=longlat +datum=WGS84"),
            "bytea": (
                "ST_AsBinary('POINT(1 2)'::geometry)",
                "ST_AsBinary('POLYGON((0 0,1 0,1 1,0 0))'::geometry)",
                "ST_AsEWKB('MULTIPOINT(1 2,3 4)'::geometry)",
                "ST_AsTWKB('POINT(1 2)'::geometry)",
            ),
            "int4": of("int4", "0", "1", "2", "4326", "3857", "-1"),
            "json": of("json", '{"type":"Point","coordinates":[1,2]}'),
            "jsonb": of("jsonb", '{"type":"Point","coordinates":[1,2]}'),
        },
    ),
    (
        re.compile(r"^(en|de)crypt(_iv)?$"),
        {
            "bytea": ("'0123456789abcdef'::bytea", "encrypt('abc', '0123456789abcdef', 'aes')"),
            "text": of("text", "aes", "bf", "aes-cbc/pad:pkcs"),
        },
    ),
    (
        re.compile(r"^pgp_sym_decrypt"),
        {
            "bytea": ("pgp_sym_encrypt('abc', 'key')", "pgp_sym_encrypt('', 'key')"),
            "text": of("text", "key", ""),
        },
    ),
    (
        re.compile(r"^(dearmor|pgp_armor_headers)$"),
        {"text": ("armor('abc')", "armor('abc', ARRAY['a'], ARRAY['b'])")},
    ),
    (re.compile(r"^(crypt|gen_salt)$"), {"text": of("text", "md5", "bf", "des", "abc")}),
    (re.compile(r"^(digest|hmac)$"), {"text": of("text", "md5", "sha256", "abc", "")}),
    (
        re.compile(r"^(decode|encode)$"),
        {"text": of("text", "hex", "base64", "escape", "ff", "")},
    ),
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
