"""Rules that match nothing are warned of; rules that match are not."""

from __future__ import annotations

import pytest
from building import Database
from sqlwright.codegen.options import JsonOptions, Override, PackageOptions, Renames, TypedJson
from sqlwright.codegen.unused_rules import unused_rules


def warnings(**options: object) -> list[str]:
    database = Database()
    database.enum("mood", "sad")
    database.table("authors", ["id int4", "born date", "notes jsonb"])
    queries = [database.query("GetAuthor", "one", parameters=["id int4"], columns=["born date"])]
    found = unused_rules(database.catalog, queries, PackageOptions(**options))  # type: ignore[arg-type]
    reported = [rule.reported() for rule in found]
    assert all(item.severity == "warning" for item in reported)
    return [item.message for item in reported]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Override("x", column="authors.born"), []),
        (Override("x", column="*.authors.b*"), []),
        (Override("x", column="authors.name"), ["override for the column `authors.name`"]),
        (Override("x", type="date"), []),
        (Override("x", type="public.mood"), []),
        (Override("x", type="mood[]"), []),
        (Override("x", type="colour"), ["override for the type `colour`"]),
        (Override("x", query="GetAuthor.born"), []),
        (Override("x", query="*.id"), []),
        (Override("x", query="ListAuthors.born"), ["override for `ListAuthors.born`"]),
    ],
)
def test_overrides(rule: Override, expected: list[str]) -> None:
    assert warnings(overrides=(rule,)) == [f"the {text} is about nothing" for text in expected]


def test_json_and_renames() -> None:
    columns = (TypedJson("authors.notes", "x"), TypedJson("authors.note", "x"))
    renames = Renames(
        fields=(("born", "x"), ("died", "x")),
        models=(("authors", "x"), ("books", "x")),
        enums=(("mood", "x"), ("colour", "x")),
        functions=(("GetAuthor", "x"), ("GetBook", "x")),
    )
    assert warnings(json=JsonOptions(columns=columns), renames=renames) == [
        "the json type for `authors.note` is about nothing",
        "the rename of the field `died` is about nothing",
        "the rename of the model `books` is about nothing",
        "the rename of the enum `colour` is about nothing",
        "the rename of the function `GetBook` is about nothing",
    ]


def test_renames_of_one_kind_alone() -> None:
    for kind in ("fields", "models", "enums", "functions", "exceptions"):
        renames = Renames(**{kind: (("nothing", "x"),)})
        expected = f"the rename of the {kind.removesuffix('s')} `nothing` is about nothing"
        assert warnings(renames=renames) == [expected]


def test_a_rename_of_several_kinds_need_be_of_one_thing() -> None:
    same = (("author", "x"), ("born", "x"), ("mood", "x"), ("colour", "x"))
    renames = Renames(fields=same, models=same, enums=same)
    assert warnings(renames=renames) == ["the rename of `colour` is about nothing"]
