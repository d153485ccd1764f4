"""Values of a table's row type: objects of its model where they are rows of it, and of classes that
hold NULL in any field where they need not be."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import asyncpg
import pytest
from connections import connected
from packages import build

SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN word AS text NOT NULL;
CREATE TABLE pets (
    id int PRIMARY KEY, name text NOT NULL, mood mood NOT NULL, notes jsonb NOT NULL,
    words word[] NOT NULL, called word, kind text NOT NULL CHECK (kind IN ('cat', 'dog'))
);
CREATE DOMAIN pet AS pets;
CREATE DOMAIN herd AS pets[];
CREATE FUNCTION first_pet(i int) RETURNS pets LANGUAGE sql AS 'SELECT * FROM pets WHERE id = i';
CREATE FUNCTION all_pets() RETURNS SETOF pets LANGUAGE sql AS 'SELECT * FROM pets';
CREATE FUNCTION pets_of(i int) RETURNS SETOF pets LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY SELECT * FROM pets; RETURN NEXT NULL::pets; END $$;
CREATE FUNCTION out_pet(OUT pet pets, OUT n int) LANGUAGE sql
AS $$ SELECT ROW(7, NULL, NULL, NULL, NULL, 'x', 'cow')::pets, 1 $$;
CREATE TABLE owners (id int PRIMARY KEY, pet pets, pets pets[] NOT NULL DEFAULT '{}');
CREATE TABLE homes (id int PRIMARY KEY, owner owners NOT NULL);
CREATE TYPE crate AS (pet pets, pets pets[], n int);
CREATE TABLE crates (id int PRIMARY KEY, crate crate NOT NULL, herd herd NOT NULL, pet pet);
CREATE TABLE notes (id int PRIMARY KEY, note text);
CREATE VIEW noted AS SELECT id, note FROM notes WHERE note IS NOT NULL;
CREATE VIEW any_noted AS SELECT id, note FROM notes;
CREATE VIEW owned AS SELECT id, pet, pets FROM owners;
CREATE VIEW pets_shown AS SELECT p.id, p AS pet FROM pets p;
INSERT INTO pets VALUES (1, 'a', 'sad', '{"n": 1}', '{a}', 'x', 'cat'),
                        (2, 'b', 'happy', '{"n": 2}', '{}', 'y', 'dog');
INSERT INTO owners SELECT 1, f, ARRAY[f, NULL, p] FROM pets p, first_pet(99) f WHERE p.id = 1;
INSERT INTO owners VALUES (2, NULL, '{}'), (3, '(,,,,,x,cow)', ARRAY['(,b,,,,y,)'::pets, NULL]);
INSERT INTO notes VALUES (1, NULL);
INSERT INTO crates SELECT 1, ROW(o.pet, o.pets, 1)::crate, o.pets, o.pet FROM owners o WHERE id = 1;
INSERT INTO crates SELECT 2, ROW(o.pet, o.pets, 1)::crate, o.pets, o.pet FROM owners o WHERE id = 3;
INSERT INTO homes SELECT 1, o FROM owners o WHERE id = 1;
"""

ROW = "ROW(NULL, 'x', 'happy', NULL, NULL, 'x', 'cow')::pets"

OTHERS = {
    "first": "SELECT f FROM pets p, first_pet(p.id + 100) f",
    "called": "SELECT first_pet(1)",
    "absent": "SELECT first_pet(99) AS pet, 1 AS n",
    "several": "SELECT f FROM pets_of(1) f",
    "known": "SELECT f FROM all_pets() f ORDER BY f.id",
    "known_or_absent": "SELECT f FROM pets p LEFT JOIN all_pets() f ON f.id > p.id ORDER BY p.id",
    "known_or_others": "SELECT f FROM all_pets() f UNION ALL SELECT g FROM pets_of(1) g",
    "gathered": "SELECT array_agg(f) FROM pets_of(1) f",
    "filtered": "SELECT array_agg(f) FILTER (WHERE f.id > 1) AS a, count(*) AS n FROM pets_of(1) f",
    "in_row": "SELECT ROW(f, 1) FROM pets_of(1) f",
    "in_rows": "SELECT ARRAY(SELECT ROW(f, f.id) FROM pets_of(1) f) AS a",
    "of_subquery": "SELECT s FROM (SELECT f AS one, 1 AS n FROM pets_of(1) f) s",
    "made": f"SELECT {ROW}",
    "stored": "SELECT pet FROM owners ORDER BY id",
    "stored_in_array": "SELECT id, pets FROM owners ORDER BY id",
    "one_of_array": "SELECT pets[1] AS p, pets[2:] AS q FROM owners ORDER BY id",
    "populated": 'SELECT jsonb_populate_record(NULL::pets, \'{"called": "x"}\')',
    "populated_set": "SELECT x FROM jsonb_populate_recordset(NULL::pets, "
    """'[{"called": "x"}]') x""",
    "changed": "SELECT jsonb_populate_record(p, '{\"name\": null}') FROM pets p ORDER BY p.id",
    "in_array": f"SELECT ARRAY[{ROW}]",
    "beside": f"SELECT ARRAY(SELECT p FROM pets p) || {ROW} AS a",
    "either": f"SELECT p FROM pets p UNION ALL SELECT {ROW}",
    "by_case": f"SELECT CASE WHEN p.id = 1 THEN p ELSE {ROW} END FROM pets p ORDER BY p.id",
    "chosen": f"SELECT coalesce(q, {ROW}) FROM pets p LEFT JOIN pets q ON q.id = 3",
    "unnested": "SELECT x FROM unnest(ARRAY(SELECT q FROM pets p LEFT JOIN pets q ON q.id = 1 "
    "AND p.id = 2)) x",
    "of_cte": "WITH c AS (SELECT f FROM pets_of(1) f) SELECT f FROM c",
    "of_domain": f"SELECT {ROW}::pet AS p, ARRAY[{ROW}]::herd AS h",
    "literal": "SELECT '(,,,,,x,)'::pets",
    "out_argument": "SELECT out_pet()",
    "before": "SELECT lag(f, 1, f) OVER (ORDER BY f.id) FROM pets_of(1) f",
    "within": "SELECT ROW(1, NULL, NULL)::owners AS o",
    "within_stored": "SELECT owner FROM homes",
    "all_models": "SELECT * FROM owners ORDER BY id",
    "whole_models": "SELECT o FROM owners o ORDER BY o.id",
    "models_in_models": "SELECT * FROM homes",
    "models_in_rows": "SELECT ROW(o.id, o.pet, o.pets) AS owner, 1 AS n FROM owners o ORDER BY id",
    "of_view": "SELECT o FROM owned o ORDER BY o.id",
    "in_composite_types": "SELECT * FROM crates ORDER BY id",
    "whole_composite_types": "SELECT crate, c FROM crates c ORDER BY id",
    "written_through_view": "INSERT INTO noted VALUES (1, NULL) ON CONFLICT (id) DO UPDATE "
    "SET note = NULL RETURNING noted",
    "in_both": f"SELECT ROW(p, 1) FROM pets p UNION ALL SELECT ROW({ROW}, 2)",
}

ROWS = {
    "whole": "SELECT p FROM pets p ORDER BY p.id",
    "joined": "SELECT q FROM pets p LEFT JOIN pets q ON q.id = 1 AND p.id = 2 ORDER BY p.id",
    "listed": "SELECT ARRAY(SELECT p FROM pets p ORDER BY p.id)",
    "aggregated": "SELECT array_agg(p ORDER BY p.id) FROM pets p",
    "with_query": "WITH c AS (SELECT p FROM pets p) SELECT p FROM c",
    "view": "SELECT pets_shown.pet FROM pets_shown ORDER BY id",
    "unnested_rows": "SELECT x FROM unnest(ARRAY(SELECT p FROM pets p ORDER BY p.id)) x",
    "alternatives": "SELECT p FROM pets p UNION SELECT NULL ORDER BY 1",
    "chosen_rows": "SELECT coalesce(q, p) FROM pets p LEFT JOIN pets q ON q.id = 3",
    "case_of_rows": "SELECT CASE WHEN p.id = 1 THEN p END FROM pets p ORDER BY p.id",
    "appended": "SELECT array_append(ARRAY(SELECT p FROM pets p), (SELECT p FROM pets p LIMIT 1))",
    "last": "SELECT lag(p) OVER (ORDER BY p.id) FROM pets p",
    "written": "UPDATE pets SET name = name WHERE id = 1 RETURNING pets",
    "written_through": "UPDATE any_noted SET note = NULL RETURNING any_noted",
    "values_of": "VALUES ((SELECT p FROM pets p WHERE id = 1)), (NULL)",
}

KINDS = ("dataclass", "msgspec", "pydantic", "attrs", "namedtuple", "typeddict")


SENT = """
-- name: Returned :one
SELECT @owner::owners AS owner, @crate::crates AS crate, @pets::pets[] AS pets;
"""


def _text(queries: dict[str, str]) -> str:
    return "\n".join(f"-- name: {name} :many\n{sql};" for name, sql in queries.items())


@pytest.fixture(scope="module", params=KINDS)
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("rows")
    text = _text(OTHERS | ROWS) + SENT
    return build(folder, SCHEMA, text, model=request.param, check_literals=True)


class _Objects:
    """Reads objects by the annotations around them and in their classes, and notes which classes
    there are and what is not as annotated."""

    def __init__(self, package: ModuleType) -> None:
        self.package = package
        self.classes: set[str] = set()
        self.wrong: list[str] = []

    def plain(self, value: Any, hint: str) -> Any:
        """The value as the server sent it."""
        if value is None:
            if hint != "None" and not hint.endswith("| None"):
                self.wrong.append(hint)
            return None
        of = hint.removesuffix(" | None")
        if found := re.fullmatch(r"(?:list|Sequence)\[(.*)\]", of):
            return [self.plain(each, found[1]) for each in value]
        if found := re.fullmatch(r"tuple\[(.*)\]", of):
            hints = found[1].split(", ")
            return tuple(self.plain(*each) for each in zip(value, hints, strict=True))
        if found := re.fullmatch(r"Literal\[(.*)\]", of):
            if value not in ast.literal_eval(f"[{found[1]}]"):
                self.wrong.append(f"{hint}: {value}")
            return value
        kind = getattr(self.package, of, None)
        if kind is not None and of not in ("Mood", "JsonValue"):
            return tuple(self._fields(value, kind))
        return json.dumps(value) if isinstance(value, dict) else value

    def _fields(self, value: Any, kind: type) -> Iterator[Any]:
        assert type(value) is (dict if issubclass(kind, dict) else kind)
        self.classes.add(kind.__name__)
        for name, hint in kind.__annotations__.items():
            if name != "model_config":
                read = value[name] if isinstance(value, dict) else getattr(value, name)
                yield self.plain(read, str(getattr(hint, "__forward_arg__", hint)))


def _sent(value: Any) -> Any:
    if isinstance(value, asyncpg.Record | tuple):
        return tuple(_sent(each) for each in value)
    return [_sent(each) for each in value] if isinstance(value, list) else value


async def test_objects_hold_what_the_server_sent_and_what_is_annotated(
    database: str, package: ModuleType
) -> None:
    async with connected(database, "connection") as conn:
        await conn.execute(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {SCHEMA}")
        for name, sql in (OTHERS | ROWS).items():
            read = _Objects(package)
            function = getattr(package, name)
            hint = function.__annotations__["return"]
            found = read.plain(await function(conn), hint)
            sent = await conn.fetch(sql)
            rows = [_sent(each) for each in sent]
            expected = rows if len(sent[0]) > 1 else [row[0] for row in rows]
            assert found == expected, name
            assert not read.wrong, name
            if name in ROWS:
                assert read.classes in ({"Pet"}, {"AnyNoted"}), name
            else:
                assert read.classes - {"Pet"}, name


async def test_some_value_would_not_be_as_the_model_says(
    database: str, package: ModuleType
) -> None:
    """The other values are there to be told from rows: each query has one, or its like."""
    async with connected(database, "connection") as conn:
        await conn.execute(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {SCHEMA}")
        for name in ("first", "several", "made", "stored", "populated", "changed", "in_array"):
            found = await getattr(package, name)(conn)
            assert "None" in repr(found), name


async def test_objects_of_models_are_sent_with_such_values(
    database: str, package: ModuleType
) -> None:
    async with connected(database, "connection") as conn:
        await conn.execute(f"DROP SCHEMA public CASCADE; CREATE SCHEMA public; {SCHEMA}")
        *_, owner = await package.whole_models(conn)
        *_, crate = await package.in_composite_types(conn)
        [pets] = await package.listed(conn)
        found = await package.returned(conn, owner=owner, crate=crate, pets=pets)
        read = found.__getitem__ if isinstance(found, dict) else lambda name: getattr(found, name)
        assert (read("owner"), read("crate"), read("pets")) == (owner, crate, pets)
        assert "None" in repr(owner)


def test_fields_are_null_where_columns_of_a_function_may_be(package: ModuleType) -> None:
    hints = package.KnownRow.__annotations__
    assert str(getattr(hints["id"], "__forward_arg__", hints["id"])) == "int"
    hints = package.KnownOrOthersRow.__annotations__
    assert str(getattr(hints["id"], "__forward_arg__", hints["id"])) == "int | None"
