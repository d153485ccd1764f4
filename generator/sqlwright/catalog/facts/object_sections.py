"""Types, relations and functions as tables of facts."""

from __future__ import annotations

from sqlwright.catalog.facts.section import Section, many, one, text

TYPES = Section(
    "types",
    "pg_type",
    "type",
    (
        one("oid", "type"),
        text("schema"),
        text("name"),
        text("kind"),
        text("category"),
        text("flags"),
        text("delimiter"),
        one("element", "type"),
        one("array", "type"),
        one("base", "type"),
        text("base_modifier"),
        text("dimensions"),
        one("relation", "relation"),
        one("subtype", "type"),
        one("range", "type"),
        one("multirange", "type"),
        text("labels"),
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
        one("oid", "relation"),
        text("schema"),
        text("name"),
        text("kind"),
        one("row_type", "type"),
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
        one("relation", "relation"),
        text("number"),
        text("name"),
        one("type", "type"),
        text("modifier"),
        text("flags"),
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
    (one("relation", "relation"), text("name"), text("kind"), text("columns")),
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
        one("oid", "function"),
        text("schema"),
        text("name"),
        text("kind"),
        one("result", "type"),
        many("arguments", "type"),
        text("flags"),
        text("volatility"),
        one("variadic", "type"),
        text("defaults"),
        text("modes"),
        many("all_arguments", "type"),
        text("names"),
        text("language"),
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
    (one("function", "function"), text("kind"), text("direct"), text("flags")),
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
