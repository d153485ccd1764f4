"""What reading a schema warns of, and what older versions of PostgreSQL do not know."""

from __future__ import annotations

import pytest
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import Catalog, initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile


def _build(text: str, major: int = 18) -> tuple[Catalog, list[Diagnostic]]:
    diagnostics: list[Diagnostic] = []
    source = SourceFile("schema.sql", text)
    return build_catalog(initial_catalog(major), [source], analyser, diagnostics), diagnostics


_WARNED = {
    "loop with dynamic SQL": """DO $$ DECLARE t text; BEGIN
        FOR t IN SELECT tablename FROM pg_tables LOOP EXECUTE 'DROP TABLE ' || t; END LOOP;
      END $$;""",
    "dynamic SQL": "DO $$ BEGIN EXECUTE format('CREATE TABLE %I ()', current_user); END $$;",
    "dynamic SQL with a width": "DO $$ BEGIN EXECUTE format('CREATE TABLE %10s ()', 'x'); END $$;",
    "a value of the server": """DO $$ DECLARE t text := 'users'; BEGIN
        SELECT relname INTO t FROM pg_class LIMIT 1; EXECUTE format('DROP TABLE %I', t);
      END $$;""",
    "loop as long as a condition holds": """DO $$ BEGIN
        WHILE random() < 0.5 LOOP CREATE TABLE x (a int); END LOOP;
      END $$;""",
    "loop of unknown length": """DO $$ DECLARE n int; BEGIN
        FOR i IN 1..n LOOP EXECUTE 'CREATE TABLE x (a int)'; END LOOP;
      END $$;""",
    "loop of many turns": """DO $$ BEGIN
        FOR i IN 1..1000000000 LOOP EXECUTE format('CREATE TABLE x%s (a int)', i); END LOOP;
      END $$;""",
    "condition on a setting": """DO $$ BEGIN
        IF current_setting('app.x') = 'y' THEN CREATE TABLE x (a int); END IF;
      END $$;""",
    "definition of an unknown name": """DO $$ DECLARE n text = current_setting('a.b'); BEGIN
        EXECUTE 'CREATE TABLE ' || n || ' (a int)';
      END $$;""",
    "path of an unknown role": """DO $$ DECLARE n text = current_setting('a.b'); BEGIN
        EXECUTE 'ALTER USER ' || n || ' SET search_path = app';
      END $$;""",
    "unknown function with an unknown argument": """DO $$ DECLARE r record; BEGIN
        FOR r IN SELECT 1 LOOP EXECUTE 'SELECT make_tables(' || r || ')'; END LOOP;
      END $$;""",
    "function of an extension": "SELECT create_hypertable('t', 'at');",
    "own function": "SELECT 1; SELECT make_tables(3);",
    "procedure": "CALL upgrade();",
    "other language": "DO LANGUAGE plpython3u 'plpy.execute(1)';",
    "foreign schema": "IMPORT FOREIGN SCHEMA public FROM SERVER s INTO remote;",
}
_SILENT = {
    "data": "INSERT INTO t VALUES (1); UPDATE t SET at = now(); SELECT setval('t_seq', 1);",
    "privileges": "GRANT ALL ON t TO PUBLIC; REVOKE ALL ON t FROM PUBLIC; VACUUM t; ANALYZE;",
    "data in a block": """DO $$ DECLARE n int; BEGIN
        SELECT count(*) INTO n FROM t;
        IF n = 0 THEN INSERT INTO t VALUES (1); END IF;
        RAISE NOTICE 'create table % is not meant', n;
        PERFORM pg_notify('a', 'b');
      END $$;""",
    "settings": "SET statement_timeout = 0; SET LOCAL lock_timeout TO '1s'; RESET ALL;",
    "roles of unknown names": """DO $$ DECLARE who text = current_setting('a.b'); BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = who) THEN
          EXECUTE 'CREATE ROLE ' || who || ' NOLOGIN';
        END IF;
        EXECUTE format('GRANT ALL ON t TO %I', who);
        EXECUTE 'alter default privileges in schema public grant all on tables to ' || who;
      END $$;""",
}


@pytest.mark.parametrize("text", _WARNED.values(), ids=_WARNED)
def test_what_cannot_be_followed_gives_one_warning(text: str) -> None:
    catalog, diagnostics = _build("CREATE TABLE t (at date); CREATE SEQUENCE t_seq;" + text)
    assert [(each.severity, each.code) for each in diagnostics] == [
        ("warning", "dynamic-definition")
    ]
    assert diagnostics[0].help
    assert [each.name for each in catalog.relations()] == ["t", "t_seq"]


@pytest.mark.parametrize("text", _SILENT.values(), ids=_SILENT)
def test_what_defines_nothing_is_passed_over(text: str) -> None:
    catalog, diagnostics = _build("CREATE TABLE t (at date); CREATE SEQUENCE t_seq;" + text)
    assert diagnostics == []
    assert [each.name for each in catalog.relations()] == ["t", "t_seq"]


_SINCE = [
    (15, "CREATE TABLE t (a int UNIQUE NULLS NOT DISTINCT);"),
    (16, "CREATE VIEW v AS SELECT 1 FROM (SELECT 2);"),
    (16, "CREATE VIEW v AS SELECT '{}' IS JSON AS j;"),
    (16, "CREATE VIEW v AS SELECT JSON_OBJECT('a': 1) AS j;"),
    (17, "CREATE VIEW v AS SELECT JSON_VALUE('{}', '$.a') AS j;"),
    (
        17,
        "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) STORED);"
        "ALTER TABLE t ALTER b SET EXPRESSION AS (a + 1);",
    ),
    (16, "CREATE VIEW v AS SELECT 0x1F AS n;"),
    (16, "CREATE VIEW v AS SELECT 0xFFFFFFFFFF AS n;"),
    (16, "CREATE VIEW v AS SELECT 1_000 AS n;"),
    (14, "CREATE VIEW v AS SELECT 1e3 AS _n, '1_0' AS o, 10 AS _1;"),
    (17, "CREATE VIEW v AS SELECT JSON_SCALAR(1) AS j;"),
    (17, "CREATE VIEW v AS SELECT JSON('{}' FORMAT JSON) AS j;"),
    (18, "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) VIRTUAL);"),
    (18, "CREATE TABLE t (a int, CONSTRAINT n NOT NULL a);"),
    (18, "CREATE TABLE t (a int CHECK (a > 0) NOT ENFORCED);"),
    (18, "CREATE TABLE t (a int CHECK (a > 0) ENFORCED);"),
]


@pytest.mark.parametrize(("since", "text"), _SINCE)
def test_older_versions_refuse_newer_syntax(since: int, text: str) -> None:
    for major in range(14, 19):
        _, diagnostics = _build(text, major)
        states = [each.sqlstate for each in diagnostics]
        assert states == ([] if major >= since else ["42601"]), (major, diagnostics)


def test_search_path_of_the_database_counts_for_queries() -> None:
    catalog, diagnostics = _build(
        "CREATE SCHEMA app; ALTER DATABASE shop SET search_path TO app, public;"
        "CREATE TABLE here (a int); SET search_path = app; CREATE TABLE there (a int);"
    )
    assert diagnostics == []
    assert catalog.search_path == ("app", "public")
    assert [(each.schema, each.name) for each in catalog.relations()] == [
        ("public", "here"),
        ("app", "there"),
    ]


@pytest.mark.parametrize(
    "whose", ["DATABASE shop", "ROLE ALL", "USER ALL", "ROLE ALL IN DATABASE shop", "ROLE clerk"]
)
def test_every_statement_that_sets_the_search_path_of_sessions_counts(whose: str) -> None:
    catalog, diagnostics = _build(f"CREATE SCHEMA app; ALTER {whose} SET search_path TO app;")
    assert diagnostics == []
    assert catalog.search_path == ("app",)


def test_an_error_leaves_the_other_statements() -> None:
    catalog, diagnostics = _build(
        "CREATE TABLE a (x int); CREATE TABLE b (x nosuch); CREATE TABEL c (); CREATE TABLE d ();"
    )
    assert [(each.sqlstate, each.labels[0].span.text) for each in diagnostics] == [
        ("42704", "nosuch"),
        ("42601", "TABEL"),
    ]
    assert [each.name for each in catalog.relations()] == ["a", "d"]


def test_unknown_extension_may_have_storage_parameters() -> None:
    text = """
        CREATE TABLE t (at timestamptz NOT NULL) WITH (tsdb.hypertable);
        ALTER TABLE t SET (tsdb.compress = true, fillfactor = 70);
        CREATE MATERIALIZED VIEW v WITH (tsdb.continuous) AS SELECT at FROM t;
    """
    _, diagnostics = _build(f"CREATE EXTENSION tsdb; {text}")
    assert [each.code for each in diagnostics] == ["unknown-extension"]
    _, diagnostics = _build(text)
    assert diagnostics[0].message == 'unrecognized parameter namespace "tsdb"'
    assert "CREATE EXTENSION" in (diagnostics[0].help or "")


def test_unknown_extension_may_have_an_index_method() -> None:
    text = """
        CREATE TABLE t (id int PRIMARY KEY, a text, p point);
        CREATE INDEX ON t USING bm25 (id, a, p) WITH (key_field = 'id');
        CREATE INDEX ON t USING gin (a words_ops);
    """
    catalog, diagnostics = _build(f"CREATE EXTENSION words; {text}")
    assert [each.code for each in diagnostics] == ["unknown-extension"]
    assert len([each for each in catalog.relations() if each.kind == "index"]) == 3
    _, diagnostics = _build(text)
    assert [each.code for each in diagnostics] == ["unknown-object", "unknown-operator-class"]
    assert all("CREATE EXTENSION" in (each.help or "") for each in diagnostics)


def test_unknown_extension_gives_a_warning() -> None:
    _, diagnostics = _build("CREATE EXTENSION timescaledb;")
    assert [(each.severity, each.code) for each in diagnostics] == [
        ("warning", "unknown-extension")
    ]


@pytest.mark.parametrize("major", [17, 18])
def test_rows_before_and_after_a_change_are_shown_since_18(major: int) -> None:
    _, diagnostics = _build(
        "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS int LANGUAGE sql"
        " AS 'UPDATE t SET a = 1 RETURNING old.a';",
        major,
    )
    assert [each.sqlstate for each in diagnostics] == ([] if major >= 18 else ["42P01"])
