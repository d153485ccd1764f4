"""Rules that match nothing are warned of; rules that match are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import Database
from sqlwright import generate
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
        (Override("x", column="born"), ["override for the column `born`"]),
        (
            Override("x", column="a.public.authors.born"),
            ["override for the column `a.public.authors.born`"],
        ),
        (Override("x", column="pg_catalog.pg_class.relname"), []),
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


CONFIGURATION = """\
schema = "schema.sql"
queries = "queries.sql"

[json.columns]
"authors.notess" = "x.Y"

[renames]
fields.nmae = "x"
models = { autors = "X", "other" = "Y" }

[renames.exceptions]
"authors.authors_pk" = "Z"

[[overrides]]
python = "str"
column = 'authors.nmae'

[[overrides]]
type = "timestamp with time zone"
python = "str"

[[overrides]]
type = "moodd"
python = "str"

[[overrides]]
query = "GetAuthor.nam"
python = "str"
"""
OF_SQLC = """\
version: "2"
overrides:
  go:
    rename:
      nmae: Name
sql:
  - engine: postgresql
    schema: schema.sql
    queries: queries.sql
    gen:
      go:
        package: db
        out: db
        rename:
          other: Another
        overrides:
          - go_type: string
            column: authors.nmae
"""
SCHEMA = """\
CREATE TYPE mood AS ENUM ('sad');
CREATE TABLE authors (id int PRIMARY KEY, name text, notes jsonb);
"""
QUERIES = """\
-- name: GetAuthor :one
SELECT name FROM authors WHERE id = @id;
"""


def places(project: Path, file: str, configuration: str) -> list[tuple[int, str, str | None]]:
    """The line of each warning, what is marked in it, and the advice."""
    (project / "schema.sql").write_text(SCHEMA, encoding="utf-8")
    (project / "queries.sql").write_text(QUERIES, encoding="utf-8")
    (project / file).write_text(configuration, encoding="utf-8")
    found = []
    for item in generate(project).diagnostics:
        (label,) = item.labels
        line, _ = label.span.source.position(label.span.start)
        assert (item.code, Path(label.span.source.path).name) == ("unused-rule", file)
        found.append((line, label.span.text, item.help))
    return found


def test_the_place_of_a_rule_and_what_it_may_have_meant(tmp_path: Path) -> None:
    assert places(tmp_path, "sqlwright.toml", CONFIGURATION) == [
        (16, "authors.nmae", "did you mean `authors.name`?"),
        (19, "timestamp with time zone", "did you mean `timestamptz`?"),
        (23, "moodd", "did you mean `mood`?"),
        (27, "GetAuthor.nam", "did you mean `GetAuthor.name`?"),
        (5, "x.Y", "did you mean `authors.notes`?"),
        (8, "fields.nmae", "did you mean `name`?"),
        (9, "autors", "did you mean `authors`?"),
        (9, '"other"', None),
        (12, '"authors.authors_pk"', "did you mean `authors.authors_pkey`?"),
    ]


@pytest.mark.parametrize(
    ("written", "meant"), [("notes", "did you mean `authors.notes`?"), ("note", None)]
)
def test_a_column_without_its_table(tmp_path: Path, written: str, meant: str | None) -> None:
    paths = 'schema = "schema.sql"\nqueries = "queries.sql"\n'
    configuration = f'{paths}[[overrides]]\ncolumn = "{written}"\npython = "str"\n'
    assert places(tmp_path, "sqlwright.toml", configuration) == [(4, written, meant)]


def test_the_place_of_a_rule_of_sqlc(tmp_path: Path) -> None:
    assert places(tmp_path, "sqlc.yaml", OF_SQLC) == [
        (18, "column", "did you mean `authors.name`?"),
        (5, "nmae", "did you mean `name`?"),
        (15, "other", None),
    ]


def test_renames_of_one_kind_alone() -> None:
    for kind in ("fields", "models", "enums", "functions", "exceptions"):
        renames = Renames(**{kind: (("nothing", "x"),)})  # type: ignore[arg-type]
        expected = f"the rename of the {kind.removesuffix('s')} `nothing` is about nothing"
        assert warnings(renames=renames) == [expected]


def test_a_rename_of_several_kinds_need_be_of_one_thing() -> None:
    same = (("author", "x"), ("born", "x"), ("mood", "x"), ("colour", "x"))
    renames = Renames(fields=same, models=same, enums=same)
    assert warnings(renames=renames) == ["the rename of `colour` is about nothing"]
