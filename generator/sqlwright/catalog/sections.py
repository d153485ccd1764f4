"""The tables of facts the catalog is made from, and the queries that read them from a server.

The same tables hold the built-in objects, an extension's, and what differs in an older version;
`extraction` says how their rows are written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Reference = Literal["type", "function", "operator", "family", "class", "relation"]
"""The kinds of objects that rows refer to by OID."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a section; `refers` tells what its OIDs (a list of them if `many`) stand for."""

    name: str
    refers: Reference | None = None
    many: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A table of facts.

    `key` is what its first column identifies, None where rows have no OID of their own to refer to.
    `query` gives every field, then two columns that are not written: the OID of the row's object
    in the system catalog `catalog`, and a text that identifies the row on any server.
    """

    name: str
    catalog: str
    key: Reference | None
    fields: tuple[Field, ...]
    query: str = field(repr=False)


def _text(name: str) -> Field:
    return Field(name)


def _one(name: str, refers: Reference) -> Field:
    return Field(name, refers)


def _list(name: str, refers: Reference) -> Field:
    return Field(name, refers, many=True)


TYPES = Section(
    "types",
    "pg_type",
    "type",
    (
        _one("oid", "type"),
        _text("schema"),
        _text("name"),
        _text("kind"),
        _text("category"),
        _text("flags"),
        _text("delimiter"),
        _one("element", "type"),
        _one("array", "type"),
        _one("base", "type"),
        _text("base_modifier"),
        _text("dimensions"),
        _one("relation", "relation"),
        _one("subtype", "type"),
        _one("range", "type"),
        _one("multirange", "type"),
        _text("labels"),
    ),
    """
    SELECT t.oid, n.nspname, t.typname, t.typtype, t.typcategory,
           concat(CASE WHEN t.typispreferred THEN 'p' END,
                  CASE WHEN t.typsubscript = 'array_subscript_handler'::regproc THEN 'a' END,
                  CASE WHEN t.typsubscript <> 0 THEN 's' END,
                  CASE WHEN t.typnotnull THEN 'n' END,
                  CASE WHEN t.typcollation <> 0 THEN 'c' END,
                  CASE WHEN t.typmodin <> 0 THEN 'm' END,
                  CASE WHEN NOT t.typisdefined THEN 'u' END),
           CASE WHEN t.typdelim <> ',' THEN t.typdelim END,
           t.typelem, t.typarray, t.typbasetype,
           CASE WHEN t.typtypmod <> -1 THEN t.typtypmod END,
           CASE WHEN t.typndims <> 0 THEN t.typndims END,
           t.typrelid,
           coalesce(r.rngsubtype, m.rngsubtype),
           CASE WHEN t.typtype = 'm' THEN m.rngtypid END,
           r.rngmultitypid,
           (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)
              FROM pg_enum e WHERE e.enumtypid = t.oid),
           t.oid, n.nspname || '.' || t.typname
      FROM pg_type t
      JOIN pg_namespace n ON n.oid = t.typnamespace
      LEFT JOIN pg_range r ON r.rngtypid = t.oid
      LEFT JOIN pg_range m ON m.rngmultitypid = t.oid
     WHERE n.nspname <> 'pg_toast'
     ORDER BY t.oid
    """,
)

RELATIONS = Section(
    "relations",
    "pg_class",
    "relation",
    (
        _one("oid", "relation"),
        _text("schema"),
        _text("name"),
        _text("kind"),
        _one("row_type", "type"),
    ),
    """
    SELECT c.oid, n.nspname, c.relname, c.relkind, c.reltype,
           c.oid, n.nspname || '.' || c.relname
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind NOT IN ('i', 'I', 't') AND n.nspname <> 'pg_toast'
     ORDER BY c.oid
    """,
)

COLUMNS = Section(
    "columns",
    "pg_class",
    None,
    (
        _one("relation", "relation"),
        _text("number"),
        _text("name"),
        _one("type", "type"),
        _text("modifier"),
        _text("flags"),
    ),
    """
    SELECT a.attrelid, a.attnum, a.attname, a.atttypid,
           CASE WHEN a.atttypmod <> -1 THEN a.atttypmod END,
           concat(CASE WHEN a.attnotnull THEN 'n' END,
                  CASE WHEN a.atthasdef THEN 'd' END,
                  CASE a.attidentity WHEN 'a' THEN 'a' WHEN 'd' THEN 'b' END,
                  nullif(a.attgenerated, '')),
           a.attrelid, n.nspname || '.' || c.relname || to_char(a.attnum, '0000')
      FROM pg_attribute a
      JOIN pg_class c ON c.oid = a.attrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind NOT IN ('i', 'I', 't')
       AND n.nspname <> 'pg_toast'
     ORDER BY a.attrelid, a.attnum
    """,
)

CONSTRAINTS = Section(
    "constraints",
    "pg_class",
    None,
    (_one("relation", "relation"), _text("name"), _text("kind"), _text("columns")),
    """
    SELECT k.conrelid, k.conname, k.contype,
           (SELECT string_agg(a.attname, ',' ORDER BY u.place)
              FROM unnest(k.conkey) WITH ORDINALITY AS u(number, place)
              JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number),
           k.conrelid, n.nspname || '.' || c.relname || '.' || k.conname
      FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE k.contype IN ('p', 'u') AND n.nspname <> 'pg_toast'
     ORDER BY k.conrelid, k.contype, k.conname COLLATE "C"
    """,
)

FUNCTIONS = Section(
    "functions",
    "pg_proc",
    "function",
    (
        _one("oid", "function"),
        _text("schema"),
        _text("name"),
        _text("kind"),
        _one("result", "type"),
        _list("arguments", "type"),
        _text("flags"),
        _text("volatility"),
        _one("variadic", "type"),
        _text("defaults"),
        _text("modes"),
        _list("all_arguments", "type"),
        _text("names"),
        _text("language"),
    ),
    """
    SELECT p.oid, n.nspname, p.proname, p.prokind, p.prorettype,
           array_to_string(p.proargtypes, ','),
           concat(CASE WHEN p.proisstrict THEN 's' END, CASE WHEN p.proretset THEN 'r' END),
           p.provolatile, p.provariadic,
           CASE WHEN p.pronargdefaults <> 0 THEN p.pronargdefaults END,
           array_to_string(p.proargmodes, ''),
           array_to_string(p.proallargtypes, ','),
           array_to_string(p.proargnames, ','),
           CASE WHEN l.lanname <> 'internal' THEN l.lanname END,
           p.oid,
           n.nspname || '.' || p.proname || '('
               || array_to_string(array(SELECT t::regtype::text
                    FROM unnest(p.proargtypes) WITH ORDINALITY AS u(t, i) ORDER BY i), ', ') || ')'
      FROM pg_proc p
      JOIN pg_namespace n ON n.oid = p.pronamespace
      JOIN pg_language l ON l.oid = p.prolang
     WHERE n.nspname <> 'pg_toast'
     ORDER BY p.oid
    """,
)

AGGREGATES = Section(
    "aggregates",
    "pg_proc",
    None,
    (_one("function", "function"), _text("kind"), _text("direct"), _text("flags")),
    """
    SELECT a.aggfnoid::oid, a.aggkind,
           CASE WHEN a.aggnumdirectargs <> 0 THEN a.aggnumdirectargs END,
           concat(CASE WHEN a.agginitval IS NOT NULL THEN 'i' END,
                  CASE WHEN t.proisstrict THEN 's' END,
                  CASE WHEN a.aggfinalfn <> 0 THEN 'f' END),
           a.aggfnoid::oid, a.aggfnoid::regprocedure
      FROM pg_aggregate a
      JOIN pg_proc t ON t.oid = a.aggtransfn
     ORDER BY a.aggfnoid::oid
    """,
)

OPERATORS = Section(
    "operators",
    "pg_operator",
    "operator",
    (
        _one("oid", "operator"),
        _text("schema"),
        _text("name"),
        _one("left", "type"),
        _one("right", "type"),
        _one("result", "type"),
        _one("function", "function"),
        _text("flags"),
        _one("commutator", "operator"),
        _one("negator", "operator"),
    ),
    """
    SELECT o.oid, n.nspname, o.oprname, o.oprleft, o.oprright, o.oprresult, o.oprcode::oid,
           concat(CASE WHEN o.oprcanmerge THEN 'm' END, CASE WHEN o.oprcanhash THEN 'h' END),
           o.oprcom, o.oprnegate,
           o.oid, n.nspname || '.' || o.oid::regoperator
      FROM pg_operator o
      JOIN pg_namespace n ON n.oid = o.oprnamespace
     ORDER BY o.oid
    """,
)

CASTS = Section(
    "casts",
    "pg_cast",
    None,
    (
        _one("source", "type"),
        _one("target", "type"),
        _text("context"),
        _text("method"),
        _one("function", "function"),
    ),
    """
    SELECT k.castsource, k.casttarget, k.castcontext, k.castmethod, k.castfunc,
           k.oid, k.castsource::regtype || ' ' || k.casttarget::regtype
      FROM pg_cast k
     ORDER BY k.castsource, k.casttarget
    """,
)

FAMILIES = Section(
    "families",
    "pg_opfamily",
    "family",
    (_one("oid", "family"), _text("schema"), _text("name"), _text("method")),
    """
    SELECT f.oid, n.nspname, f.opfname, m.amname,
           f.oid, m.amname || ' ' || n.nspname || '.' || f.opfname
      FROM pg_opfamily f
      JOIN pg_namespace n ON n.oid = f.opfnamespace
      JOIN pg_am m ON m.oid = f.opfmethod
     ORDER BY f.oid
    """,
)

CLASSES = Section(
    "classes",
    "pg_opclass",
    "class",
    (
        _one("oid", "class"),
        _text("schema"),
        _text("name"),
        _text("method"),
        _one("family", "family"),
        _one("type", "type"),
        _text("flags"),
    ),
    """
    SELECT c.oid, n.nspname, c.opcname, m.amname, c.opcfamily, c.opcintype,
           CASE WHEN c.opcdefault THEN 'd' END,
           c.oid, m.amname || ' ' || n.nspname || '.' || c.opcname
      FROM pg_opclass c
      JOIN pg_namespace n ON n.oid = c.opcnamespace
      JOIN pg_am m ON m.oid = c.opcmethod
     ORDER BY c.oid
    """,
)

FAMILY_OPERATORS = Section(
    "family_operators",
    "pg_amop",
    None,
    (
        _one("family", "family"),
        _one("left", "type"),
        _one("right", "type"),
        _text("strategy"),
        _one("operator", "operator"),
        _text("method"),
    ),
    """
    SELECT o.amopfamily, o.amoplefttype, o.amoprighttype, o.amopstrategy, o.amopopr, m.amname,
           o.oid,
           m.amname || ' ' || (SELECT n.nspname || '.' || f.opfname
                                 FROM pg_opfamily f JOIN pg_namespace n ON n.oid = f.opfnamespace
                                WHERE f.oid = o.amopfamily)
               || ' ' || o.amopstrategy || ' ' || o.amopopr::regoperator
      FROM pg_amop o
      JOIN pg_am m ON m.oid = o.amopmethod
     WHERE m.amname IN ('btree', 'hash') AND o.amoppurpose = 's'
     ORDER BY o.amopfamily, o.amoplefttype, o.amoprighttype, o.amopstrategy
    """,
)

FAMILY_FUNCTIONS = Section(
    "family_functions",
    "pg_amproc",
    None,
    (
        _one("family", "family"),
        _one("left", "type"),
        _one("right", "type"),
        _text("number"),
        _one("function", "function"),
        _text("method"),
    ),
    """
    SELECT p.amprocfamily, p.amproclefttype, p.amprocrighttype, p.amprocnum, p.amproc::oid,
           m.amname, p.oid,
           m.amname || ' ' || n.nspname || '.' || f.opfname
               || ' ' || p.amprocnum || ' ' || p.amproc::regprocedure
      FROM pg_amproc p
      JOIN pg_opfamily f ON f.oid = p.amprocfamily
      JOIN pg_namespace n ON n.oid = f.opfnamespace
      JOIN pg_am m ON m.oid = f.opfmethod
     WHERE m.amname = 'btree' AND p.amprocnum IN (1, 3) OR m.amname = 'hash' AND p.amprocnum = 1
     ORDER BY p.amprocfamily, p.amproclefttype, p.amprocrighttype, p.amprocnum
    """,
)

NAMES = Section(
    "names",
    "",
    None,
    (_text("kind"), _text("schema"), _text("name")),
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
