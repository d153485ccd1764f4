"""Which columns are taken to hold infinity, by what the schema says of them."""

from __future__ import annotations

import pytest
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile

TABLE = """
    CREATE TABLE t (id int, a date NOT NULL, b timestamptz, c interval, d double precision, e text);
    CREATE TABLE other (id int, a date, x timestamp);
"""

SAID = {
    "a default": ("ALTER TABLE t ALTER a SET DEFAULT 'infinity';", {"t.a"}),
    "a default of once": (
        "ALTER TABLE t ALTER a SET DEFAULT '-Infinity'; ALTER TABLE t ALTER a DROP DEFAULT;",
        {"t.a"},
    ),
    "a check": ("ALTER TABLE t ADD CHECK (b = 'infinity' OR b > now()) NOT VALID;", {"t.b"}),
    "a check of two columns": (
        "ALTER TABLE t ADD CHECK (least(a, b) < 'infinity' AND d > 0);",
        {"t.a", "t.b"},
    ),
    "an index": ("CREATE INDEX ON t (id) WHERE b < 'infinity';", {"t.b"}),
    "a view": ("CREATE VIEW v AS SELECT id, b FROM t WHERE a = 'infinity';", {"t.a"}),
    "a view of a view": (
        "CREATE VIEW v AS SELECT a AS z, b FROM t; "
        "CREATE VIEW w AS SELECT b FROM v WHERE z <> '-infinity';",
        {"t.a"},
    ),
    "a function in SQL": (
        "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS "
        "$$ UPDATE t SET b = 'infinity' WHERE id = 1 $$;",
        {"t.b"},
    ),
    "another function": (
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS "
        "$$ BEGIN UPDATE t SET b = 'infinity'; END $$;",
        {"t.b"},
    ),
    "a trigger": (
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN NEW.a := 'infinity'; RETURN NEW; END $$; "
        "CREATE TRIGGER f BEFORE INSERT ON other FOR EACH ROW EXECUTE FUNCTION f();",
        {"other.a"},
    ),
    "a statement": ("INSERT INTO other (id, x) VALUES (1, 'infinity');", {"other.x"}),
    "a statement without columns": (
        "INSERT INTO other VALUES (1, 'infinity', now());",
        {"other.a", "other.x"},
    ),
    "a conversion": (
        "ALTER TABLE t ALTER a TYPE timestamp USING coalesce(nullif(a, 'epoch'), 'infinity');",
        {"t.a"},
    ),
    "a copy": (
        "ALTER TABLE t ALTER a SET DEFAULT 'infinity'; CREATE TABLE u AS SELECT a AS p, b FROM t;",
        {"t.a", "u.p"},
    ),
    "a child": (
        "CREATE TABLE kid () INHERITS (other); ALTER TABLE other ALTER x SET DEFAULT 'infinity';",
        {"other.x", "kid.x"},
    ),
    "a number": ("ALTER TABLE t ALTER d SET DEFAULT 'Infinity';", {"t.d"}),
    "a text that is none": ("ALTER TABLE t ALTER e SET DEFAULT 'infinity';", set()),
    "a comment": ("COMMENT ON COLUMN t.a IS 'to infinity';", set()),
    "nothing": ("ALTER TABLE t ALTER a SET DEFAULT now();", set()),
}


@pytest.mark.parametrize("what", SAID)
def test_columns_are_marked(what: str) -> None:
    schema, expected = SAID[what]
    problems: list[Diagnostic] = []
    source = SourceFile("schema.sql", TABLE + schema)
    catalog = build_catalog(initial_catalog(), [source], analyser, problems)
    assert not problems
    marked = {
        f"{relation.name}.{column.name}"
        for relation in catalog.relations()
        for column in relation.columns
        if relation.kind == "table" and column.infinite
    }
    assert marked == expected
