"""Types and names from the configuration in place of those that would be derived."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from connections import connected, execute
from conversions import Url, UserId
from packages import build
from sqlwright.codegen.options import Override, Renames

SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TABLE accounts (
    id bigint PRIMARY KEY,
    home_url text NOT NULL,
    photo_url text,
    price money NOT NULL DEFAULT 0,
    fees money[],
    settings jsonb NOT NULL DEFAULT '{}',
    mood mood,
    note text
);
"""
QUERIES = """
-- name: AddAccount :one
INSERT INTO accounts (id, home_url, photo_url, price, fees, settings, mood)
VALUES (@id, @home_url, @photo_url, @price, @fees, @settings, @mood) RETURNING *;
-- name: UrlsOf :many
SELECT home_url FROM accounts WHERE id = ANY(@ids::bigint[]) ORDER BY id;
-- name: ByUrls :many
SELECT id, upper(home_url) AS loud FROM accounts WHERE home_url = ANY(@urls) ORDER BY id;
-- name: Photos :many
SELECT photo_url FROM accounts ORDER BY id;
-- name: NoteLengths :many
SELECT id, length(note) AS note FROM accounts ORDER BY id;
-- name: Total :one
SELECT sum(price) AS total FROM accounts;
"""
OVERRIDES = (
    Override("conversions.Url", column="accounts.*_url", from_db="conversions.Url", to_db="str"),
    Override("int", type="money", from_db="conversions.cents", to_db="conversions.dollars"),
    Override("conversions.UserId", column="*.accounts.id", from_db="conversions.UserId"),
    Override(
        "dict[str, int]",
        column="accounts.settings",
        from_db="conversions.settings_from",
        to_db="conversions.settings_to",
    ),
    Override("str", type="public.mood", nullable=True),
    Override("str", query="NoteLengths.note", from_db="str"),
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A package with overrides of every sort."""
    return build(tmp_path_factory.mktemp("overrides"), SCHEMA, QUERIES, overrides=OVERRIDES)


@pytest.fixture(scope="module")
def accounts(database: str) -> str:
    """A database with the table."""
    execute(database, SCHEMA)
    return database


def test_annotations(package: ModuleType) -> None:
    assert package.Account.__annotations__ == {
        "id": "conversions.UserId",
        "home_url": "conversions.Url",
        "photo_url": "conversions.Url | None",
        "price": "int",
        "fees": "list[int | None] | None",
        "settings": "dict[str, int]",
        "mood": "str | None",
        "note": "str | None",
    }
    assert package.urls_of.__annotations__["return"] == "list[conversions.Url]"
    assert package.by_urls.__annotations__["urls"] == "Sequence[conversions.Url]"
    assert package.ByUrlsRow.__annotations__["loud"] == "str"
    assert package.NoteLengthsRow.__annotations__["note"] == "str | None"
    assert package.total.__annotations__["return"] == "int | None"


@pytest.mark.parametrize("way", ["connection", "json codecs"])
async def test_values_go_through_the_converters(
    package: ModuleType, accounts: str, way: str
) -> None:
    home, photo = Url("https://a.example"), Url("https://b.example/x.png")
    async with connected(accounts, way) as conn:
        await conn.execute("TRUNCATE accounts")
        account = await package.add_account(
            conn,
            id=UserId(1),
            home_url=home,
            photo_url=photo,
            price=1250,
            fees=[100, None],
            settings={"a": 1},
            mood="sad",
        )
        expected = package.Account(1, home, photo, 1250, [100, None], {"a": 1}, "sad", None)
        assert account == expected
        assert type(account.id) is UserId
        bare = await package.add_account(conn, id=UserId(2), home_url=home, price=0, settings={})
        assert (bare.photo_url, bare.fees, bare.mood) == (None, None, None)
        assert await package.urls_of(conn, ids=[1, 2]) == [home, home]
        loud = package.ByUrlsRow
        text = "HTTPS://A.EXAMPLE"
        assert await package.by_urls(conn, urls=[home]) == [loud(1, text), loud(2, text)]
        assert await package.photos(conn) == [photo, None]
        assert await package.total(conn) == 1250
        await conn.execute("UPDATE accounts SET note = 'four' WHERE id = 1")
        length = package.NoteLengthsRow
        assert await package.note_lengths(conn) == [length(1, "4"), length(2, None)]
        assert await conn.fetchval("SELECT settings->>'a' FROM accounts WHERE id = 1") == "1"


NOTES = "CREATE TABLE notes (id int PRIMARY KEY, certain jsonb NOT NULL, perhaps jsonb);"
WRITE_NOTES = """
-- name: AddNote :one
INSERT INTO notes VALUES (@id, @certain, @perhaps) RETURNING *;
-- name: CopyNotes :copyfrom
INSERT INTO notes VALUES (@id, @certain, @perhaps);
-- name: SendNotes :many
-- @rows
INSERT INTO notes SELECT * FROM unnest(@id::int[], @certain::jsonb[], @perhaps::jsonb[])
RETURNING perhaps;
-- name: EditNote :one
-- @partial
UPDATE notes SET perhaps = @perhaps WHERE id = @id RETURNING perhaps;
"""
JSON_OVERRIDES = (
    Override("conversions.Url", type="jsonb", from_db="conversions.Url", to_db="str"),
    Override("str", type="jsonb"),
    Override("str", type="jsonb", nullable=True),
)


@pytest.mark.parametrize("override", JSON_OVERRIDES)
async def test_none_is_null_under_a_rule_for_json(
    tmp_path: Path, database: str, override: Override
) -> None:
    package = build(tmp_path, NOTES, WRITE_NOTES, overrides=(override,))
    note = Url("a") if override.python != "str" else "a"
    async with connected(database, "connection") as conn:
        await conn.execute(f"DROP TABLE IF EXISTS notes; {NOTES}")
        added = await package.add_note(conn, id=1, certain=note)
        assert (added.certain, added.perhaps) == (note, None)
        copied = package.CopyNotesParams(id=2, certain=note)
        assert await package.copy_notes(conn, [copied]) == 1
        sent = package.SendNotesParams(id=3, certain=note, perhaps=None)
        assert await package.send_notes(conn, [sent]) == [None]
        read = "SELECT id FROM notes WHERE perhaps IS NULL ORDER BY id"
        assert [row["id"] for row in await conn.fetch(read)] == [1, 2, 3]
        assert await package.edit_note(conn, id=1, perhaps=note) == note
        assert await package.edit_note(conn, id=1, perhaps=None) is None
        assert [row["id"] for row in await conn.fetch(read)] == [1, 2, 3]


def test_a_type_without_a_python_form_names_the_override(
    tmp_path: pytest.TempPathFactory,
) -> None:
    with pytest.raises(AssertionError, match=r"no Python type is known for pg_ndistinct"):
        build(tmp_path, "", "-- name: A :one\nSELECT NULL::pg_ndistinct AS a;\n")  # type: ignore[arg-type]


def test_such_a_type_with_an_override(tmp_path_factory: pytest.TempPathFactory) -> None:
    package = build(
        tmp_path_factory.mktemp("overrides"),
        "",
        "-- name: A :one\nSELECT NULL::pg_ndistinct AS a;\n",
        overrides=(Override("bytes", type="pg_ndistinct"),),
    )
    assert package.a.__annotations__["return"] == "bytes | None"


RENAMES = Renames(
    fields=(("home_url", "home"), ("id", "number")),
    models=(("accounts", "Konto"),),
    enums=(("mood", "Laune"),),
    functions=(("UrlsOf", "find_urls"),),
)


async def test_renames(tmp_path_factory: pytest.TempPathFactory, accounts: str) -> None:
    package = build(tmp_path_factory.mktemp("renames"), SCHEMA, QUERIES, renames=RENAMES)
    async with connected(accounts, "connection") as conn:
        await conn.execute("TRUNCATE accounts")
        account = await package.add_account(
            conn, number=1, home="h", price="$1.00", settings={}, mood=package.Laune.SAD
        )
        assert isinstance(account, package.Konto)
        assert (account.number, account.home, account.mood) == (1, "h", package.Laune.SAD)
        assert await package.find_urls(conn, ids=[1]) == ["h"]


NAMES_SCHEMA = """
CREATE SCHEMA shop;
CREATE TABLE addresses (id int, "class" text, "Total Amount" int, "2nd" int, uuid uuid, list int[]);
CREATE TABLE data (id int, b int);
CREATE TABLE shop.orders (id int, b int);
CREATE TABLE connections (id int, row text);
CREATE TYPE address AS ENUM ('', 'a-b', 'a b', 'class', 'None', '1', '€', 'mro', '_x_');
CREATE TABLE unused (id int);
"""
NAMES_QUERIES = """
-- name: Addresses :many
SELECT * FROM addresses;
-- name: Orders :many
SELECT * FROM shop.orders;
-- name: Data :many
SELECT * FROM data;
-- name: Connections :many
SELECT * FROM connections WHERE row = @row AND id = @conn AND id <> @self AND row <> @rows;
-- name: Import :one
SELECT @class::address AS value;
-- name: Same :many
SELECT id, id, 1, 2, uuid AS "id_2", list AS "from" FROM addresses;
-- name: List :many
SELECT 1 AS "a.b", 'x' AS "ünï";
"""


def test_safe_names(tmp_path_factory: pytest.TempPathFactory) -> None:
    package = build(tmp_path_factory.mktemp("names"), NAMES_SCHEMA, NAMES_QUERIES)
    assert list(package.Addresses.__annotations__) == [
        *("id", "class_", "Total_Amount".lower(), "column_2nd", "uuid_", "list_"),
    ]
    assert [member.name for member in package.Address] == [
        *("VALUE_", "A_B", "A_B_2", "CLASS", "NONE", "VALUE_1", "VALUE__2", "MRO", "X"),
    ]
    assert list(package.connections.__annotations__) == [
        *("conn", "row", "conn_", "self_", "rows", "return"),
    ]
    assert list(package.import_.__annotations__) == ["conn", "class_", "return"]
    assert list(package.SameRow.__annotations__) == [
        *("id", "id_2", "column_3", "column_4", "id_2_2", "from_"),
    ]
    assert list(package.ListRow.__annotations__) == ["a_b", "ünï"]
    assert {"Datum", "Data"} & set(vars(package)) == {"Data"}
    assert list(package.ShopOrder.__annotations__) == ["id", "b"]
    # The model has the name; what the functions take is called something else in their module.
    assert list(package.Connection.__annotations__) == ["id", "row"]
    assert package.connections.__annotations__["conn"] == "_Connection"


def test_exact_plural_and_unused_names(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("names")
    exact = build(folder, NAMES_SCHEMA, NAMES_QUERIES, exact_names=True)
    assert {"addresses", "shop_orders", "connections"} <= {
        name for name in vars(exact.models) if isinstance(getattr(exact.models, name), type)
    }
    plural = build(folder, NAMES_SCHEMA, NAMES_QUERIES, plural_models=("addresses", "shop.orders"))
    assert hasattr(plural, "Addresses")
    assert hasattr(plural, "ShopOrders")
    assert not hasattr(plural, "Unused")
    everything = build(folder, NAMES_SCHEMA, NAMES_QUERIES, unused_models=True)
    assert hasattr(everything, "Unused")


async def test_vectors(database: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    schema = """
    CREATE EXTENSION IF NOT EXISTS vector;
    CREATE TABLE pictures (id int PRIMARY KEY, seen vector(3) NOT NULL, tags vector[]);
    """
    queries = """
    -- name: Add :one
    INSERT INTO pictures VALUES (@id, @seen, @tags) RETURNING *;
    -- name: Nearest :many
    SELECT id, seen <-> @to AS distance FROM pictures ORDER BY seen <-> @to;
    """.replace("\n    ", "\n")
    folder = tmp_path_factory.mktemp("vectors")
    as_text = build(folder, schema, queries)
    as_numbers = build(
        folder,
        schema,
        queries,
        overrides=(
            Override("list[float]", type="vector", from_db="json.loads", to_db="json.dumps"),
        ),
    )
    async with connected(database, "connection") as conn:
        await conn.execute(schema)
        texts = await as_text.add(conn, id=1, seen="[1,2,3]", tags=["[1]", None])
        assert texts == as_text.Picture(1, "[1,2,3]", ["[1]", None])
        numbers = await as_numbers.add(conn, id=2, seen=[0.5, 2, 3], tags=[[1.0]])
        assert numbers == as_numbers.Picture(2, [0.5, 2, 3], [[1.0]])
        nearest = await as_numbers.nearest(conn, to=[1, 2, 3])
        assert [(row.id, row.distance) for row in nearest] == [(1, 0.0), (2, 0.5)]
