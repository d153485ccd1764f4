"""The values that a CHECK allows a column, against what PostgreSQL lets in."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest
from sqlwright.analysis.premises.allowed_values import allowed_values, storable_values
from sqlwright.catalog.catalog import Catalog
from sqlwright.config import Config, PackageConfig
from sqlwright.pipeline import infer_packages

DOMAINS = """
CREATE DOMAIN size AS varchar(10) CHECK (VALUE IN ('s', 'm'));
CREATE DOMAIN small AS size CHECK (VALUE = 's' OR VALUE = 'l');
CREATE DOMAIN level AS int CHECK (VALUE = ANY (ARRAY[1, 2]));
"""
LISTED = {
    "text CHECK ({} IN ('new', 'paid'))": ("new", "paid"),
    "text CHECK ({} = 'new')": ("new",),
    "text CHECK ('new' = {} OR {} = 'paid')": ("new", "paid"),
    "text CHECK ({} IS NULL OR {} IN ('a', 'it''s'))": ("a", "it's"),
    "text CHECK ({} IN ('a', 'b') AND length({}) > 0)": ("a", "b"),
    "text CHECK ({} IN ('a', 'b', 'c')) CHECK ({} IN ('c', 'b', 'd'))": ("b", "c"),
    "text COLLATE \"C\" CHECK ({} IN ('a', 'b'))": ("a", "b"),
    "text CHECK ({} COLLATE \"C\" IN ('a', 'b'))": ("a", "b"),
    "varchar CHECK ({} IN ('a', 'b'))": ("a", "b"),
    "varchar(9) CHECK (({})::text = ANY ((ARRAY['a'::varchar, 'b'::varchar])::text[]))": ("a", "b"),
    "varchar(9) CHECK (({})::text = ANY (ARRAY[('a'::varchar)::text, 'b'::text]))": ("a", "b"),
    "int CHECK ({} IN (1, 2))": (1, 2),
    "smallint CHECK ({} = 1 OR {} = -2)": (1, -2),
    "bigint CHECK ({} IN (1, 9999999999))": (1, 9999999999),
    "size": ("s", "m"),
    "small": ("s",),
    "level CHECK ({} < 2)": (1, 2),
    "size CHECK ({} = 's')": ("s",),
}
"""Columns and what is said of them: no value but these gets in."""

OPEN = {
    "text CHECK ({} IN ('a', NULL))": "x",
    "text CHECK ({} IN ('a', 'b') OR length({}) > 3)": "long",
    "text CHECK (lower({}) IN ('a', 'b'))": "A",
    "text CHECK ({}::varchar(3) IN ('new'))": "newer",
    "text CHECK (NOT {} IN ('a'))": "b",
    "text CHECK ({} LIKE 'a%')": "ab",
    "char(3) CHECK ({} IN ('a', 'b'))": "a  ",
    "int CHECK ({} IN (1, 2) IS NOT FALSE OR {} > 5)": 6,
    "int CHECK ({} BETWEEN 1 AND 3)": 3,
    "text CHECK ({} IN ('a')) NOT ENFORCED": "x",
    "text CHECK ({} > ALL (ARRAY['a']))": "b",
    "text CHECK ({} = ALL (ARRAY[]::text[]))": "b",
}
"""Columns of which nothing is said, each with a value that gets in."""

TRIED = ("new", "paid", "a", "b", "c", "d", "s", "m", "l", "x", "A", "a ", "", "it's", "NEW")
NUMBERS = (-2, -1, 0, 1, 2, 3, 6, 9999999999)


def catalog_of(folder: Path, schema: str) -> Catalog:
    (folder / "schema.sql").write_text(schema)
    (folder / "queries.sql").write_text("-- name: One :one\nSELECT 1 AS one;\n")
    package = PackageConfig(schema=("schema.sql",), queries=("queries.sql",), out="out")
    [inferred] = infer_packages(Config(folder, (package,)))
    assert not inferred.failed, [item.message for item in inferred.diagnostics]
    return inferred.catalog


def _table(name: str, columns: dict[str, object]) -> str:
    items = [f"c{at} {column.replace('{}', f'c{at}')}" for at, column in enumerate(columns)]
    return f"CREATE TABLE {name} ({', '.join(items)});\n"


async def _takes(conn: asyncpg.Connection, table: str, column: str, value: object) -> bool:
    """Whether a row with the value gets in; an assignment cast does not cut it."""
    written = f"'{value.replace(chr(39), chr(39) * 2)}'" if isinstance(value, str) else value
    try:
        async with conn.transaction():
            await conn.execute(f"INSERT INTO {table} ({column}) VALUES ({written})")
    except (asyncpg.CheckViolationError, asyncpg.DataError):
        return False
    return True


async def test_nothing_else_gets_in(database: str, tmp_path: Path) -> None:
    schema = DOMAINS + _table("listed", dict(LISTED)) + _table("free", dict(OPEN))
    catalog = catalog_of(tmp_path, schema)
    listed, free = (catalog.find_relation(("public", name)) for name in ("listed", "free"))
    assert listed is not None
    assert free is not None
    conn = await asyncpg.connect(database)
    tried = 0
    try:
        await conn.execute(schema)
        for column, (written, values) in zip(listed.columns, LISTED.items(), strict=True):
            assert allowed_values(catalog, listed, column) == values, written
            candidates = TRIED if isinstance(values[0], str) else NUMBERS
            for value in dict.fromkeys((*candidates, *values)):
                tried += 1
                got_in = await _takes(conn, "listed", column.name, value)
                assert not got_in or value in values, (written, value)
                exact = "length" not in written and "<" not in written
                assert got_in or not exact or value not in values, (written, value)
        for column, (written, value) in zip(free.columns, OPEN.items(), strict=True):
            assert allowed_values(catalog, free, column) is None, written
            assert await _takes(conn, "free", column.name, value), written
    finally:
        await conn.close()
    print(f"{tried} values tried in {len(LISTED)} columns, {len(OPEN)} columns left open")


TABLES = """
CREATE TABLE parent (a text CHECK (a IN ('x', 'y')), b text CHECK (b IN ('x')) NO INHERIT);
CREATE TABLE child () INHERITS (parent);
CREATE TABLE adult (n int, a text CHECK (a IN ('y', 'z'))) INHERITS (parent);
ALTER TABLE parent ADD c text, ADD CONSTRAINT two CHECK (a = 'x' OR c = 'y');
CREATE TABLE copied (n int, LIKE parent INCLUDING CONSTRAINTS);
ALTER TABLE copied RENAME a TO d;
ALTER TABLE copied RENAME c TO a;
CREATE TABLE whole (a text, n int, CHECK (a IN ('x', 'y'))) PARTITION BY LIST (n);
CREATE TABLE part PARTITION OF whole DEFAULT;
CREATE TABLE lone (a text CHECK (a IN ('x')) NO INHERIT, b text, c text);
ALTER TABLE lone ADD CONSTRAINT old CHECK (b IN ('x')) NOT VALID;
ALTER TABLE lone ADD CONSTRAINT checked CHECK (c IN ('x')) NOT VALID;
ALTER TABLE lone VALIDATE CONSTRAINT checked;
CREATE VIEW seen AS SELECT c AS shown, upper(c) AS made, a FROM lone;
CREATE VIEW both_ AS SELECT c FROM lone UNION SELECT b FROM lone;
CREATE TABLE changed (a text CHECK (a IN ('x')));
CREATE FUNCTION change() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN NEW.a := lower(NEW.a); RETURN NEW; END $$;
CREATE TRIGGER change BEFORE INSERT ON changed FOR EACH ROW EXECUTE FUNCTION change();
"""
FOUND = {
    "parent.a": ("x", "y"),
    "parent.b": None,  # rows of the child are rows of the parent
    "parent.c": None,
    "child.a": ("x", "y"),
    "child.b": None,
    "adult.a": ("y",),
    "copied.a": None,
    "copied.d": ("x", "y"),
    "part.a": ("x", "y"),
    "lone.a": ("x",),
    "lone.b": None,  # not for the rows that were there
    "lone.c": ("x",),
    "seen.shown": ("x",),
    "seen.made": None,
    "seen.a": ("x",),
    "both_.c": None,
    "changed.a": ("x",),
}


@pytest.mark.parametrize("name", FOUND)
def test_which_rows_a_check_holds_for(tmp_path: Path, name: str) -> None:
    catalog = catalog_of(tmp_path, TABLES)
    table, _, wanted = name.partition(".")
    relation = catalog.find_relation(("public", table))
    assert relation is not None
    column = next(each for each in relation.columns if each.name == wanted)
    assert allowed_values(catalog, relation, column) == FOUND[name]
    changed = table in ("seen", "both_", "changed")
    stored = FOUND[name] if not changed else None
    assert storable_values(catalog, relation, column) == stored


def test_a_collation_may_take_letters_for_others(tmp_path: Path) -> None:
    schema = """
CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE t (a text COLLATE loose CHECK (a IN ('x')), n int CHECK (n IN (1)));
"""
    catalog = catalog_of(tmp_path, schema)
    relation = catalog.find_relation(("public", "t"))
    assert relation is not None
    found = [allowed_values(catalog, relation, column) for column in relation.columns]
    assert found == [None, (1,)]
