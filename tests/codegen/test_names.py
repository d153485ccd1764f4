"""The one rule by which names in a database become names in Python."""

from __future__ import annotations

import keyword
from unicodedata import normalize

import pytest
from building import Database
from sqlwright.codegen.classes import class_names
from sqlwright.codegen.english import singular
from sqlwright.codegen.imports import LOCAL_NAMES
from sqlwright.codegen.names import (
    ANNOTATION_NAMES,
    Taken,
    as_python,
    constant_case,
    identifier,
    pascal_case,
    snake_case,
)
from sqlwright.codegen.options import PackageOptions, Renames


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("get_author", "get_author"),
        ("GetAuthor", "get_author"),
        ("GetChatDebugRunsByChatID", "get_chat_debug_runs_by_chat_id"),
        ("GetUsersByIDs", "get_users_by_ids"),
        ("ListURLsOfAPIKeys", "list_urls_of_api_keys"),
        ("HTTPStatus", "http_status"),
        ("Get2ndAuthor", "get2nd_author"),
        ("getHTML5Page", "get_html5_page"),
        ("A", "a"),
        ("ID", "id"),
        ("IDs", "ids"),
        ("Get_Author", "get_author"),
        ("Größe", "größe"),
        ("first name", "first_name"),
        ("price-€", "price__"),
        ("_private", "_private"),
        ("\ufb01eld", "field"),
        ("m\u00b2", "m2"),
        ("\u00bd cup", "1_2_cup"),
        ("a\u0301", "\u00e1"),
        ("获取", "获取"),
        ("🙂", "_"),
    ],
)
def test_snake_case(name: str, expected: str) -> None:
    assert snake_case(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chat_debug_run", "ChatDebugRun"),
        ("GetAuthorByID", "GetAuthorByID"),
        ("first name", "FirstName"),
        ("a1_b2", "A1B2"),
    ],
)
def test_pascal_case(name: str, expected: str) -> None:
    assert pascal_case(name) == expected


def test_constant_case() -> None:
    assert constant_case("GetAuthorByID") == "GET_AUTHOR_BY_ID"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("name", "name"),
        ("id", "id"),
        ("type", "type"),
        ("class", "class_"),
        ("from", "from_"),
        ("uuid", "uuid_"),
        ("list", "list_"),
        ("2fa", "column_2fa"),
        ("if", "if__"),
        ("_private", "column_private"),
        ("price__", "price"),
        ("", "column_"),
        ("größe", "größe"),
        (as_python("".join(chr(ord(letter) + 0xFEE0) for letter in "class")), "class_"),
        ("\u0301x", "column_\u0301x"),
    ],
)
def test_identifiers(name: str, expected: str) -> None:
    safe = identifier(name, "column_", ANNOTATION_NAMES | {"if_"})
    assert safe == expected
    assert safe.isidentifier()
    assert normalize("NFKC", safe) == safe
    assert not keyword.iskeyword(safe)


def test_names_already_taken() -> None:
    taken = Taken({"mood"})
    claimed = [taken.claim(name) for name in ("id", "id", "id_2", "mood", "id")]
    assert claimed == ["id", "id_2", "id_2_2", "mood_2", "id_3"]


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("chat_debug_runs", "chat_debug_run"),
        ("authors", "author"),
        ("categories", "category"),
        ("addresses", "address"),
        ("boxes", "box"),
        ("batches", "batch"),
        ("crashes", "crash"),
        ("buzzes", "buzz"),
        ("user_statuses", "user_status"),
        ("order_status", "order_status"),
        ("people", "person"),
        ("People", "Person"),
        ("metadata", "metadata"),
        ("movies", "movie"),
        ("calories", "calorie"),
        ("waves", "wave"),
        ("campus", "campus"),
        ("analyses", "analysis"),
        ("ties", "tie"),
        ("news", "news"),
        ("glass", "glass"),
        ("as", "as"),
        ("houses", "house"),
        ("licenses", "license"),
    ],
)
def test_singular_table_names(plural: str, expected: str) -> None:
    assert singular(plural) == expected


@pytest.mark.parametrize("name", sorted(LOCAL_NAMES))
def test_a_class_has_no_name_that_functions_have_for_something_else(name: str) -> None:
    database = Database()
    oid = database.table("wares", ["id int8"]).oid
    renames = Renames(models=(("wares", name),))
    assert (
        class_names(database.catalog, PackageOptions(renames=renames)).relations[oid] == f"{name}_"
    )


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (PackageOptions(), ["Moods", "User", "Users", "Trips", "ShopTags", "Tag", "Cat"]),
        (
            PackageOptions(domain_types=True),
            ["Moods", "User", "Users", "Trips", "ShopTags", "Tag", "Cats"],
        ),
        (
            PackageOptions(renames=Renames(enums=(("mood", "Temper"),))),
            ["Mood", "User", "Users", "Trips", "ShopTags", "Tag", "Cat"],
        ),
        (
            PackageOptions(renames=Renames(models=(("users", "Person"),))),
            ["Moods", "User", "Person", "Trips", "ShopTags", "Tag", "Cat"],
        ),
        (
            PackageOptions(exact_names=True),
            ["moods", "user", "users", "trips", "shop_tags", "tags", "cats"],
        ),
    ],
)
def test_a_table_stays_plural_beside_what_has_its_singular(
    options: PackageOptions, expected: list[str]
) -> None:
    database = Database()
    database.enum("mood", "sad")
    database.enum("tag", "new", schema="shop")
    database.domain("cat", "text")
    database.composite("trip", ["start text"])
    wanted = ["moods", "user", "users", "trips", "shop.tags", "tags", "cats"]
    oids = [database.table(name, ["id int8"]).oid for name in wanted]
    names = class_names(database.catalog, options)
    assert [names.relations[oid] for oid in oids] == expected
    assert len(set(names.all())) == len(list(names.all()))
