"""The tables of facts the catalog is made from, and the queries that read them from a server.

The same tables hold the built-in objects, an extension's, and what differs in an older version;
`extraction` says how their rows are written.
"""

from __future__ import annotations

from sqlwright.catalog.facts.object_sections import (
    AGGREGATES,
    COLUMNS,
    CONSTRAINTS,
    FUNCTIONS,
    RELATIONS,
    TYPES,
)
from sqlwright.catalog.facts.operator_sections import (
    CASTS,
    CLASSES,
    FAMILIES,
    FAMILY_FUNCTIONS,
    FAMILY_OPERATORS,
    OPERATORS,
)
from sqlwright.catalog.facts.section import Field, Reference, Section, text

__all__ = [
    "AGGREGATES",
    "CASTS",
    "CLASSES",
    "COLUMNS",
    "CONSTRAINTS",
    "FAMILIES",
    "FAMILY_FUNCTIONS",
    "FAMILY_OPERATORS",
    "FUNCTIONS",
    "IMPORTED_COLLATIONS_QUERY",
    "NAMES",
    "NAME_CATALOGS",
    "OPERATORS",
    "RELATIONS",
    "SECTIONS",
    "SERVER_NAMES_QUERY",
    "TYPES",
    "Field",
    "Reference",
    "Section",
]

NAMES = Section(
    "names",
    "",
    None,
    (text("kind"), text("schema"), text("name")),
    """
    SELECT kind, schema, name, oid, kind || ' ' || schema || '.' || name
      FROM (
        SELECT 'collation' AS kind, n.nspname::text AS schema, c.collname::text AS name, c.oid
          FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
         WHERE c.oid < 10000 OR c.oid >= 16384 OR c.collname IN ('ucs_basic', 'unicode')
        UNION ALL
        SELECT 'text search configuration', n.nspname, c.cfgname, c.oid
          FROM pg_ts_config c JOIN pg_namespace n ON n.oid = c.cfgnamespace
        UNION ALL
        SELECT 'text search dictionary', n.nspname, d.dictname, d.oid
          FROM pg_ts_dict d JOIN pg_namespace n ON n.oid = d.dictnamespace
        UNION ALL
        SELECT 'text search parser', n.nspname, p.prsname, p.oid
          FROM pg_ts_parser p JOIN pg_namespace n ON n.oid = p.prsnamespace
        UNION ALL
        SELECT 'text search template', n.nspname, t.tmplname, t.oid
          FROM pg_ts_template t JOIN pg_namespace n ON n.oid = t.tmplnamespace
        UNION ALL
        SELECT 'access method', '', amname, oid FROM pg_am
        UNION ALL
        SELECT 'language', '', lanname, oid FROM pg_language
        UNION ALL
        SELECT 'foreign data wrapper', '', fdwname, oid FROM pg_foreign_data_wrapper
        UNION ALL
        SELECT 'schema', '', nspname, oid FROM pg_namespace WHERE oid >= 16384
      ) AS named
     ORDER BY kind, schema COLLATE "C", name COLLATE "C"
    """,
)

SECTIONS = (
    TYPES,
    RELATIONS,
    COLUMNS,
    CONSTRAINTS,
    FUNCTIONS,
    AGGREGATES,
    OPERATORS,
    CASTS,
    FAMILIES,
    CLASSES,
    FAMILY_OPERATORS,
    FAMILY_FUNCTIONS,
    NAMES,
)

SERVER_NAMES_QUERY = """
    SELECT kind, '' AS schema, name, 0, ''
      FROM (
        SELECT 'setting' AS kind, name FROM pg_settings
         WHERE name NOT LIKE '%.%'
        UNION
        SELECT 'time zone', name FROM pg_timezone_names
        UNION
        SELECT 'time zone abbreviation', abbrev FROM pg_timezone_abbrevs
        UNION
        SELECT 'role', rolname FROM pg_roles WHERE oid < 16384 AND rolname LIKE 'pg\\_%'
      ) AS named
     ORDER BY kind, name COLLATE "C"
"""
"""Names that belong to the server rather than to a database; none of them is an extension's."""

NAME_CATALOGS = {
    "collation": "pg_collation",
    "text search configuration": "pg_ts_config",
    "text search dictionary": "pg_ts_dict",
    "text search parser": "pg_ts_parser",
    "text search template": "pg_ts_template",
    "access method": "pg_am",
    "language": "pg_language",
    "foreign data wrapper": "pg_foreign_data_wrapper",
    "schema": "pg_namespace",
}
"""Where the objects of `NAMES` are kept, by kind; those of the server are not here."""

IMPORTED_COLLATIONS_QUERY = """
    SELECT DISTINCT collname COLLATE "C" FROM pg_collation
     WHERE collnamespace = 'pg_catalog'::regnamespace AND oid >= 10000 AND oid < 16384
       AND collencoding IN (-1, pg_char_to_encoding('UTF8'))
     ORDER BY 1
"""
"""The collations that initdb takes from the machine's libraries."""
