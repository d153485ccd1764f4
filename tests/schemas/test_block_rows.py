"""What constants do not tell of the loops of DO blocks is not followed."""

from __future__ import annotations

import pytest
from sqlwright.analysis.schema import analyser
from sqlwright.catalog.building import build_catalog
from sqlwright.catalog.catalog import initial_catalog
from sqlwright.diagnostics import Diagnostic
from sqlwright.source import SourceFile

BLOCK = """\
CREATE TABLE kept (id int);
DO $$
DECLARE r record; t text;
BEGIN
  {} LOOP
    EXECUTE 'DROP TABLE kept';
  END LOOP;
END $$;
"""


@pytest.mark.parametrize(
    "loop",
    [
        "FOR t IN SELECT unnest(ARRAY['a', 'b']) WHERE (false)",
        "FOR t IN SELECT unnest(ARRAY['a', 'b']) LIMIT (0)",
        "FOR t IN SELECT x FROM unnest(ARRAY['a', 'b']) AS x WHERE x = 'c'",
        "FOR t IN SELECT x FROM unnest(ARRAY['a', 'b']) AS x LIMIT 0",
        "FOR t IN SELECT x FROM unnest(ARRAY['a', 'b']) x OFFSET (2)",
        "FOR r IN SELECT * FROM unnest(ARRAY['a', 'b']) LIMIT (0)",
        "FOR r IN SELECT * FROM unnest(ARRAY['a', 'b']) WITH ORDINALITY AS x (a, b)",
        "FOR r IN SELECT 'a' AS x",
        "FOR r IN SELECT relname FROM pg_class",
        "FOR r IN SELECT * FROM (VALUES ('a'), ('b')) AS v (x), kept",
        "FOR r IN SELECT y FROM (VALUES ('a'), ('b')) AS v (x)",
        "FOR r IN VALUES ('a', now()::text)",
        "FOR r IN VALUES ('a') EXCEPT VALUES ('a')",
        "FOR t IN SELECT unnest(ARRAY['a']) EXCEPT SELECT unnest(ARRAY['a'])",
        "FOR t IN SELECT generate_series(1, 2, -1)",
        "FOR t IN EXECUTE 'SELECT 1 WHERE false'",
    ],
)
def test_what_is_not_followed_is_a_warning(loop: str) -> None:
    problems: list[Diagnostic] = []
    source = SourceFile("schema.sql", BLOCK.format(loop))
    catalog = build_catalog(initial_catalog(), [source], analyser, problems)
    assert [each.code for each in problems] == ["dynamic-definition"], problems
    assert catalog.find_relation(("public", "kept")) is not None


@pytest.mark.parametrize(
    "change",
    ["r.t := lower('Other')", "SELECT 'other' AS t INTO r", "r := ROW('other')"],
)
def test_a_record_that_is_assigned_is_no_longer_known(change: str) -> None:
    text = f"""\
CREATE TABLE a (id int);
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT unnest(ARRAY['a']) AS t LOOP
    {change};
    EXECUTE format('DROP TABLE %I', r.t);
  END LOOP;
END $$;
"""
    problems: list[Diagnostic] = []
    catalog = build_catalog(initial_catalog(), [SourceFile("schema.sql", text)], analyser, problems)
    assert [each.code for each in problems] == ["dynamic-definition"], problems
    assert catalog.find_relation(("public", "a")) is not None


@pytest.mark.parametrize(
    "leaving",
    [
        "CONTINUE WHEN now() > '2020-01-01'",
        "EXIT WHEN t = current_user",
        "IF t = current_user THEN CONTINUE; END IF",
    ],
)
def test_what_may_leave_a_turn_is_a_warning(leaving: str) -> None:
    text = f"""\
CREATE TABLE a (id int);
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['a'] LOOP
    {leaving};
    EXECUTE format('DROP TABLE %I', t);
  END LOOP;
END $$;
"""
    problems: list[Diagnostic] = []
    catalog = build_catalog(initial_catalog(), [SourceFile("schema.sql", text)], analyser, problems)
    assert [each.code for each in problems] == ["dynamic-definition"], problems
    assert catalog.find_relation(("public", "a")) is not None
