"""Operators, casts and operator classes as tables of facts."""

from __future__ import annotations

from sqlwright.catalog.facts.section import Section, one, text

OPERATORS = Section(
    "operators",
    "pg_operator",
    "operator",
    (
        one("oid", "operator"),
        text("schema"),
        text("name"),
        one("left", "type"),
        one("right", "type"),
        one("result", "type"),
        one("function", "function"),
        text("flags"),
        one("commutator", "operator"),
        one("negator", "operator"),
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
        one("source", "type"),
        one("target", "type"),
        text("context"),
        text("method"),
        one("function", "function"),
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
    (one("oid", "family"), text("schema"), text("name"), text("method")),
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
        one("oid", "class"),
        text("schema"),
        text("name"),
        text("method"),
        one("family", "family"),
        one("type", "type"),
        text("flags"),
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
        one("family", "family"),
        one("left", "type"),
        one("right", "type"),
        text("strategy"),
        one("operator", "operator"),
        text("method"),
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
        one("family", "family"),
        one("left", "type"),
        one("right", "type"),
        text("number"),
        one("function", "function"),
        text("method"),
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
