"""The objects of a PostgreSQL database as lines of text, one object a line, by kind."""

from __future__ import annotations

import asyncpg

_USER = "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
_SCHEMA = "CASE WHEN n.nspname LIKE 'pg_temp%' THEN 'pg_temp' ELSE n.nspname END"
_TYPE = "regexp_replace(replace(format_type({0}, {1}), '\"', ''), 'pg_temp_\\d+', 'pg_temp')"
_ACTION = (
    "CASE {0} WHEN 'a' THEN ' no action' WHEN 'r' THEN ' restrict' WHEN 'c' THEN ' cascade'"
    " WHEN 'n' THEN ' set null' ELSE ' set default' END"
)
_NOT_OF_EXTENSION = (
    "NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = {0} AND e.deptype = 'e' "
    "AND e.classid = '{1}'::regclass)"
)

_QUERIES = {
    "relations": f"""
        SELECT {_SCHEMA} || '.' || c.relname || ' ' || CASE c.relkind WHEN 'r' THEN 'table'
          WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
          WHEN 'f' THEN 'foreign table' WHEN 'S' THEN 'sequence' WHEN 'c' THEN 'composite type'
          ELSE 'index' END
          || CASE c.relpersistence WHEN 't' THEN ' temporary' WHEN 'u' THEN ' unlogged' ELSE '' END
          || CASE WHEN c.relispartition AND c.relkind NOT IN ('i', 'I')
            THEN ' partition' ELSE '' END
          || CASE WHEN c.relrowsecurity THEN ' row security' ELSE '' END
          || coalesce(' ' || obj_description(c.oid, 'pg_class'), '')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {_USER} AND n.nspname NOT LIKE 'pg_toast%'""",
    "columns": f"""
        SELECT {_SCHEMA} || '.' || c.relname || '.' || a.attnum || ' ' || a.attname || ' '
          || {_TYPE.format("a.atttypid", "a.atttypmod")}
          || CASE WHEN a.attnotnull AND coalesce((SELECT bool_and(k.convalidated)
               FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'n'
               AND k.conkey = ARRAY[a.attnum]), true) THEN ' not null' ELSE '' END
          || CASE WHEN a.attidentity <> '' OR (a.atthasdef AND pg_get_expr(d.adbin, d.adrelid)
            NOT LIKE
               'NULL::%') THEN ' default' ELSE '' END
          || CASE a.attidentity WHEN 'a' THEN ' identity always' WHEN 'd' THEN
               ' identity by default' ELSE '' END
          || CASE a.attgenerated WHEN 's' THEN ' stored' WHEN 'v' THEN ' virtual' ELSE '' END
          || CASE WHEN a.attislocal THEN '' ELSE ' inherited' END || ' ' || a.attinhcount
          || coalesce(' ' || col_description(c.oid, a.attnum), '')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE {_USER} AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')""",
    "parents": f"""
        SELECT {_SCHEMA} || '.' || c.relname || ' ' || i.inhseqno || ' ' || p.relname
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_class p ON p.oid = i.inhparent
        WHERE {_USER} AND c.relkind NOT IN ('i', 'I')""",
    "constraints": f"""
        SELECT {_SCHEMA} || '.' || c.relname || ' ' || k.conname || ' ' || CASE k.contype
          WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key'
          WHEN 'c' THEN 'check' WHEN 'x' THEN 'exclusion' ELSE 'not null' END
          || coalesce(' (' || (SELECT string_agg(a.attname, ',' ORDER BY
                 CASE WHEN k.contype = 'c' THEN a.attname END COLLATE "C", o)
               FROM unnest(k.conkey) WITH ORDINALITY u(num, o)
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.num) || ')', '')
          || CASE WHEN k.contype = 'f' THEN ' ' || f.relname || '(' || (SELECT
               string_agg(a.attname, ',' ORDER BY o)
                 FROM unnest(k.confkey) WITH ORDINALITY u(num, o)
               JOIN pg_attribute a ON a.attrelid = f.oid AND a.attnum = u.num) || ')'
            || {_ACTION.format("k.confdeltype")} || {_ACTION.format("k.confupdtype")}
            || coalesce(' set ' || (SELECT string_agg(a.attname, ',' ORDER BY a.attname COLLATE "C")
                 FROM unnest(k.confdelsetcols) u(num)
                 JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.num), '')
            ELSE '' END
          || CASE WHEN k.condeferrable THEN ' deferrable' ELSE '' END
          || CASE WHEN k.condeferred THEN ' deferred' ELSE '' END
          || CASE WHEN k.convalidated THEN '' ELSE ' not valid' END
          || CASE WHEN k.connoinherit AND k.contype IN ('c', 'n') THEN ' no inherit' ELSE '' END
          || coalesce(' ' || obj_description(k.oid, 'pg_constraint'), '')
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_class f ON f.oid = k.confrelid
        WHERE {_USER} AND k.contype IN ('p', 'u', 'f', 'c', 'x', 'n')
          AND NOT (k.contype = 'f' AND k.conparentid <> 0 AND k.confrelid <>
            (SELECT p.confrelid FROM pg_constraint p WHERE p.oid = k.conparentid))""",
    "unique indexes": f"""
        SELECT {_SCHEMA} || '.' || t.relname || ' ' || c.relname
          || ' (' || coalesce((SELECT string_agg(a.attname, ',' ORDER BY o)
               FROM unnest(i.indkey::int2[]) WITH ORDINALITY u(num, o)
               JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.num
               WHERE o <= i.indnkeyatts AND num > 0), '') || ')'
          || CASE WHEN i.indpred IS NOT NULL THEN ' partial' ELSE '' END
          || CASE WHEN i.indexprs IS NOT NULL THEN ' expressions' ELSE '' END
          || CASE WHEN i.indnullsnotdistinct THEN ' nulls not distinct' ELSE '' END
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE i.indisunique AND {_USER} AND n.nspname NOT LIKE 'pg_toast%'""",
    "types": f"""
        SELECT {_SCHEMA} || '.' || t.typname || ' ' || CASE t.typtype WHEN 'b' THEN 'base'
          WHEN 'c' THEN 'composite' WHEN 'd' THEN 'domain' WHEN 'e' THEN 'enum' WHEN 'p' THEN
          'pseudo' WHEN 'r' THEN 'range' ELSE 'multirange' END || ' ' || t.typcategory::text
          || CASE WHEN t.typispreferred THEN ' preferred' ELSE '' END
          || CASE WHEN t.typtype = 'd' THEN ' over '
            || {_TYPE.format("t.typbasetype", "t.typtypmod")}
               || CASE WHEN t.typnotnull THEN ' not null' ELSE '' END ELSE '' END
          || coalesce(' of ' || {_TYPE.format("r.rngsubtype", "-1")}, '')
          || CASE WHEN a.oid IS NOT NULL THEN ' array ' || a.typname ELSE '' END
          || CASE WHEN t.typcollation <> 0 THEN ' collatable' ELSE '' END
          || coalesce(' '
            || (SELECT string_agg(quote_literal(enumlabel), ',' ORDER BY enumsortorder)
               FROM pg_enum WHERE enumtypid = t.oid), '')
          || coalesce(' ' || obj_description(t.oid, 'pg_type'), '')
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        LEFT JOIN pg_type a ON a.oid = t.typarray
        LEFT JOIN pg_range r ON t.oid IN (r.rngtypid, r.rngmultitypid)
        WHERE {_USER} AND n.nspname NOT LIKE 'pg_toast%'""",
    "domain constraints": f"""
        SELECT {_SCHEMA} || '.' || t.typname || ' ' || k.conname || ' ' || k.contype::text
          || coalesce(' ' || obj_description(k.oid, 'pg_constraint'), '')
        FROM pg_constraint k JOIN pg_type t ON t.oid = k.contypid
        JOIN pg_namespace n ON n.oid = t.typnamespace WHERE {_USER}""",
    "functions": f"""
        SELECT {_SCHEMA} || '.' || p.proname || '(' || coalesce((SELECT string_agg(
               {_TYPE.format("u.t", "NULL")}, ', ' ORDER BY o) FROM unnest(p.proargtypes::oid[])
               WITH ORDINALITY u(t, o)), '') || ') ' || CASE p.prokind WHEN 'f' THEN 'function'
          WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'window' END
          || ' returns ' || CASE WHEN p.proretset THEN 'setof ' ELSE '' END
          || {_TYPE.format("p.prorettype", "NULL")}
          || CASE WHEN p.proisstrict THEN ' strict' ELSE '' END
          || CASE p.provolatile WHEN 'i' THEN ' immutable' WHEN 's' THEN ' stable' ELSE
               ' volatile' END
          || CASE WHEN p.provariadic <> 0 THEN ' variadic '
            || {_TYPE.format("p.provariadic", "NULL")}
               ELSE '' END
          || ' ' || p.pronargdefaults || coalesce(' ' || array_to_string(p.proargnames, ','), '')
          || coalesce(' ' || array_to_string(p.proargmodes, ','), '')
          || coalesce(' [' || (SELECT string_agg({_TYPE.format("u.t", "NULL")}, ', ' ORDER BY o)
               FROM unnest(p.proallargtypes) WITH ORDINALITY u(t, o)) || ']', '')
          || coalesce(' ' || g.aggkind::text || ' ' || g.aggnumdirectargs
               || CASE WHEN g.agginitval IS NULL THEN '' ELSE ' initial' END, '')
          || coalesce(' ' || obj_description(p.oid, 'pg_proc'), '')
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        LEFT JOIN pg_aggregate g ON g.aggfnoid = p.oid
        WHERE {_USER} AND p.oid >= 16384""",
    "operators": f"""
        SELECT {_SCHEMA} || '.' || o.oprname || '('
          || CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE {_TYPE.format("o.oprleft", "NULL")} END
            || ', '
          || {_TYPE.format("o.oprright", "NULL")} || ') ' || {_TYPE.format("o.oprresult", "NULL")}
          || CASE WHEN o.oprcanmerge THEN ' merges' ELSE '' END
          || CASE WHEN o.oprcanhash THEN ' hashes' ELSE '' END
        FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
        WHERE {_USER} AND o.oid >= 16384 AND o.oprcode <> 0""",
    "casts": f"""
        SELECT {_TYPE.format("k.castsource", "NULL")} || ' to '
          || {_TYPE.format("k.casttarget", "NULL")}
          || ' ' || k.castcontext::text || ' ' || k.castmethod::text
        FROM pg_cast k WHERE k.oid >= 16384""",
    "operator classes": f"""
        SELECT {_SCHEMA} || '.' || o.opcname || ' ' || m.amname || ' ' || f.opfname || ' '
          || {_TYPE.format("o.opcintype", "NULL")}
            || CASE WHEN o.opcdefault THEN ' default' ELSE '' END
        FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace
          JOIN pg_am m ON m.oid = o.opcmethod
        JOIN pg_opfamily f ON f.oid = o.opcfamily WHERE {_USER} AND o.oid >= 16384""",
    "triggers": f"""
        SELECT {_SCHEMA} || '.' || c.relname || ' ' || t.tgname || ' '
          || CASE WHEN t.tgtype & 2 <> 0 THEN 'before' WHEN t.tgtype & 64 <> 0 THEN 'instead of'
               ELSE 'after' END
          || CASE WHEN t.tgtype & 4 <> 0 THEN ' insert' ELSE '' END
          || CASE WHEN t.tgtype & 16 <> 0 THEN ' update' ELSE '' END
          || CASE WHEN t.tgtype & 8 <> 0 THEN ' delete' ELSE '' END
          || CASE WHEN t.tgtype & 32 <> 0 THEN ' truncate' ELSE '' END
          || CASE WHEN t.tgtype & 1 <> 0 THEN ' row' ELSE '' END || ' ' || p.proname
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE NOT t.tgisinternal AND {_USER}""",
    "rules": f"""
        SELECT {_SCHEMA} || '.' || c.relname || ' ' || r.rulename || ' ' || CASE r.ev_type
          WHEN '1' THEN 'select' WHEN '2' THEN 'update' WHEN '3' THEN 'insert' ELSE 'delete' END
          || CASE WHEN r.is_instead THEN ' instead' ELSE '' END
        FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
        JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND {_USER}""",
    "policies": f"""
        SELECT {_SCHEMA} || '.' || c.relname || ' ' || p.polname FROM pg_policy p
        JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {_USER}""",
    "owned sequences": f"""
        SELECT {_SCHEMA} || '.' || s.relname || ' ' || c.relname || ' ' || a.attname
        FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
        JOIN pg_namespace n ON n.oid = s.relnamespace JOIN pg_class c ON c.oid = d.refobjid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
        WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
          AND d.deptype IN ('a', 'i') AND {_USER}""",
    "schemas": """
        SELECT nspname::text FROM pg_namespace n
        WHERE nspname NOT LIKE 'pg\\_%' AND nspname NOT IN ('information_schema')""",
}


async def server_objects(connection: asyncpg.Connection) -> dict[str, set[str]]:
    """Everything the schema files have made."""
    await connection.execute("SET search_path = ''")
    return {
        kind: {row[0] for row in await connection.fetch(query)} for kind, query in _QUERIES.items()
    }
