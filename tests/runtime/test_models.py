"""The model kinds: the same names and the same values, each in its library's own class."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import decimal
import pickle
import typing
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import msgspec
import pydantic
import pytest
from connections import connected, execute
from packages import build

SCHEMA = """
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE place AS (city text, moods mood[], notes text);
CREATE TABLE authors (
    id int PRIMARY KEY,
    name text NOT NULL,
    mood mood NOT NULL DEFAULT 'happy',
    home place,
    tags text[],
    notes jsonb NOT NULL DEFAULT '{}',
    born date
);
CREATE TABLE books (id int PRIMARY KEY, author_id int NOT NULL REFERENCES authors, title text);
CREATE DOMAIN amount AS numeric;
CREATE TABLE sums (id int PRIMARY KEY, total numeric, parts numeric[], amount amount);
CREATE TABLE numbers (id int, count int, index int, json int, copy int, model_id int);
"""
QUERIES = """
-- name: AddAuthor :one
INSERT INTO authors (id, name, mood, home, tags, notes)
VALUES (@id, @name, @mood, @home, @tags, @notes) RETURNING *;
-- name: ListAuthors :many
SELECT * FROM authors ORDER BY id;
-- name: ListBooks :many
SELECT * FROM books ORDER BY id;
-- name: Summaries :many
SELECT a.name, count(b.id) AS books, a.mood
FROM authors a LEFT JOIN books b ON b.author_id = a.id GROUP BY a.id ORDER BY a.id;
-- name: Joined :many
SELECT sqlc.embed(a), sqlc.embed(b), a.name || '!' AS loud
FROM authors a LEFT JOIN books b ON b.author_id = a.id ORDER BY a.id;
-- name: Numbers :many
SELECT * FROM numbers;
-- name: AddSum :one
INSERT INTO sums (id, total, parts, amount) VALUES (@id, @total, @parts, @amount) RETURNING *;
-- name: EchoPlace :one
SELECT sqlc.narg(place)::place AS place;
"""
KINDS = ("dataclass", "msgspec", "pydantic", "attrs", "namedtuple", "typeddict")


@pytest.fixture(scope="module", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each model kind."""
    return str(request.param)


@pytest.fixture(scope="module")
def package(kind: str, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """A package with models of that kind."""
    return build(tmp_path_factory.mktemp("models"), SCHEMA, QUERIES, model=kind)


@pytest.fixture(scope="module")
def library(database: str) -> str:
    """A database with the tables."""
    execute(database, SCHEMA)
    return database


def value(made: Any) -> Any:
    """An object of any kind as a dictionary, with what is inside of it."""
    if isinstance(made, list):
        return [value(item) for item in made]
    if dataclasses.is_dataclass(made):
        fields = [field.name for field in dataclasses.fields(made)]
    elif attrs.has(type(made)):
        fields = [field.name for field in attrs.fields(type(made))]
    elif isinstance(made, pydantic.BaseModel):
        fields = list(type(made).model_fields)
    elif isinstance(made, msgspec.Struct):
        fields = list(made.__struct_fields__)
    elif isinstance(made, tuple) and hasattr(made, "_fields"):
        fields = list(made._fields)
    elif isinstance(made, dict):
        return {name: value(item) for name, item in made.items()}
    else:
        return made
    return {name: value(getattr(made, name)) for name in fields}


async def test_the_same_values(package: ModuleType, kind: str, library: str) -> None:
    mood = package.Mood
    place = package.Place(city="Oslo", moods=[mood.SAD, None], notes=None)
    async with connected(library, "transaction") as conn:
        added = await package.add_author(
            conn, id=1, name="Ann", mood=mood.SAD, home=place, tags=["a", None], notes={"k": [1]}
        )
        await package.add_author(conn, id=2, name="Bob", mood=mood.HAPPY, notes=[])
        await conn.execute("INSERT INTO books VALUES (7, 1, NULL)")
        ann = {
            "id": 1,
            "name": "Ann",
            "mood": mood.SAD,
            "home": {"city": "Oslo", "moods": [mood.SAD, None], "notes": None},
            "tags": ["a", None],
            "notes": {"k": [1]},
            "born": None,
        }
        bob = ann | {"id": 2, "name": "Bob", "mood": mood.HAPPY, "home": None, "tags": None}
        bob["notes"] = []
        assert value(added) == ann
        assert value(await package.list_authors(conn)) == [ann, bob]
        assert value(await package.summaries(conn)) == [
            {"name": "Ann", "books": 1, "mood": mood.SAD},
            {"name": "Bob", "books": 0, "mood": mood.HAPPY},
        ]
        book = {"id": 7, "author_id": 1, "title": None}
        assert value(await package.list_books(conn)) == [book]
        assert value(await package.joined(conn)) == [
            {"author": ann, "book": book, "loud": "Ann!"},
            {"author": bob, "book": None, "loud": "Bob!"},
        ]
        assert value(await package.echo_place(conn, place=place)) == ann["home"]
        assert await package.echo_place(conn) is None


def test_the_class_is_the_librarys_own(package: ModuleType, kind: str) -> None:
    book = package.Book(id=1, author_id=2, title="T")
    if kind == "dataclass":
        assert not hasattr(book, "__dict__")
        assert dataclasses.replace(book, id=5) == package.Book(5, 2, "T")
    elif kind == "msgspec":
        assert msgspec.json.decode(msgspec.json.encode(book), type=package.Book) == book
    elif kind == "pydantic":
        assert package.Book.model_validate_json(book.model_dump_json()) == book
        with pytest.raises(pydantic.ValidationError):
            package.Book(id="x", author_id=2, title=None)
    elif kind == "attrs":
        assert attrs.asdict(book) == {"id": 1, "author_id": 2, "title": "T"}
    elif kind == "namedtuple":
        assert book == (1, 2, "T")
        assert book._asdict() == {"id": 1, "author_id": 2, "title": "T"}
    else:
        assert book == {"id": 1, "author_id": 2, "title": "T"}


def test_objects_are_plain(package: ModuleType, kind: str) -> None:
    author = package.Author(
        id=1,
        name="Ann",
        mood=package.Mood.SAD,
        home=package.Place(city=None, moods=None, notes=None),
        tags=[],
        notes=None,
        born=datetime.date(2000, 1, 1),
    )
    assert pickle.loads(pickle.dumps(author)) == author
    assert copy.deepcopy(author) == author
    hints = typing.get_type_hints(package.Author)
    assert hints["home"] == typing.Optional[package.Place]  # noqa: UP045  # a class from a variable
    assert list(hints) == ["id", "name", "mood", "home", "tags", "notes", "born"]


def test_other_libraries_read_the_annotations(package: ModuleType, kind: str) -> None:
    values = {"id": 1, "name": "A", "mood": "sad", "home": None, "tags": ["x"], "notes": {"a": 1}}
    values["born"] = "2024-01-01"
    if kind != "pydantic":
        source = list(values.values()) if kind == "namedtuple" else values
        made = msgspec.convert(source, package.Author)
        assert value(made) == values | {
            "mood": package.Mood.SAD,
            "born": datetime.date(2024, 1, 1),
        }
    if kind in ("dataclass", "pydantic"):
        adapter: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(package.Author)
        assert value(adapter.validate_python(values))["mood"] is package.Mood.SAD


def test_fields_that_the_kind_has_names_for_itself(package: ModuleType, kind: str) -> None:
    expected = ["id", "count", "index", "json", "copy", "model_id"]
    if kind == "namedtuple":
        expected = ["id", "count_", "index_", "json", "copy", "model_id"]
    if kind == "pydantic":
        expected = ["id", "count", "index", "json_", "copy_", "model_id"]
    assert [name for name in package.Number.__annotations__ if name != "model_config"] == expected


@pytest.mark.parametrize("frozen_kind", ["dataclass", "msgspec", "pydantic", "attrs"])
def test_frozen_models(frozen_kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("frozen")
    package = build(folder, SCHEMA, QUERIES, model=frozen_kind, frozen=True)
    book = package.Book(id=1, author_id=2, title="T")
    with pytest.raises((AttributeError, pydantic.ValidationError)):
        book.id = 5
    assert hash(book) == hash(package.Book(id=1, author_id=2, title="T"))


PARAMETERS = """
-- name: Few :many
SELECT id FROM books WHERE id > @low AND id < @high;
-- name: Many :many
SELECT id FROM books WHERE id > @low AND id < @high AND title = sqlc.narg(title) ORDER BY id;
"""


async def test_parameters_in_one_object(
    library: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("parameters")
    package = build(folder, SCHEMA, PARAMETERS, parameter_limit=2, shape="class")
    async with connected(library, "transaction") as conn:
        await conn.execute("INSERT INTO authors (id, name) VALUES (1, 'A')")
        await conn.execute("INSERT INTO books VALUES (3, 1, 'T')")
        assert await package.few(conn, low=1, high=5) == [3]
        assert await package.many(conn, package.ManyParams(low=1, high=5, title="T")) == [3]
        params = package.ManyParams(low=1, high=5)
        assert params.title is None
        assert await package.Querier(conn).many(params) == []
        with pytest.raises(TypeError):
            package.ManyParams(1, 5)


async def test_domains_as_types_of_their_own(
    database: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    schema = """
    CREATE DOMAIN email AS text;
    CREATE DOMAIN work_email AS email;
    CREATE DOMAIN emails AS text[];
    CREATE DOMAIN any_json AS jsonb;
    CREATE TABLE contacts (email email NOT NULL, work work_email, all_ emails, more any_json);
    """
    package = build(
        tmp_path_factory.mktemp("domains"),
        schema,
        "-- name: List :many\nSELECT * FROM contacts WHERE email = @email;\n",
        domain_types=True,
    )
    assert package.Contact.__annotations__ == {
        "email": "Email",
        "work": "WorkEmail | None",
        "all_": "Emails | None",
        "more": "JsonValue | JsonNull | None",
    }
    hints = typing.get_type_hints(package.Contact)
    assert hints["email"].__supertype__ is str
    assert typing.get_args(hints["work"])[0].__supertype__ is hints["email"]
    assert package.list_.__annotations__["email"] == "Email"


async def test_a_querier_and_a_fake_of_it(
    library: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    package = build(tmp_path_factory.mktemp("querier"), SCHEMA, QUERIES, shape="class")

    class Fake:
        async def list_books(self) -> list[Any]:
            return [package.Book(id=1, author_id=1, title="fake")]

    async def titles(queries: Any) -> list[str]:
        return [book.title for book in await queries.list_books()]

    async with connected(library, "transaction") as conn:
        await conn.execute("INSERT INTO authors (id, name) VALUES (1, 'A')")
        await conn.execute("INSERT INTO books VALUES (3, 1, 'real')")
        assert await titles(package.Querier(conn)) == ["real"]
        assert await titles(Fake()) == ["fake"]
    methods = {name for name in dir(package.QuerierProtocol) if not name.startswith("_")}
    assert methods == {name for name in vars(package.Querier) if not name.startswith("_")}
    functions = {name for name in package.querier.__all__ if not name[0].isupper()}
    assert methods == functions
    hints = typing.get_type_hints(package.Querier.list_books)
    assert typing.get_args(hints["return"]) == (package.Book,)


async def test_numbers_that_are_none(kind: str, library: str, tmp_path: Path) -> None:
    package = build(tmp_path, SCHEMA, QUERIES, model=kind, domain_types=True)
    endless, none = decimal.Decimal("-Infinity"), decimal.Decimal("NaN")
    async with connected(library, "transaction") as conn:
        amount = package.Amount(endless)
        added = await package.add_sum(conn, id=1, total=none, parts=[endless, none], amount=amount)
    shown = {"id": "1", "total": "NaN", "parts": "[Decimal('-Infinity'), Decimal('NaN')]"}
    assert {name: str(item) for name, item in value(added).items()} == {
        **shown,
        "amount": "-Infinity",
    }


SETTINGS = """
CREATE TABLE model_config (id int PRIMARY KEY, model_name text NOT NULL);
CREATE TABLE users (id int PRIMARY KEY, model_config_id int NOT NULL REFERENCES model_config);
"""
SETTINGS_OF_USERS = """
-- name: Settings :many
SELECT sqlc.embed(u), sqlc.embed(c), c.model_name
  FROM users u JOIN model_config c ON c.id = u.model_config_id;
"""


def test_a_class_that_is_called_as_what_every_class_has(kind: str, tmp_path: Path) -> None:
    package = build(tmp_path, SETTINGS, SETTINGS_OF_USERS, model=kind, exact_names=True)
    fields = typing.get_type_hints(package.SettingsRow)
    kinds = {each.__name__ for each in fields.values()}
    assert kinds == {"users", "model_config_" if kind == "pydantic" else "model_config", "str"}


MAKERS = """
CREATE TYPE spot AS (x int, y int);
CREATE TABLE places (id int PRIMARY KEY, spot spot NOT NULL);
"""
QUERIES_LIKE_MAKERS = """
-- name: SpotFromRow :one
SELECT spot FROM places WHERE id = @id;
-- name: SpotToRow :one
INSERT INTO places (id, spot) VALUES (@id, @spot) RETURNING *;
-- name: PlaceFromRow :one
SELECT p FROM places p WHERE id = @id;
"""


async def test_queries_that_are_called_as_what_makes_objects(
    kind: str, postgres: str, tmp_path: Path
) -> None:
    package = build(tmp_path, MAKERS, QUERIES_LIKE_MAKERS, model=kind)
    async with connected(postgres, "transaction") as conn:
        await conn.execute(f"CREATE SCHEMA made; SET search_path = made; {MAKERS}")
        spot = package.Spot(x=1, y=2)
        place = {"id": 1, "spot": {"x": 1, "y": 2}}
        assert value(await package.spot_to_row(conn, id=1, spot=spot)) == place
        assert await package.spot_from_row(conn, id=1) == spot
        assert value(await package.place_from_row(conn, id=1)) == place
